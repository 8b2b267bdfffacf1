import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckRate } from "../ir/option-checks.js";
import { rate, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { dropoutOp } from "../ops/dropout.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import type { KeepShape } from "./activation.js";
import { type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/**
 * In training, sets each element to zero with probability `rate`, and scales the others by 1 / (1 - rate), so that
 * their mean stays. In evaluation and prediction, leaves its input as it is.
 * Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting" (2014).
 *
 * @param x any shape, float32
 * @param rate from 0 to 1, 1 not included
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_VALUE when the rate is out of range
 * @example
 * const h = dropout(dense(input(["batch", 784]), { units: 512 }), 0.5); // Tensor<["batch", 512], "float32">
 */
export function dropout<const R extends number, Now extends Moment = "now">(
  rate: R & CheckRate<"dropout", "rate", R>,
  options?: NamedLayer,
): Waiting<KeepShape<"dropout">, Now>;
export function dropout<const S extends Shape, D extends DType, const R extends number>(
  x: Tensor<S, D> & CheckDType<"dropout", D, "float32">,
  rate: R & CheckRate<"dropout", "rate", R>,
  options?: NamedLayer,
): Tensor<S, D>;
export function dropout(...args: readonly unknown[]) {
  return layerOf(dropoutLayer, args);
}

const dropoutLayer: LayerKind<NamedLayer & { readonly rate: number }> = {
  kind: "dropout",
  rules: { ...named, rate: required(rate) },
  optionsOf: ([rate, options]) => ({ ...(options as NamedLayer), rate: rate as number }),
  build: (x, { rate }, { scope }) => tensorOf(makeNode(dropoutOp, [nodeOf(x)], { rate }, scope)),
};
