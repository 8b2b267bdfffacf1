import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckRate } from "../ir/option-checks.js";
import { rate, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { alphaDropoutOp } from "../ops/alphaDropout.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import type { KeepShape } from "./activation.js";
import { type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/**
 * Dropout for what `selu` gives: in training, sets each element with probability `rate` to what selu gives of very small numbers, and
 * scales and moves all, so that mean 0 and variance 1 stay. In evaluation and prediction, leaves its input as it is.
 * Source: Klambauer et al., "Self-normalizing neural networks" (2017).
 *
 * @param x any shape, float32
 * @param rate from 0 to 1, 1 not included
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_VALUE when the rate is out of range
 * @example
 * const h = alphaDropout(dense(input(["batch", 784]), { units: 512, activation: selu }), 0.1); // Tensor<["batch", 512], "float32">
 */
export function alphaDropout<const R extends number, Now extends Moment = "now">(
  rate: R & CheckRate<"alphaDropout", "rate", R>,
  options?: NamedLayer,
): Waiting<KeepShape<"alphaDropout">, Now>;
export function alphaDropout<const S extends Shape, D extends DType, const R extends number>(
  x: Tensor<S, D> & CheckDType<"alphaDropout", D, "float32">,
  rate: R & CheckRate<"alphaDropout", "rate", R>,
  options?: NamedLayer,
): Tensor<S, D>;
export function alphaDropout(...args: readonly unknown[]) {
  return layerOf(alphaDropoutLayer, args);
}

const alphaDropoutLayer: LayerKind<NamedLayer & { readonly rate: number }> = {
  kind: "alphaDropout",
  rules: { ...named, rate: required(rate) },
  optionsOf: ([rate, options]) => ({ ...(options as NamedLayer), rate: rate as number }),
  build: (x, { rate }, { scope }) => tensorOf(makeNode(alphaDropoutOp, [nodeOf(x)], { rate }, scope)),
};
