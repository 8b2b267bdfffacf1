import { generate } from "../../ir/array.js";
import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { checkOption, checkOptions, count, flag, type OptionRule, oneOf, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Dim } from "../../types/dim.js";
import { addOp } from "../add.js";
import { places } from "../arange.js";
import { constantOp, scalarNode } from "../constant.js";
import { multiplyOp } from "../multiply.js";
import { reshapeOp } from "../reshape.js";
import { checkDims } from "./checkDims.js";
import { cosines, sumOfCosines, windowAt } from "./signalWindow.js";
import { checkTransform } from "./stft-shape.js";

/** What frames are multiplied by. */
export type FrameWindow = keyof typeof cosines | null;

/** Options of short-time transforms. */
export interface StftOptions<Centered> {
  /** What a frame is multiplied by: a periodic window, `"hann"`, `"hamming"` or `"blackman"`, or null for nothing. @default "hann" */
  readonly window?: FrameWindow;
  /** Whether the first sample stands in the middle of the first frame, and the last one in that of the last. @default true */
  readonly center?: Centered;
}

const names = oneOf(Object.keys(cosines));
export const windowRule: OptionRule = {
  takes: `${names.takes}, or null`,
  accepts: (value) => value === null || names.accepts(value),
};

/** The lengths of a short-time transform. */
export interface FrameLengths {
  readonly sequenceLength: number;
  readonly sequenceStride: number;
  readonly fftLength: number;
}

/** Checks the lengths and the options that transforms in frames have in common. */
export function checkFrames(op: string, lengths: FrameLengths, options: object, more: object = {}): void {
  for (const [name, length] of Object.entries(lengths)) {
    if (length !== undefined) refuse("SW_VALUE", op, checkDims(op, [length]));
    checkOption(op, name, length, required(count));
  }
  refuse("SW_VALUE", op, checkTransform(op, lengths.sequenceLength, lengths.fftLength));
  checkOptions<object>(op, options, { window: windowRule, center: flag, ...more });
}

/** The heights of a window in the middle of the samples that a transform is of. */
export function windowIn({ sequenceLength, fftLength }: FrameLengths, window: Exclude<FrameWindow, null>): number[] {
  const at = windowAt(sequenceLength, true, sumOfCosines(cosines[window]));
  const before = Math.floor((fftLength - sequenceLength) / 2);
  return Array.from({ length: fftLength }, (_, i) => (i < before || i >= before + sequenceLength ? 0 : at(i - before)));
}

/** Which samples stand in each frame: [frames, fftLength], int32. */
export function placesInFrames(frames: Dim, { sequenceStride, fftLength }: FrameLengths): Node {
  const at = (i: number) => Math.floor(i / fftLength) * sequenceStride + (i % fftLength);
  if (typeof frames === "number") {
    return makeNode(constantOp, [], { value: generate([frames, fftLength], "int32", at) });
  }
  const first = makeNode(multiplyOp, [places(frames), scalarNode(sequenceStride, "int32")], {});
  return makeNode(addOp, [makeNode(reshapeOp, [first], { shape: [frames, 1] }), places(fftLength)], {});
}
