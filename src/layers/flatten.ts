import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { reshapeOp } from "../ops/reshape.js";
import type { Dim, Shape, SplitFirst, UnknownShape } from "../types/dim.js";
import { type ProductOf, productOf } from "../types/product.js";
import { type Layer, type LayerKind, type LayerRule, layerOf, type NamedLayer, named } from "./layer.js";

/** The shape after flattening: the first axis, and the product of all others. */
export type Flatten<S extends Shape> = S extends [infer B extends Dim, ...infer Rest extends Shape]
  ? [B, ProductOf<Rest>]
  : any;

/** Runtime twin of `Flatten`. */
function flattenShape([batch, ...rest]: readonly Dim[]): Dim[] {
  return [batch!, productOf(rest)];
}

/** The shape rule of `flatten` in `sequential`. */
export interface FlattenRule extends LayerRule {
  readonly weights: 0;
  readonly op: "flatten";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends [] ? typeof noBatchAxis : unknown;
  readonly out: SplitFirst<this["in"]> extends infer Split
    ? Split extends [infer B extends Dim, infer Rest extends Shape]
      ? [B, ProductOf<Rest>]
      : UnknownShape
    : never;
}

export const noBatchAxis = "flatten: takes an input with a batch axis, got a scalar";

/** `unknown` where there is an axis to keep, else the message. */
export type CheckFlatten<S extends Shape> = S extends [] ? typeof noBatchAxis : unknown;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function flatten(): Layer<FlattenRule>;
/**
 * Makes one axis of all but the first.
 *
 * @param x [batch, ...], any dtype
 * @returns [batch, product of the rest]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is a scalar
 * @example
 * const rows = flatten(input(["batch", 28, 28, 1])); // Tensor<["batch", 784], "float32">
 */
export function flatten<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckFlatten<S>,
): Tensor<Flatten<S>, D>;
export function flatten(...args: readonly unknown[]) {
  return layerOf(flattenLayer, args);
}

const flattenLayer: LayerKind<NamedLayer> = {
  kind: "flatten",
  rules: named,
  build(x, _, { scope }) {
    refuse("SW_SHAPE", "flatten", x.rank === 0 ? noBatchAxis : undefined);
    return tensorOf(makeNode(reshapeOp, [nodeOf(x)], { shape: flattenShape(x.shape) }, scope));
  },
};
