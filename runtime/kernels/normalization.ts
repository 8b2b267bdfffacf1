import { batchNormalizationOp } from "../../src/ops/batchNormalization.js";
import { batchNormalizationGradientOp } from "../../src/ops/batchNormalizationGradient.js";
import { batchNormalizationInTrainingOp } from "../../src/ops/batchNormalizationInTraining.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import { run, runResults } from "./run.js";
import type { Tensor } from "./tensor.js";

/** gamma · (x - mean) / √(variance + epsilon) + beta, with numbers for each channel, the last axis. */
export function batchNormalization<B extends Shape, N extends Dim>(
  x: Tensor<[...B, N]>,
  gamma: Tensor<[N]>,
  beta: Tensor<[N]>,
  mean: Tensor<[N]>,
  variance: Tensor<[N]>,
  attributes: { readonly epsilon: number; readonly momentum: number },
): Tensor<[...B, N]> {
  return run(batchNormalizationOp, [x, gamma, beta, mean, variance], { attributes });
}

/** The same with the mean and the variance of the batch, which are given too. */
export function batchNormalizationInTraining<B extends Shape, N extends Dim>(
  x: Tensor<[...B, N]>,
  gamma: Tensor<[N]>,
  beta: Tensor<[N]>,
  attributes: { readonly epsilon: number },
): [Tensor<[...B, N]>, Tensor<[N]>, Tensor<[N]>] {
  return runResults(batchNormalizationInTrainingOp, [x, gamma, beta], { attributes });
}

/** The gradients with respect to x, gamma and beta. */
export function batchNormalizationGradient<B extends Shape, N extends Dim>(
  gradient: Tensor<[...B, N]>,
  x: Tensor<NoInfer<[...B, N]>>,
  gamma: Tensor<[N]>,
  mean: Tensor<[N]>,
  variance: Tensor<[N]>,
  attributes: { readonly epsilon: number },
): [Tensor<[...B, N]>, Tensor<[N]>, Tensor<[N]>] {
  return runResults(batchNormalizationGradientOp, [gradient, x, gamma, mean, variance], { attributes });
}
