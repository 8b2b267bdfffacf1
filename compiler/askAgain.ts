import { ShapewrightError } from "../src/ir/errors.js";
import type { Call } from "../src/ir/place.js";
import type { SizeCheck, SizeChecks } from "../src/ir/size-checks.js";
import { checkCropped } from "../src/layers/edges.js";
import { checkLength } from "../src/layers/positionEmbedding.js";
import { checkPlaces } from "../src/ops/diff.js";
import { readSlices } from "../src/ops/shared/at-shape.js";
import { checkMirrored } from "../src/ops/shared/mirrored.js";
import { partsOf } from "../src/ops/shared/pattern-shape.js";
import { checkSplit } from "../src/ops/shared/split-shape.js";
import { checkReach, checkSamples } from "../src/ops/shared/stft-shape.js";
import { checkWindows } from "../src/ops/shared/windows/check-convolution.js";
import { checkTransposedConvolution } from "../src/ops/shared/windows/transposed.js";
import type { Dim } from "../src/types/dim.js";

type Size = (dim: Dim) => number;

/** The rules of functions, which say what they say of numbers that are written: "op: …". */
const rules: {
  readonly [K in keyof SizeChecks]: (shape: readonly number[], given: SizeChecks[K], size: Size) => string | undefined;
} = {
  stft: (shape, { fftLength, center }) => checkSamples("stft", shape, fftLength, center),
  istft: (shape, { sequenceStride, fftLength }) => checkReach(shape.at(-2)!, sequenceStride, fftLength),
  mirror(shape, { paddings, mode }, size) {
    const sized = paddings.map(([before, after]) => [size(before), size(after)] as const);
    return checkMirrored(shape, sized, mode);
  },
  at: (shape, { slices }) => messageIn(readSlices(shape, slices)),
  split: (shape, { parts, axis }) => checkSplit(shape, parts, axis),
  rearranged(shape, { pattern, sizes }, size) {
    const known = Object.entries(sizes).map(([name, dim]) => [name, size(dim)] as const);
    return messageIn(partsOf("rearrange", pattern, shape, Object.fromEntries(known)));
  },
  diff: (shape, { axis }) => checkPlaces(shape, axis),
  cropping: (shape, { edges }) => checkCropped("cropping", shape, edges),
  windows: (shape, { size, attributes }) => checkWindows("windows", shape, size, attributes),
  transposed: (shape, { filter, attributes }, size) =>
    checkTransposedConvolution("transposed", shape, filter.map(size), attributes),
  places: (shape, { offset, sequenceLength }) => checkLength(shape, shape.at(-2)!, offset, sequenceLength),
};

function messageIn(found: unknown): string | undefined {
  return typeof found === "string" ? found : undefined;
}

/**
 * Asks a call's rules of sizes that are known now: some would give no result, or an empty one, and of others an op within would speak
 * in its own words.
 *
 * @throws SW_SHAPE with the message of the first that refuses
 */
export function askAgain({ name, checks }: Call, size: Size): void {
  for (const check of checks) {
    const message = askedOf(check, size);
    if (message === undefined) continue;
    throw new ShapewrightError("SW_SHAPE", `${name}${message.slice(message.indexOf(": "))}`, name);
  }
}

function askedOf<K extends keyof SizeChecks>({ rule, shape, given }: SizeCheck & { rule: K }, size: Size) {
  return rules[rule](shape.map(size), given as SizeChecks[K], size);
}
