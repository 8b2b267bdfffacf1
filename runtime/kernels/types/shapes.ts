import type { DType } from "../../../src/ir/dtype.js";
import type { Pad, Padding } from "../../../src/ops/pad.js";
import type { Transpose } from "../../../src/ops/transpose.js";
import type { AddDims } from "../../../src/types/arithmetic.js";
import type { DimAt, ReplaceAxis } from "../../../src/types/axis.js";
import type { Dim, Shape } from "../../../src/types/dim.js";
import type { RemoveAxes } from "../../../src/types/reduce.js";
import type { Unary } from "./families.js";
import type { DimOf, List, ShapeOf, Sizes, Tensor } from "./tensor.js";

export interface ShapeKernels {
  /** The same numbers under another shape. */
  reshape: <D extends DType, const To extends Sizes>(
    x: Tensor<any, D>,
    attributes: { readonly shape: To },
  ) => Tensor<ShapeOf<To>, D>;

  /** x. In a graph it says what comes first; lines of code stand in their order already. */
  barrier: <S extends Shape, D extends DType>(x: Tensor<S, D>, after: Tensor<any, DType>) => Tensor<S, D>;

  /** Repeats x along axes of size 1, and along new leading ones, until it has a shape. */
  broadcastTo: {
    <D extends DType, const To extends Sizes>(
      x: Tensor<any, D>,
      attributes: { readonly shape: To },
    ): Tensor<ShapeOf<To>, D>;
    <const To extends Sizes>(x: number, attributes: { readonly shape: To }): Tensor<ShapeOf<To>>;
  };

  /** Axis i of the result is axis `permutation[i]` of x. */
  transpose: <S extends Shape, D extends DType, const P extends readonly number[]>(
    x: Tensor<S, D>,
    attributes: { readonly permutation: P },
  ) => Tensor<Transpose<S, List<P>>, D>;

  /** Tensors one after another along an axis. */
  concat: <const T extends readonly [Tensor<any, D>, ...Tensor<any, D>[]], const A extends number, D extends DType>(
    ...given: [...tensors: T, attributes: { readonly axis: A }]
  ) => Tensor<Joined<T, A>, DTypeOf<T[0]>>;

  /** The part of x that begins at a place and has a size. */
  slice: <D extends DType, const To extends Sizes>(
    x: Tensor<any, D>,
    attributes: { readonly begin: Sizes; readonly size: To },
  ) => Tensor<ShapeOf<To>, D>;

  /** x in parts along an axis, of these sizes. */
  split: <S extends Shape, D extends DType, const A extends number, const Z extends Sizes>(
    x: Tensor<S, D>,
    attributes: { readonly axis: A; readonly sizes: Z },
  ) => { -readonly [Part in keyof Z]: Tensor<ReplaceAxis<S, A, DimOf<Z[Part]>>, D> };

  /** x with a value before and after the elements of each axis. */
  pad: <S extends Shape, D extends DType, const P extends readonly (readonly [before: number, after: number])[]>(
    x: Tensor<S, D>,
    attributes: { readonly paddings: P; readonly value: number },
  ) => Tensor<Pad<S, Pairs<P>>, D>;

  /** The elements in the opposite order along some axes. */
  flip: Unary<"flip">;

  /** The elements so many places further along an axis; what leaves it at the end comes in at the beginning. */
  roll: Unary<"roll">;

  /** The place of the largest element along an axis; of equal ones the first. */
  argMax: <S extends Shape, const A extends number>(
    x: Tensor<S, DType>,
    attributes: { readonly axis: A },
  ) => Tensor<RemoveAxes<S, A>, "int32">;

  /** 1 where the last axis has an index's number, else 0. */
  oneHot: <B extends Shape, const N extends number>(
    indices: Tensor<B, "int32">,
    attributes: { readonly depth: N },
  ) => Tensor<[...B, N]>;
}

type ShapeIn<T> = T extends Tensor<infer S, any> ? S : never;
type DTypeOf<T> = T extends Tensor<any, infer D> ? D : never;

/** The first tensor's shape, with the sum of all sizes along the axis. */
type Joined<T extends readonly unknown[], A extends number> = ReplaceAxis<ShapeIn<T[0]>, A, Total<T, A, 0>>;

type Total<T extends readonly unknown[], A extends number, Sum extends Dim> = T extends readonly [
  infer First,
  ...infer Others,
]
  ? Total<Others, A, Sum extends 0 ? DimAt<ShapeIn<First>, A> : AddDims<Sum, DimAt<ShapeIn<First>, A>>>
  : Sum;

type Pairs<P> = P extends readonly [readonly [infer Before extends number, infer After extends number], ...infer Others]
  ? [[DimOf<Before>, DimOf<After>], ...Pairs<Others>]
  : P extends readonly []
    ? []
    : Padding[];
