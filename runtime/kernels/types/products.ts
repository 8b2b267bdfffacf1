import type { Dot } from "../../../src/ops/shared/dot-shape.js";
import type { FusedActivation } from "../../../src/ops/shared/fusedActivation.js";
import type { Matmul } from "../../../src/ops/shared/matmul-shape.js";
import type { DotAttributes } from "../../../src/ops/shared/matrices.js";
import type { Dim, Shape } from "../../../src/types/dim.js";
import type { Tensor } from "./tensor.js";

export interface ProductKernels {
  /** The product of a and b: the sum over the last axis of a and the first of b; of matrices, optionally transposed. */
  dot: <A extends Shape, B extends Shape, const T extends DotAttributes = Record<never, never>>(
    a: Tensor<A>,
    b: Tensor<B>,
    attributes?: T,
  ) => Tensor<Product<A, B, T>>;

  /** The product of matrices, for each place of the axes before them, which broadcast; optionally transposed. */
  matmul: <A extends Shape, B extends Shape, const T extends DotAttributes = Record<never, never>>(
    a: Tensor<A>,
    b: Tensor<B>,
    attributes?: T,
  ) => Tensor<Matmul<A, B, Flag<T["transposeA"]>, Flag<T["transposeB"]>>>;

  /** activation(x · W + b). */
  affine: <A extends Shape, B extends Shape, const T extends DotAttributes & FusedActivation = Record<never, never>>(
    x: Tensor<A>,
    W: Tensor<B>,
    b: Tensor<RestOf<Turned<NoInfer<B>, T["transposeB"]>>>,
    attributes?: T,
  ) => Tensor<Product<A, B, T>>;
}

/** Whether a flag is set: not, where nothing is said. */
type Flag<F> = F extends true ? true : false;

/** A shape with its two axes swapped, if it is read transposed. */
type Turned<S extends Shape, Turn> = Turn extends true
  ? S extends [infer Rows, infer Columns]
    ? [Columns, Rows]
    : S
  : S;
type RestOf<S extends Shape> = S extends [Dim, ...infer Rest extends Shape] ? Rest : [];
type LeadOf<S extends Shape> = S extends [...infer Lead extends Shape, Dim] ? Lead : [];

/** The shape of a product. */
type Product<A extends Shape, B extends Shape, T extends DotAttributes> = Dot<
  LeadOf<Turned<A, T["transposeA"]>>,
  RestOf<Turned<B, T["transposeB"]>>
>;
