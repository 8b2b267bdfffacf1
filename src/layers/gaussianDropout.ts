import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckRate } from "../ir/option-checks.js";
import { rate, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { gaussianDropoutOp } from "../ops/gaussianDropout.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import type { KeepShape } from "./activation.js";
import { type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/**
 * In training, multiplies each element by a normal number with mean 1 and variance rate / (1 - rate), as much as `dropout` varies. In
 * evaluation and prediction, leaves its input as it is.
 * Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting" (2014).
 *
 * @param x any shape, float32
 * @param rate from 0 to 1, 1 not included
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_VALUE when the rate is out of range
 * @example
 * const h = gaussianDropout(dense(input(["batch", 784]), { units: 512 }), 0.2); // Tensor<["batch", 512], "float32">
 */
export function gaussianDropout<const R extends number, Now extends Moment = "now">(
  rate: R & CheckRate<"gaussianDropout", "rate", R>,
  options?: NamedLayer,
): Waiting<KeepShape<"gaussianDropout">, Now>;
export function gaussianDropout<const S extends Shape, D extends DType, const R extends number>(
  x: Tensor<S, D> & CheckDType<"gaussianDropout", D, "float32">,
  rate: R & CheckRate<"gaussianDropout", "rate", R>,
  options?: NamedLayer,
): Tensor<S, D>;
export function gaussianDropout(...args: readonly unknown[]) {
  return layerOf(gaussianDropoutLayer, args);
}

const gaussianDropoutLayer: LayerKind<NamedLayer & { readonly rate: number }> = {
  kind: "gaussianDropout",
  rules: { ...named, rate: required(rate) },
  optionsOf: ([rate, options]) => ({ ...(options as NamedLayer), rate: rate as number }),
  build: (x, { rate }, { scope }) => tensorOf(makeNode(gaussianDropoutOp, [nodeOf(x)], { rate }, scope)),
};
