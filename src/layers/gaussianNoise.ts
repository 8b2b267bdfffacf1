import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import { notNegative, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { gaussianNoiseOp } from "../ops/gaussianNoise.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { KeepShape } from "./activation.js";
import { type Layer, type LayerKind, layerOf, type NamedLayer, named } from "./layer.js";

/**
 * In training, adds normal noise with mean 0 to each element. In evaluation and prediction, leaves its input as it is.
 *
 * @param x any shape, float32
 * @param stddev the noise's standard deviation, from 0
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_VALUE when the standard deviation is below 0
 * @example
 * const h = dense(gaussianNoise(input(["batch", 784]), 0.1), { units: 512 }); // Tensor<["batch", 512], "float32">
 */
export function gaussianNoise<const N extends number>(
  stddev: N & CheckNotNegative<"gaussianNoise", "stddev", N>,
  options?: NamedLayer,
): Layer<KeepShape<"gaussianNoise">>;
export function gaussianNoise<const S extends Shape, D extends DType, const N extends number>(
  x: Tensor<S, D> & CheckDType<"gaussianNoise", D, "float32">,
  stddev: N & CheckNotNegative<"gaussianNoise", "stddev", N>,
  options?: NamedLayer,
): Tensor<S, D>;
export function gaussianNoise(...args: readonly unknown[]) {
  return layerOf(gaussianNoiseLayer, args);
}

const gaussianNoiseLayer: LayerKind<NamedLayer & { readonly stddev: number }> = {
  kind: "gaussianNoise",
  rules: { ...named, stddev: required(notNegative) },
  optionsOf: ([stddev, options]) => ({ ...(options as NamedLayer), stddev: stddev as number }),
  build: (x, { stddev }, { scope }) => tensorOf(makeNode(gaussianNoiseOp, [nodeOf(x)], { stddev }, scope)),
};
