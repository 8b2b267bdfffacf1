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
import type { Compare, Subtract } from "./digits.js";
import type { Dim, IsUnknown, SameBeside } from "./dim.js";

/** Whether the edges are filled up with zeros (`"same"`: the size is kept, but for the stride) or not. */
export type Padding = "same" | "valid";

/**
 * How many places a window of a convolution or pooling has along one axis: `ceil(N / stride)` with padding `"same"`,
 * `floor((N - kernel) / stride) + 1` with `"valid"`.
 *
 * @example
 * type A = WindowSize<28, 3, 1, "valid">; // 26
 * type B = WindowSize<"width", 3, 2, "same">; // "ceil(width/2)"
 * type C = WindowSize<"width", 2, 2, "valid">; // "floor(width/2)"
 */
export type WindowSize<N extends Dim, Kernel extends number, Stride extends number, P extends Padding> = [P] extends [
  "same",
]
  ? CeilDivideDims<N, Stride>
  : [P] extends ["valid"]
    ? SameBeside<IsLarger<Kernel, N>, true, Kernel> extends true
      ? number
      : [Kernel] extends [1]
        ? CeilDivideDims<N, Stride> // the same, for every size, and in the same words where N is a type parameter
        : FloorDivideDims<Shorten<N, Kernel, Stride>, Stride>
    : number;

/** `windowSize(28, 3, 1, "valid")` is 26, `windowSize("width", 3, 2, "same")` is `"ceil(width/2)"`. */
export function windowSize(size: Dim, kernel: number, stride: number, padding: Padding): Dim {
  if (padding === "same" || kernel === 1) return ceilDivideDims(size, stride);
  const shortened = kernel < stride ? addDims(size, stride - kernel) : subtractDims(size, kernel - stride);
  return floorDivideDims(shortened, stride);
}

/**
 * `unknown` if the window fits, else the message. A size that is not a number is taken to be large enough.
 *
 * @example type Message = CheckWindow<"conv2d", "height", 3, 5, "valid">;
 * // 'conv2d: kernel 5 is larger than axis height of size 3 (padding "valid")'
 */
export type CheckWindow<
  Operation extends string,
  AxisName extends string,
  N extends Dim,
  Kernel extends number,
  P extends Padding,
> = [P] extends ["valid"]
  ? SameBeside<IsLarger<Kernel, N>, true, Kernel> extends true
    ? `${Operation}: kernel ${Kernel} is larger than axis ${AxisName} of size ${N} (padding "valid")`
    : unknown
  : unknown;

/** The same message from sizes at hand, or `undefined`. */
export function checkWindow(
  operation: string,
  axisName: string,
  size: Dim,
  kernel: number,
  padding: Padding,
): string | undefined {
  if (padding === "same" || typeof size === "string" || kernel <= size) return undefined;
  return `${operation}: kernel ${kernel} is larger than axis ${axisName} of size ${size} (padding "valid")`;
}

/** N - (kernel - stride): one division then does for `floor((N - kernel) / stride) + 1`. */
type Shorten<N extends Dim, Kernel extends number, Stride extends number> =
  IsUnknown<Kernel> extends true
    ? number
    : IsUnknown<Stride> extends true
      ? number
      : Subtract<Kernel, Stride> extends infer Less extends number
        ? SubtractDims<N, Less>
        : Subtract<Stride, Kernel> extends infer More extends number
          ? AddDims<N, More>
          : number;

type IsLarger<Kernel extends number, N extends Dim> =
  IsUnknown<N> extends true
    ? false
    : IsUnknown<Kernel> extends true
      ? false
      : N extends number
        ? Compare<N, Kernel> extends "less"
          ? true
          : false
        : false;
