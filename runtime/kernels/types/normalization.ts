import type { Epsilon } from "../../../src/ops/shared/batch-norm.js";
import type { Dim, Shape } from "../../../src/types/dim.js";
import type { AttributesOf } from "./families.js";
import type { Tensor } from "./tensor.js";

export interface NormalizationKernels {
  /** gamma · (x - mean) / √(variance + epsilon) + beta, with numbers for each channel, the last axis. */
  batchNormalization: <B extends Shape, N extends Dim>(
    x: Tensor<[...B, N]>,
    gamma: Tensor<[N]>,
    beta: Tensor<[N]>,
    mean: Tensor<[N]>,
    variance: Tensor<[N]>,
    attributes: Epsilon,
  ) => Tensor<[...B, N]>;

  /** The same with the mean and the variance of the batch, which are given too. */
  batchNormalizationInTraining: <B extends Shape, N extends Dim>(
    x: Tensor<[...B, N]>,
    gamma: Tensor<[N]>,
    beta: Tensor<[N]>,
    ...attributes: AttributesOf<"batchNormalizationInTraining">
  ) => [Tensor<[...B, N]>, Tensor<[N]>, Tensor<[N]>];

  /** The gradients with respect to x, gamma and beta. */
  batchNormalizationGradient: <B extends Shape, N extends Dim>(
    gradient: Tensor<[...B, N]>,
    x: Tensor<NoInfer<[...B, N]>>,
    gamma: Tensor<[N]>,
    mean: Tensor<[N]>,
    variance: Tensor<[N]>,
    ...attributes: AttributesOf<"batchNormalizationGradient">
  ) => [Tensor<[...B, N]>, Tensor<[N]>, Tensor<[N]>];
}
