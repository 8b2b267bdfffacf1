import {
  addDims,
  type Floor,
  type Minus,
  multiplyDims,
  type Plus,
  subtractDims,
  type Times,
} from "../../types/arithmetic.js";
import type { Compare } from "../../types/digits.js";
import type { Batched, Dim, IsUnknown, SameNow, Shape, SplitLast, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { type AxisPaddingGiven, type WindowSize, windowSize } from "../../types/window.js";
import type { CheckDims } from "./checkDims.js";
import type { FirstMessage } from "./firstMessage.js";
import { type Frequencies, frequenciesOf } from "./spectrum.js";

// Signals in frames: every `stride` samples, as many samples as a transform is of. In the middle of the first and the last frame
// stand the first and the last sample, where frames are centered: there, signals are mirrored at both ends.

/** How far a signal is mirrored at each end. */
type Mirrored<F extends number, Centered> = Centered extends true
  ? Floor<F, 2> extends infer Half extends number
    ? Half
    : number
  : "valid";

/** The frames of a signal, and the frequencies in each. */
export type Stft<S extends Shape, Stride extends number, F extends number, Centered extends boolean> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Before extends Shape, infer Samples extends Dim]
      ? Batched<Before, [Frames<Samples, Stride, F, Centered>, Frequencies<F>]>
      : UnknownShape
    : never;

/** How many frames a signal has. */
export type Frames<Samples extends Dim, Stride extends number, F extends number, Centered> = boolean extends Centered
  ? number
  : WindowSize<Samples, F, Stride, Mirrored<F, Centered>>;

/** Runtime twin of `Frames`. */
export function framesOf(samples: Dim, stride: number, fftLength: number, centered: boolean): Dim {
  const half = Math.floor(fftLength / 2);
  const padding: AxisPaddingGiven = centered ? [half, half] : "valid";
  return windowSize(samples, fftLength, stride, padding);
}

/** A signal of so many samples, of frames that overlap. */
export type Istft<S extends Shape, L extends Dim> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Lead extends Shape, unknown]
      ? SplitLast<Lead> extends infer SplitLead
        ? SplitLead extends [infer Before extends Shape, unknown]
          ? Batched<Before, [L]>
          : UnknownShape
        : never
      : UnknownShape
    : never;

/** How many samples frames reach over: between the middles of the first and the last one, where they are centered. */
export type Samples<Frames extends Dim, Stride extends number, F extends number, Centered> = boolean extends Centered
  ? number
  : Plus<Times<Minus<Frames, 1>, Stride>, Centered extends true ? Odd<F> : F>;

/** F less twice its half. */
type Odd<F extends number> = Minus<F, Times<Floor<F, 2>, 2>> extends infer Rest extends number ? Rest : number;

/** Runtime twin of `Samples`. */
export function samplesOf(frames: Dim, stride: number, fftLength: number, centered: boolean): Dim {
  return addDims(multiplyDims(subtractDims(frames, 1), stride), centered ? fftLength % 2 : fftLength);
}

export const oneFrame =
  "istft: of one frame, nothing stands between the middles of the first and the last; say how many samples by length";

/** `unknown` where frames reach over samples, or these are said, else the message. `Now` settles it within generic functions. */
export type CheckReach<Frames, L, Now> =
  SameNow<{ of: Frames; are: L }, { of: 1; are: 0 }, Now> extends true ? typeof oneFrame : unknown;

/** Runtime twin of `CheckReach`, for frames that are centered, and a length that is not said. */
export function checkReach(frames: Dim, sequenceStride: number, fftLength: number): string | undefined {
  return frames === 1 && samplesOf(frames, sequenceStride, fftLength, true) === 0 ? oneFrame : undefined;
}

export const shortTransform = "{op}: fftLength {n} is less than {length} {m}";

/** `unknown` where a transform is of a frame or more, else the message. `Now` settles it within generic functions. */
export type CheckTransform<Op extends string, Sequence extends number, F extends number, Now> = FirstMessage<
  CheckDims<Op, [F]>,
  SameNow<IsLess<F, Sequence>, true, Now> extends true
    ? Message<typeof shortTransform, { op: Op; n: F; length: "sequenceLength"; m: Sequence }>
    : unknown
>;

/** Runtime twin of `CheckTransform`, for positive integers. */
export function checkTransform(
  op: string,
  sequence: number,
  fftLength: number,
  length = "sequenceLength",
): string | undefined {
  return fftLength < sequence ? fill(shortTransform, { op, n: fftLength, length, m: sequence }) : undefined;
}

export const tooFewSamples = "{op}: {shape} has {n} samples, but fftLength {m} takes {k} or more";

/** `unknown` where a signal has enough samples, else the message. What is no number is left to the runtime. */
export type CheckSamples<Op extends string, S extends Shape, F extends number, Centered extends boolean, Now> =
  SplitLast<S> extends infer Split
    ? Split extends [unknown, infer N extends Dim]
      ? SameNow<IsLess<N, Least<F, Centered>>, true, Now> extends true
        ? Message<typeof tooFewSamples, { op: Op; shape: Show<S>; n: N; m: F; k: Least<F, Centered> }>
        : unknown
      : unknown
    : never;

/** To be mirrored, one more than what is mirrored. */
type Least<F extends number, Centered> = boolean extends Centered
  ? number
  : Centered extends true
    ? Plus<Floor<F, 2>, 1> extends infer N extends number
      ? N
      : number
    : F;

/** Runtime twin of `CheckSamples`. */
export function checkSamples(
  op: string,
  shape: readonly Dim[],
  fftLength: number,
  centered: boolean,
): string | undefined {
  const n = shape.at(-1)!;
  const least = centered ? Math.floor(fftLength / 2) + 1 : fftLength;
  if (typeof n !== "number" || n >= least) return undefined;
  return fill(tooFewSamples, { op, shape: show(shape), n, m: fftLength, k: least });
}

type IsLess<A, B> = true extends IsUnknown<A> | IsUnknown<B>
  ? false
  : A extends number
    ? B extends number
      ? Compare<A, B> extends "less"
        ? true
        : false
      : false
    : false;

export const otherFrequencies = "{op}: a transform of fftLength {m} has {k} frequencies, but {shape} has {n}";

/** `unknown` where frames have as many frequencies as the transform, else the message. */
export type CheckFrequencies<Op extends string, S extends Shape, F extends number, Now> =
  SplitLast<S> extends infer Split
    ? Split extends [unknown, infer N extends Dim]
      ? SameNow<IsOther<N, Frequencies<F>>, true, Now> extends true
        ? Message<typeof otherFrequencies, { op: Op; m: F; k: Frequencies<F>; shape: Show<S>; n: N }>
        : unknown
      : unknown
    : never;

type IsOther<A, B> = true extends IsUnknown<A> | IsUnknown<B>
  ? false
  : A extends number
    ? A extends B
      ? false
      : true
    : true;

/** Runtime twin of `CheckFrequencies`. */
export function checkFrequencies(op: string, shape: readonly Dim[], fftLength: number): string | undefined {
  const [n, k] = [shape.at(-1)!, frequenciesOf(fftLength)];
  return n === k ? undefined : fill(otherFrequencies, { op, m: fftLength, k, shape: show(shape), n });
}
