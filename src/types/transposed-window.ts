import {
  type AddDims,
  addDims,
  type MultiplyDims,
  multiplyDims,
  type SubtractDims,
  subtractDims,
} from "./arithmetic.js";
import type { Add, Compare, Multiply, Subtract } from "./digits.js";
import type { Dim, IsUnknown, SameBeside } from "./dim.js";
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
 * over their stride; with numbers `(N - 1) · stride + extent - padding`, which they cut off.
 *
 * @example
 * type A = TransposedSize<14, 3, 2, "same">; // 28
 * type B = TransposedSize<"width", 3, 2, "valid">; // "width*2+1"
 * type C = TransposedSize<"width", 4, 2, 1>; // "width*2"
 */
export type TransposedSize<
  N extends Dim,
  Kernel extends number,
  Stride extends number,
  P extends AxisPadding,
  Dilation extends number = 1,
> = [P] extends ["same"]
  ? MultiplyDims<N, Stride>
  : [P] extends ["valid" | number | readonly [number, number]]
    ? SameBeside<LeavesNothing<N, Kernel, Stride, P, Dilation>, true, Kernel> extends true
      ? number
      : Spread<N, Extent<Kernel, Dilation>, Stride, P, Added<P>>
    : number;

/** `transposedSize("width", 3, 2, "valid")` is `"width*2+1"`. */
export function transposedSize(
  size: Dim,
  kernel: number,
  stride: number,
  padding: AxisPaddingGiven,
  dilation = 1,
): Dim {
  const apart = multiplyDims(size, stride);
  if (padding === "same") return apart;
  const more = extentOf(kernel, dilation) - stride - added(padding);
  if (more >= 0) return addDims(apart, more);
  return padding === "valid" ? apart : subtractDims(apart, -more);
}

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
> =
  SameBeside<LeavesNothing<N, Kernel, Stride, P, Dilation>, true, Beside> extends true
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
): string | undefined {
  const left = transposedSize(n, kernel, stride, padding, dilation);
  if (typeof left === "string" || left > 0) return undefined;
  return fill(paddedAway, { op, axis, n, kernel: showKernel(kernel, dilation), padding: showPadding(padding) });
}

/** Whether numbers of padding cut off everything. Not asked of names and of what is not known. */
type LeavesNothing<N, Kernel extends number, Stride extends number, P, Dilation extends number> = [P] extends [
  number | readonly [number, number],
]
  ? true extends IsUnknown<N> | IsUnknown<Kernel> | IsUnknown<Stride> | IsUnknown<Dilation> | IsUnknown<Added<P>>
    ? false
    : N extends number
      ? Compare<Add<Multiply<N, Stride>, Extent<Kernel, Dilation>>, Add<Stride, Added<P>>> extends "greater"
        ? false
        : true
      : false
  : false;
