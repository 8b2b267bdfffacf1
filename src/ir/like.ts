import type { CompatibleShapes } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { sameShape } from "../types/same-shape.js";
import { type Show, show } from "../types/show.js";
import type { DType } from "./dtype.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "./tensor.js";

/** What these checks are told of a tensor. */
interface Described {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
}

export const notLike = "{op}: the {role} of {a} must be float32 {wanted}, got {dtype} {b}";

/** `unknown` where a tensor is float32 and of a shape, as a tangent or a gradient must be, else the message. */
export type CheckLike<Op extends string, What extends string, S extends Shape, G extends TensorLike> =
  "float32" extends DTypeOf<G>
    ? CompatibleShapes<S, ShapeOf<G>> extends true
      ? unknown
      : LikeMessage<Op, What, S, G>
    : LikeMessage<Op, What, S, G>;

type LikeMessage<Op extends string, What extends string, S extends Shape, G extends TensorLike> = Message<
  typeof notLike,
  { op: Op; role: What; a: Show<S>; wanted: Show<S>; dtype: DTypeOf<G>; b: Show<ShapeOf<G>> }
>;

/** Runtime twin of `CheckLike`. */
export function checkLike(op: string, what: string, of: readonly Dim[], given: Described): string | undefined {
  if (given.dtype === "float32" && sameShape(of, given.shape)) return undefined;
  const wanted = show(of);
  return fill(notLike, { op, role: what, a: wanted, wanted, dtype: given.dtype, b: show(given.shape) });
}

/** `CheckLike` for each tensor of a structure. A place that is missing is told in TypeScript's words. */
export type CheckAllLike<Op extends string, What extends string, W, G> = W extends TensorLike
  ? G extends TensorLike
    ? CheckLike<Op, What, ShapeOf<W>, G>
    : Tensor<ShapeOf<W>>
  : {
      readonly [K in keyof W]: K extends keyof G
        ? G[K] extends TensorLike
          ? CheckLike<Op, What, ShapeOf<W[K]>, G[K]>
          : unknown
        : unknown;
    };

export const notDifferentiable = "{op}: differentiates float32 tensors, got {dtype} {shape}";

/** `unknown` where a tensor is float32, else the message: only such tensors can be differentiated, or by. */
export type CheckFloat<Op extends string, T> =
  "float32" extends DTypeOf<T>
    ? unknown
    : Message<typeof notDifferentiable, { op: Op; dtype: DTypeOf<T>; shape: Show<ShapeOf<T>> }>;

/** Runtime twin of `CheckFloat`. */
export function checkFloat(op: string, { shape, dtype }: Described): string | undefined {
  return dtype === "float32" ? undefined : fill(notDifferentiable, { op, dtype, shape: show(shape) });
}

/** `CheckFloat` for each tensor of a structure. */
export type CheckFloats<Op extends string, W> = W extends TensorLike
  ? CheckFloat<Op, W>
  : { readonly [K in keyof W]: CheckFloat<Op, W[K]> };
