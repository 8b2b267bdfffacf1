import { affineOp, type FusedActivation } from "../../src/ops/affine.js";
import { type Dot, type DotAttributes, dotOp } from "../../src/ops/dot.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import { run } from "./run.js";
import type { Tensor } from "./tensor.js";

/** activation(x · W + b). */
export function affine<B extends Dim, N extends Dim, U extends Dim>(
  x: Tensor<[B, N]>,
  W: Tensor<[NoInfer<N>, U]>,
  b: Tensor<[NoInfer<U>]>,
  attributes: { readonly activation: FusedActivation },
): Tensor<[B, U]> {
  return run(affineOp, [x, W, b], { attributes, shape: [x.shape[0]!, W.shape[1]!] });
}

/** A shape with its two axes swapped, if it is read transposed. */
type Turned<S extends Shape, Turn> = Turn extends true
  ? S extends [infer Rows, infer Columns]
    ? [Columns, Rows]
    : S
  : S;
type RestOf<S extends Shape> = S extends [Dim, ...infer Rest extends Shape] ? Rest : [];
type LeadOf<S extends Shape> = S extends [...infer Lead extends Shape, Dim] ? Lead : [];

/** The product of a and b: the sum over the last axis of a and the first of b; of matrices, optionally transposed. */
export function dot<A extends Shape, B extends Shape, const T extends DotAttributes = Record<never, never>>(
  a: Tensor<A>,
  b: Tensor<B>,
  attributes?: T,
): Tensor<Dot<LeadOf<Turned<A, T["transposeA"]>>, RestOf<Turned<B, T["transposeB"]>>>> {
  const turned = (shape: number[], turn: boolean | undefined) => (turn ? shape.toReversed() : shape);
  const left = turned(a.shape, attributes?.transposeA);
  const right = turned(b.shape, attributes?.transposeB);
  return run(dotOp, [a, b], { attributes: attributes ?? {}, shape: [...left.slice(0, -1), ...right.slice(1)] });
}
