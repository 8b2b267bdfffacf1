import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckProbability } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { builder as b } from "../ops/builder.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { dimAt } from "../types/axis.js";
import type { Shape } from "../types/dim.js";

/** Options of the losses whose targets are probabilities. */
export interface LabelSmoothing<Op extends string = string, L extends number = number> {
  /** How much of each target is given to all classes alike, from 0 to 1: of 0.1 and yes or no, 1 becomes 0.95, and 0 becomes 0.05. @default 0 */
  readonly labelSmoothing?: L & CheckProbability<Op, "labelSmoothing", L>;
}

/** target · (1 - s) + s / 2. Source: Szegedy et al., "Rethinking the Inception architecture for computer vision" (2016). */
export function smoothed<S extends Shape>(target: Tensor<S>, smoothing: number): Tensor<S> {
  return smoothing === 0 ? target : add(multiply(target, 1 - smoothing), smoothing / 2);
}

/** target · (1 - s) + s / classes, where classes lie along an axis. */
export function smoothedAlong(target: Tensor<any>, smoothing: number, axis: number): Tensor<any> {
  if (smoothing === 0) return target;
  const classes = tensorOf<Tensor<[]>>(b.size([dimAt(nodeOf(target).shape, axis)]));
  return add(multiply(target, 1 - smoothing), divide(smoothing, classes));
}
