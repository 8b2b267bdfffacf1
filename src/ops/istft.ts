import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import { anything } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { subtractDims } from "../types/arithmetic.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { constantOp } from "./constant.js";
import { gatherGradientOp } from "./gatherGradient.js";
import { irfftOp } from "./irfft.js";
import { multiplyOp } from "./multiply.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import { type CheckImaginary, partsOf } from "./shared/complex.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { fitted } from "./shared/fitted.js";
import type { CheckRealMatrix } from "./shared/fourier2.js";
import { checkFrames, type FrameLengths, placesInFrames, type StftOptions, windowIn } from "./shared/frames.js";
import type { OrMessage } from "./shared/orMessage.js";
import {
  type CheckFrequencies,
  type CheckReach,
  type CheckTransform,
  checkFrequencies,
  checkReach,
  type Istft,
  type Samples,
  samplesOf,
} from "./shared/stft-shape.js";
import { checkMatrix } from "./shared/triangle.js";
import { sliceOp } from "./slice.js";

/** Options of `istft`. `L` is the length, or a message. */
export interface IstftOptions<Centered, L> extends StftOptions<Centered> {
  /** How many samples there are to be: others are cut off, or zeros put behind. @default as many as the frames reach over */
  readonly length?: L;
}

/**
 * The signals that frames of frequencies are of: the inverse of `stft`, where it was given the same lengths and options. Where frames
 * overlap, each counts by its window; samples that no window reaches are 0.
 *
 * @param x the real and the imaginary parts, [..., frames, fftLength/2 + 1], float32
 * @param sequenceLength how many samples a frame has
 * @param sequenceStride how many samples further the next frame begins
 * @param fftLength how many samples are transformed
 * @param options `window` ("hann"; without one, frames are added up), `center` (true) and `length`
 * @returns [..., samples]: (frames - 1) · sequenceStride, where frames of an even length are centered
 * @throws SW_VALUE when a length or an option is none; SW_SHAPE when the parts differ in shape, or have other frequencies; SW_DTYPE when
 *   they are not float32
 * @example
 * const frames = stft(input(["batch", 16000]), 256, 128, 256);
 * const signal = istft(frames, 256, 128, 256); // Tensor<["batch", 16000], "float32">
 */
export function istft<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const Sequence extends number,
  const Stride extends number,
  const F extends number,
  const Centered extends boolean = true,
  const L extends Dim = Samples<DimAt<S, -2>, Stride, F, Centered>,
  Now extends Moment = "now",
>(
  x: readonly [
    real: Tensor<S, D> &
      FirstMessage<
        FirstMessage<CheckRealMatrix<"istft", S, D>, CheckFrequencies<"istft", S, F, Now>>,
        CheckReach<DimAt<S, -2>, L, Now>
      >,
    imaginary: Tensor<I, E> & CheckImaginary<"istft", S, I, E>,
  ],
  sequenceLength: Sequence & CheckDim<"istft", Sequence>,
  sequenceStride: Stride & CheckDim<"istft", Stride>,
  fftLength: OrMessage<F, CheckTransform<"istft", Sequence, F, Now>>,
  options: IstftOptions<Centered, L & CheckDim<"istft", L>> = {},
): Tensor<Settled<Istft<S, L>>[Now]> {
  const parts = partsOf("istft", x);
  const lengths = { sequenceLength, sequenceStride, fftLength } as unknown as FrameLengths;
  checkFrames("istft", lengths, options, { length: anything });
  const { window = "hann", center = true, length } = options as IstftOptions<boolean, Dim>;
  if (length !== undefined) refuse("SW_VALUE", "istft", checkDims("istft", [length]));
  const { shape } = parts[0];
  refuse("SW_SHAPE", "istft", checkMatrix("istft", shape) ?? checkFrequencies("istft", shape, lengths.fftLength));
  if (center && length === undefined)
    refuse("SW_SHAPE", "istft", checkReach(shape.at(-2)!, lengths.sequenceStride, lengths.fftLength));
  const { sequenceStride: stride, fftLength: reach } = lengths;
  const given = { sequenceStride: stride, fftLength: reach };
  const check = center && length === undefined ? ({ rule: "istft", shape, given } as const) : undefined;
  return calling(
    "istft",
    () => {
      let frames: Node = makeNode(irfftOp, parts, { length: lengths.fftLength });
      if (window) frames = makeNode(multiplyOp, [frames, inverseWindow(lengths, windowIn(lengths, window))], {});
      const axis = shape.length - 2;
      const count = shape[axis]!;
      const reached = samplesOf(count, lengths.sequenceStride, lengths.fftLength, false);
      const places = placesInFrames(count, lengths);
      const whole = makeNode(gatherGradientOp, [frames, places], {
        axis,
        batchDims: 0,
        shape: [...shape.slice(0, axis), reached],
      });
      if (!center) return tensorOf(length === undefined ? whole : fitted(whole, length));
      // From the middle of the first frame to that of the last; a length that is said may reach further.
      const half = Math.floor(lengths.fftLength / 2);
      const rest = subtractDims(reached, length === undefined ? 2 * half : half);
      const begin = shape.slice(0, -1).map((_, i) => (i === axis ? half : 0));
      const size = [...shape.slice(0, axis), rest];
      const middle = half === 0 ? whole : makeNode(sliceOp, [whole], { begin, size });
      return tensorOf(length === undefined ? middle : fitted(middle, length));
    },
    check,
  );
}

/** A window by which frames add up to what they were taken from: wⱼ / Σ wₖ², over all k that stand upon j in other frames. */
function inverseWindow({ sequenceStride, fftLength }: FrameLengths, window: readonly number[]): Node {
  const sums = new Float64Array(sequenceStride);
  window.forEach((w, i) => {
    sums[i % sequenceStride]! += w * w;
  });
  const heights = window.map((w, i) => (w === 0 ? 0 : w / sums[i % sequenceStride]!));
  return makeNode(constantOp, [], { value: array(Float32Array.from(heights), [fftLength]) });
}
