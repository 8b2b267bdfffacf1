import {
  type AddDims,
  addDims,
  type CeilDivideDims,
  ceilDivideDims,
  type FloorDivideDims,
  floorDivideDims,
  type SubtractDims,
  subtractDims,
} from "./arithmetic.js";
import type { Add, AreNatural, Compare, Divide, Multiply, Subtract } from "./digits.js";
import type { Dim, IsUnknown, SameNow } from "./dim.js";
import { fill, type Message } from "./message.js";

/** Whether the edges are filled up (`"same"`: the size is kept, but for the stride) or not. */
export type Padding = "same" | "valid";

/** The padding along one axis: with numbers, how many places stand before and after it. */
export type AxisPadding = Padding | number | readonly [before: number, after: number];

/** The same along the time of sequences: with "causal", all of it stands before them, so that no place sees what comes later. */
export type SequencePadding = AxisPadding | "causal";

/** The same as a node has it. */
export type AxisPaddingGiven = Padding | readonly [before: number, after: number];

/**
 * How many places a window of a convolution or pooling has along one axis: `ceil(N / stride)` with padding `"same"` or `"causal"`, else
 * `floor((N + padding - extent) / stride) + 1`, where a window reaches over `(kernel - 1) · dilation + 1` places.
 *
 * @example
 * type A = WindowSize<28, 3, 1, "valid">; // 26
 * type B = WindowSize<"width", 3, 2, "same">; // "ceil(width/2)"
 * type C = WindowSize<"width", 2, 2, "valid">; // "floor(width/2)"
 * type D = WindowSize<224, 7, 2, 3>; // 112
 * type E = WindowSize<"time", 3, 1, "valid", 4>; // "time-8"
 */
export type WindowSize<
  N extends Dim,
  Kernel extends number,
  Stride extends number,
  P extends SequencePadding,
  Dilation extends number = 1,
> = [P] extends ["same" | "causal"]
  ? CeilDivideDims<N, Stride>
  : [P] extends ["valid" | number | readonly [number, number]]
    ? SameNow<IsLarger<N, Kernel, P, Dilation>, true, Kernel> extends true
      ? number
      : KeepsPlaces<Kernel, P, Dilation> extends true
        ? CeilDivideDims<N, Stride> // the same, for every size and stride, and in the same words where these are type parameters
        : Places<N, Extent<Kernel, Dilation>, Stride, Added<P>>
    : number;

/** `windowSize(28, 3, 1, "valid")` is 26, `windowSize("width", 3, 2, "same")` is `"ceil(width/2)"`. */
export function windowSize(size: Dim, kernel: number, stride: number, padding: AxisPaddingGiven, dilation = 1): Dim {
  if (padding === "same" || (padding === "valid" && kernel === 1)) return ceilDivideDims(size, stride);
  const more = added(padding) + stride - extentOf(kernel, dilation);
  return floorDivideDims(more >= 0 ? addDims(size, more) : subtractDims(size, -more), stride);
}

export const windowTooLarge = "{op}: kernel {kernel} is larger than axis {axis} of size {n} (padding {padding})";

/** What `{kernel}` is where places are left out within the window. */
const dilatedKernel = "{kernel} with dilation {dilation}";

/**
 * `unknown` if the window fits, else the message. A size that is not a number is taken to be large enough.
 *
 * @typeParam Beside any other type parameter that a call settles
 * @example type Message = CheckWindow<"conv2d", "height", 3, 5, "valid">;
 * // 'conv2d: kernel 5 is larger than axis height of size 3 (padding "valid")'
 */
export type CheckWindow<
  Operation extends string,
  AxisName extends string,
  N extends Dim,
  Kernel extends number,
  P extends SequencePadding,
  Dilation extends number = 1,
  Beside = Kernel,
> =
  SameNow<IsLarger<N, Kernel, P, Dilation>, true, Beside> extends true
    ? Message<
        typeof windowTooLarge,
        { op: Operation; kernel: ShowKernel<Kernel, Dilation>; axis: AxisName; n: N; padding: ShowPadding<P> }
      >
    : unknown;

/** The same message from sizes at hand, or `undefined`. */
export function checkWindow(
  operation: string,
  axisName: string,
  size: Dim,
  kernel: number,
  padding: AxisPaddingGiven,
  dilation = 1,
): string | undefined {
  if (padding === "same" || typeof size === "string" || extentOf(kernel, dilation) <= size + added(padding)) {
    return undefined;
  }
  const at = { axis: axisName, n: size, padding: showPadding(padding) };
  return fill(windowTooLarge, { op: operation, kernel: showKernel(kernel, dilation), ...at });
}

