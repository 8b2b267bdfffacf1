import type { CheckPositive } from "../ir/option-checks.js";
import { checkOption, required } from "../ir/options.js";
import { limitRule, scaledTo, squaredNorm, withGradients } from "./gradients.js";
import { anOptimizer, type Optimizer } from "./optimizer.js";

/**
 * Scales each variable's gradient down to a length, where it is longer: g · limit / max(‖g‖, limit).
 *
 * @throws SW_VALUE when the limit is not a positive number
 * @example
 * compile(digits, { optimizer: clipByNorm(sgd(), 1), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
 */
export function clipByNorm<const N extends number>(
  optimizer: Optimizer,
  limit: N & CheckPositive<"clipByNorm", "limit", N>,
): Optimizer {
  checkOption("clipByNorm", "optimizer", optimizer, required(anOptimizer));
  checkOption("clipByNorm", "limit", limit, limitRule);
  return withGradients(optimizer, (b, gradients) => gradients.map((g) => scaledTo(b, g, squaredNorm(b, g), limit)));
}
