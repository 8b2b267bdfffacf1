import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { anything } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { reshape as reshaped, reshapeOp } from "../ops/reshape.js";
import { checkSizes } from "../ops/shared/checkDims.js";
import type { Dim, Shape } from "../types/dim.js";
import type { CheckReshape, InferReshape } from "../types/reshape.js";
import type { Moment, Settled } from "../types/settled.js";
import { type LayerKind, type LayerRule, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/** The shape rule of `reshape` in `sequential`. */
export interface ReshapeRule<To extends Shape> extends LayerRule {
  readonly weights: 0;
  readonly op: "reshape";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckReshape<S, To> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? InferReshape<S, To> : Shape;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function reshape<const To extends Shape, Now extends Moment = "now">(shape: To): Waiting<ReshapeRule<To>, Now>;
/**
 * The same elements, in the same order, under another shape.
 *
 * @param x any shape and dtype
 * @param shape sizes and names of all axes, the batch's among them; one of them may be -1, which stands for what is left
 * @returns x under that shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the shapes do not hold equally many elements
 * @example
 * const flat = reshape(input(["batch", 28, 28]), ["batch", -1]); // Tensor<["batch", 784], "float32">
 * const images = sequential(flat, reshape([-1, 28, 28, 1])); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function reshape<const S extends Shape, D extends DType, const To extends Shape, Now extends Moment = "now">(
  x: Tensor<S, D>,
  shape: To & CheckReshape<S, To>,
): Tensor<Settled<InferReshape<S, To>>[Now], D>;
export function reshape(...args: readonly unknown[]) {
  const [x, shape] = args;
  return Array.isArray(x) ? layerOf(reshapeLayer, args) : reshaped(x as Tensor<any>, shape as Shape);
}

const reshapeLayer: LayerKind<NamedLayer & { readonly shape: readonly Dim[] }> = {
  kind: "reshape",
  rules: { ...named, shape: anything },
  optionsOf([shape, options]) {
    refuse("SW_VALUE", "reshape", checkSizes("reshape", "the shape", shape));
    return { ...(options as NamedLayer), shape: shape as Dim[] };
  },
  build: (x, { shape }, { scope }) => tensorOf(makeNode(reshapeOp, [nodeOf(x)], { shape }, scope)),
};
