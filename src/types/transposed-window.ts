import {
  type AddDims,
  addDims,
  type MultiplyDims,
  multiplyDims,
  type SubtractDims,
  subtractDims,
} from "./arithmetic.js";
import type { Add, Compare, Divide, Multiply, Subtract } from "./digits.js";
import type { Dim, IsUnknown, SameNow } from "./dim.js";
import { fill, type Message } from "./message.js";
import {
  type Added,
  type AxisPadding,
  type AxisPaddingGiven,
  added,
  type Extent,
  extentOf,
  type ShowKernel,
  type ShowPadding,
  showKernel,
  showPadding,
} from "./window.js";

/**
 * The size of an axis after a transposed convolution: `N · stride` with padding `"same"`; with `"valid"` as much more as windows reach
 * over their stride; with numbers `(N - 1) · stride + extent - padding`, which they cut off. With an output padding, it is so much more than
 * that in any case, where "valid" cuts off nothing, and "same" the extent but one place, or none of an even extent.
 *
 * @example
 * type A = TransposedSize<14, 3, 2, "same">; // 28
 * type B = TransposedSize<"width", 3, 2, "valid">; // "width*2+1"
 * type C = TransposedSize<"width", 4, 2, 1>; // "width*2"
 * type D = TransposedSize<14, 3, 2, "same", 1, 0>; // 27
 */
export type TransposedSize<
  N extends Dim,
  Kernel extends number,
  Stride extends number,
  P extends AxisPadding,
  Dilation extends number = 1,
  More extends number | undefined = undefined,
> = [More] extends [undefined]
  ? [P] extends ["same"]
    ? MultiplyDims<N, Stride>
    : [P] extends ["valid" | number | readonly [number, number]]
      ? SameNow<LeavesNothing<N, Extent<Kernel, Dilation>, Stride, P, Added<P>>, true, Kernel> extends true
        ? number
        : Spread<N, Extent<Kernel, Dilation>, Stride, P, Added<P>>
      : number
  : SameNow<LeavesNothingOf<N, Kernel, Stride, P, Dilation, More>, true, Kernel> extends true
    ? number
    : Spread<N, PlusKnown<Extent<Kernel, Dilation>, More>, Stride, 0, CutOff<P, Extent<Kernel, Dilation>>>;

/** `transposedSize("width", 3, 2, "valid")` is `"width*2+1"`. */
export function transposedSize(
  size: Dim,
  kernel: number,
  stride: number,
  padding: AxisPaddingGiven,
  dilation = 1,
  outputPadding?: number,
): Dim {
  const apart = multiplyDims(size, stride);
  const extent = extentOf(kernel, dilation);
  if (outputPadding !== undefined) {
    const more = extent + outputPadding - stride - cutOff(padding, extent);
    return more >= 0 ? addDims(apart, more) : subtractDims(apart, -more);
  }
  if (padding === "same") return apart;
  const more = extent - stride - added(padding);
  if (more >= 0) return addDims(apart, more);
  return padding === "valid" ? apart : subtractDims(apart, -more);
}

/** How many places are cut off in all, where an output padding is said. */
type CutOff<P, E extends number> = P extends "same"
  ? IsUnknown<E> extends true
    ? number
    : Divide<E, 2> extends [infer Half extends number, number]
      ? Multiply<Half, 2>
      : number
  : Added<P>;

/** Runtime twin of `CutOff`. */
export function cutOff(padding: AxisPaddingGiven, extent: number): number {
  return padding === "same" ? extent - (extent % 2) : added(padding);
}

type PlusKnown<A extends number, B> = B extends number
  ? true extends IsUnknown<A> | IsUnknown<B>
    ? number
    : Add<A, B>
  : A;

/** N · stride, and by how much more windows reach, or less is left. */
type Spread<N extends Dim, E extends number, Stride extends number, P, A extends number> = true extends
  | IsUnknown<E>
  | IsUnknown<Stride>
  | IsUnknown<A>
  ? number
  : Subtract<E, Add<Stride, A>> extends infer More extends number
    ? AddDims<MultiplyDims<N, Stride>, More>
    : P extends "valid"
      ? MultiplyDims<N, Stride>
      : Subtract<Add<Stride, A>, E> extends infer Less extends number
        ? SubtractDims<MultiplyDims<N, Stride>, Less>
        : number;

export const paddedAway = "{op}: nothing is left of axis {axis} of size {n} (kernel {kernel}, padding {padding})";

/**
 * `unknown` if padding leaves something, else the message. A size that is not a number is taken to be large enough.
 *
 * @typeParam Beside any other type parameter that a call settles
 * @example type Message = CheckTransposed<"conv1dTranspose", "time", 1, 3, 1, 2>;
 * // "conv1dTranspose: nothing is left of axis time of size 1 (kernel 3, padding 2)"
 */
export type CheckTransposed<
  Op extends string,
  AxisName extends string,
  N extends Dim,
  Kernel extends number,
  Stride extends number,
  P extends AxisPadding,
  Dilation extends number,
  Beside,
  More extends number | undefined = undefined,
> =
  SameNow<LeavesNothingOf<N, Kernel, Stride, P, Dilation, More>, true, Beside> extends true
    ? Message<
        typeof paddedAway,
        { op: Op; axis: AxisName; n: N; kernel: ShowKernel<Kernel, Dilation>; padding: ShowPadding<P> }
      >
    : unknown;

/** The same message from sizes at hand, or `undefined`. */
export function checkTransposed(
  op: string,
  axis: string,
  n: Dim,
  kernel: number,
  stride: number,
  padding: AxisPaddingGiven,
  dilation = 1,
  outputPadding?: number,
): string | undefined {
  const left = transposedSize(n, kernel, stride, padding, dilation, outputPadding);
  if (typeof left === "string" || left > 0) return undefined;
  return fill(paddedAway, { op, axis, n, kernel: showKernel(kernel, dilation), padding: showPadding(padding) });
}

/** Whether padding cuts off everything. Not asked of names and of what is not known. */
type LeavesNothingOf<N, Kernel extends number, Stride extends number, P, Dilation extends number, More> = [
  More,
] extends [undefined]
  ? LeavesNothing<N, Extent<Kernel, Dilation>, Stride, P, Added<P>>
  : LeavesNothing<N, PlusKnown<Extent<Kernel, Dilation>, More>, Stride, 0, CutOff<P, Extent<Kernel, Dilation>>>;

type LeavesNothing<N, E extends number, Stride extends number, P, A extends number> = [P] extends [
  number | readonly [number, number],
]
  ? true extends IsUnknown<N> | IsUnknown<E> | IsUnknown<Stride> | IsUnknown<A>
    ? false
    : N extends number
      ? Compare<Add<Multiply<N, Stride>, E>, Add<Stride, A>> extends "greater"
        ? false
        : true
      : false
  : false;
