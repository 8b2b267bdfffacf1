import { type SubtractDims, subtractDims } from "../../types/arithmetic.js";
import type { Add, Compare } from "../../types/digits.js";
import type { Dim, IsUnknown, Same, SameBeside, Shape, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

/** The shape of a block of `size` from `begin` on; a size of -1 is all to the end. */
export type Slice<S extends Shape, Begin extends Shape, Size extends Shape> = number extends S["length"]
  ? number extends Size["length"]
    ? UnknownShape
    : { [Axis in keyof Size]: SizeOf<Size[Axis]> }
  : number extends Begin["length"] | Size["length"]
    ? { [Axis in keyof S]: number }
    : SliceAxes<S, Begin, Size, []>;

/** Runtime twin of `Slice`. */
export function sliced(shape: readonly Dim[], begin: readonly Dim[], size: readonly Dim[]): Dim[] {
  return shape.map((dim, axis) => (size[axis] === -1 ? subtractDims(dim, begin[axis]!) : size[axis]!));
}

type SizeOf<Size> = IsUnknown<Size> extends true ? number : Size extends -1 ? number : Size;

type SliceAxes<S, Begin, Size, Done extends Shape> = S extends [infer D extends Dim, ...infer Rest]
  ? Begin extends [infer From extends Dim, ...infer RestBegin]
    ? Size extends [infer N extends Dim, ...infer RestSize]
      ? SliceAxes<Rest, RestBegin, RestSize, [...Done, SliceDim<D, From, N>]>
      : UnknownShape
    : UnknownShape
  : Done;

type SliceDim<D extends Dim, From extends Dim, N extends Dim> =
  IsUnknown<N> extends true ? number : N extends -1 ? SubtractDims<D, From> : N;

export const blockOutside = "slice: begin {from} and size {to} are out of range for {shape} on axis {axis}";
export const entriesMissing = "slice: begin {from} and size {to} of {shape} must have one entry for each axis";

/** `unknown` where the block lies within the tensor, else the message. */
export type CheckSlice<S extends Shape, Begin extends Shape, Size extends Shape> = number extends
  | S["length"]
  | Begin["length"]
  | Size["length"]
  ? unknown
  : [Begin["length"], Size["length"]] extends [S["length"], S["length"]]
    ? FirstOutside<S, Begin, Size, []> extends infer Axis extends number
      ? Message<typeof blockOutside, { from: Show<Begin>; to: Show<Size>; shape: Show<S>; axis: Axis }>
      : unknown
    : Message<typeof entriesMissing, { from: Show<Begin>; to: Show<Size>; shape: Show<S> }>;

/** Runtime twin of `CheckSlice`. */
export function checkSlice(shape: readonly Dim[], begin: readonly Dim[], size: readonly Dim[]): string | undefined {
  if (begin.length !== shape.length || size.length !== shape.length) {
    return fill(entriesMissing, { from: show(begin), to: show(size), shape: show(shape) });
  }
  const axis = shape.findIndex((dim, i) => !fits(dim, begin[i]!, size[i]!));
  return axis < 0 ? undefined : outside(shape, begin, size, axis);
}

/** The message for a block that reaches out of a tensor, once every size is a number: it may be 0 then. */
export function checkBlock(
  shape: readonly number[],
  begin: readonly number[],
  size: readonly number[],
): string | undefined {
  const axis = shape.findIndex((dim, i) => begin[i]! < 0 || size[i]! < 0 || begin[i]! + size[i]! > dim);
  return axis < 0 ? undefined : outside(shape, begin, size, axis);
}

function outside(shape: readonly Dim[], begin: readonly Dim[], size: readonly Dim[], axis: number): string {
  return fill(blockOutside, { from: show(begin), to: show(size), shape: show(shape), axis });
}

function fits(dim: Dim, begin: Dim, size: Dim): boolean {
  if (typeof begin === "number" && !(Number.isInteger(begin) && begin >= 0)) return false;
  if (typeof size === "number" && !(Number.isInteger(size) && (size > 0 || size === -1))) return false;
  if (typeof dim === "string" || typeof begin === "string" || typeof size === "string") return true;
  return begin + Math.max(size, 1) <= dim;
}

type FirstOutside<S, Begin, Size, Passed extends unknown[]> = S extends [infer D extends Dim, ...infer Rest]
  ? Begin extends [infer From extends Dim, ...infer RestBegin]
    ? Size extends [infer N extends Dim, ...infer RestSize]
      ? Fits<D, From, N> extends false
        ? Passed["length"]
        : FirstOutside<Rest, RestBegin, RestSize, [...Passed, 0]>
      : "none"
    : "none"
  : "none";

/** Only literals can be compared; a name, or a dim that is a type parameter, is left to the runtime. */
type Fits<D extends Dim, From extends Dim, N extends Dim> =
  Same<[From, N], [0, -1]> extends true
    ? true
    : IsUnknown<From> extends true
      ? true
      : IsUnknown<N> extends true
        ? true
        : IsPlace<From> extends false
          ? false
          : IsSize<N> extends false
            ? false
            : SameBeside<D & string, never, From> extends true
              ? FitsNumber<D, From, N>
              : true;

type IsPlace<From> = From extends number
  ? `${From}` extends `-${string}` | `${string}.${string}`
    ? false
    : true
  : true;
type IsSize<N> = N extends 0 ? false : N extends -1 ? true : IsPlace<N>;

type FitsNumber<D, From, N> =
  IsUnknown<D> extends true
    ? true
    : [D, From, N] extends [infer Dim extends number, infer Begin extends number, infer Size extends number]
      ? Compare<Add<Begin, Size extends -1 ? 1 : Size>, Dim> extends "greater"
        ? false
        : true
      : true;
