import type * as tf from "@tensorflow/tfjs-core";
import { affineOp } from "../../src/ops/affine.js";
import { type Dot, type DotAttributes, dotOp } from "../../src/ops/dot.js";
import type { FusedActivation } from "../../src/ops/shared/fusedActivation.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import { run } from "./run.js";
import type { Tensor } from "./tensor.js";

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

/** Runtime twin of `Product`. */
function productShape(a: tf.Tensor, b: tf.Tensor, { transposeA, transposeB }: DotAttributes): number[] {
  const left = transposeA ? a.shape.toReversed() : a.shape;
  const right = transposeB ? b.shape.toReversed() : b.shape;
  return [...left.slice(0, -1), ...right.slice(1)];
}

/** The product of a and b: the sum over the last axis of a and the first of b; of matrices, optionally transposed. */
export function dot<A extends Shape, B extends Shape, const T extends DotAttributes = Record<never, never>>(
  a: Tensor<A>,
  b: Tensor<B>,
  attributes?: T,
): Tensor<Product<A, B, T>> {
  return run(dotOp, [a, b], { attributes: attributes ?? {}, shape: productShape(a, b, attributes ?? {}) });
}

/** activation(x · W + b). */
export function affine<A extends Shape, B extends Shape, const T extends DotAttributes & FusedActivation>(
  x: Tensor<A>,
  W: Tensor<B>,
  b: Tensor<RestOf<Turned<NoInfer<B>, T["transposeB"]>>>,
  attributes: T,
): Tensor<Product<A, B, T>> {
  return run(affineOp, [x, W, b], { attributes, shape: productShape(x, W, attributes) });
}