/** How far a window reaches: (kernel - 1) · dilation + 1. */
export type Extent<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? Kernel
  : true extends IsUnknown<Kernel> | IsUnknown<Dilation>
    ? number
    : Subtract<Kernel, 1> extends infer Gaps extends number
      ? Add<Multiply<Gaps, Dilation>, 1>
      : number;

/** Runtime twin of `Extent`. */
export function extentOf(kernel: number, dilation: number): number {
  return (kernel - 1) * dilation + 1;
}

/** What stands before and after an axis, together. */
export type Added<P> = P extends readonly [infer Before extends number, infer After extends number]
  ? AddKnown<Before, After>
  : P extends number
    ? AddKnown<P, P>
    : 0;

type AddKnown<A extends number, B extends number> = true extends IsUnknown<A> | IsUnknown<B> ? number : Add<A, B>;

export function added(padding: AxisPaddingGiven): number {
  return typeof padding === "string" ? 0 : padding[0] + padding[1];
}

/** Whether each place of an axis has a window, where none is left out: what is added is the window's extent less 1. */
type KeepsPlaces<Kernel extends number, P, Dilation extends number> = P extends "valid"
  ? Kernel extends 1
    ? true
    : false
  : Extent<Kernel, Dilation> extends infer E extends number
    ? Added<P> extends infer A extends number
      ? true extends IsUnknown<E> | IsUnknown<A>
        ? false
        : E extends Add<A, 1>
          ? true
          : false
      : false
    : false;

/**
 * floor((N + added - extent) / stride) + 1, as a quotient of N and a number beside it, in one way where there are several: for a type
 * parameter, too, equal sizes are then one type.
 */
type Places<N extends Dim, E extends number, Stride extends number, A extends number> = true extends
  | IsUnknown<E>
  | IsUnknown<Stride>
  | IsUnknown<A>
  ? number
  : Subtract<E, Add<A, Stride>> extends infer Less extends number
    ? Less extends 0
      ? FloorDivideDims<N, Stride>
      : Stride extends 1
        ? SubtractDims<N, Less>
        : Divide<Less, Stride> extends [infer Whole extends number, infer Rest extends number]
          ? Rest extends 0
            ? SubtractDims<FloorDivideDims<N, Stride>, Whole>
            : Rest extends 1
              ? SubtractDims<CeilDivideDims<N, Stride>, Add<Whole, 1>>
              : Subtract<Stride, Rest> extends infer More extends number
                ? SubtractDims<FloorDivideDims<AddDims<N, More>, Stride>, Add<Whole, 1>>
                : number
          : number
    : Subtract<Add<A, Stride>, E> extends infer More extends number
      ? Stride extends 1
        ? AddDims<N, More>
        : Divide<More, Stride> extends [infer Whole extends number, infer Rest extends number]
          ? Rest extends 0
            ? AddDims<FloorDivideDims<N, Stride>, Whole>
            : Add<Rest, 1> extends Stride
              ? AddDims<CeilDivideDims<N, Stride>, Whole>
              : AddDims<FloorDivideDims<AddDims<N, Rest>, Stride>, Whole>
          : number
      : number;

/** Whether a window is larger than an axis with its padding. Not asked of names and of what is not known. */
type IsLarger<N, Kernel extends number, P extends SequencePadding, Dilation extends number> = [P] extends [
  "valid" | number | readonly [number, number],
]
  ? true extends IsUnknown<N> | IsUnknown<Kernel> | IsUnknown<Dilation> | IsUnknown<Added<P>>
    ? false
    : N extends number
      ? Compare<P extends "valid" ? N : Add<N, Added<P>>, Extent<Kernel, Dilation>> extends "less"
        ? AreNatural<Kernel, Dilation> // of other numbers, it is said where they stand
        : false
      : false
  : false;

export type ShowKernel<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? Kernel
  : Message<typeof dilatedKernel, { kernel: Kernel; dilation: Dilation }>;

export function showKernel(kernel: number, dilation: number): string {
  return dilation === 1 ? String(kernel) : fill(dilatedKernel, { kernel, dilation });
}

export type ShowPadding<P> = P extends readonly [infer Before extends number, infer After extends number]
  ? [After] extends [Before]
    ? `${Before}`
    : `[${Before}, ${After}]`
  : P extends number
    ? `${P}`
    : P extends string
      ? `"${P}"`
      : "?";

/** One number where both sides are alike, as it is mostly written. */
export function showPadding(padding: AxisPaddingGiven): string {
  if (typeof padding === "string") return `"${padding}"`;
  return padding[0] === padding[1] ? `${padding[0]}` : `[${padding[0]}, ${padding[1]}]`;
}
