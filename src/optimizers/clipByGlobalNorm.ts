import type { CheckPositive } from "../ir/option-checks.js";
import { checkOption, required } from "../ir/options.js";
import { limitRule, scaledTo, squaredNorm, withGradients } from "./gradients.js";
import { anOptimizer, type Optimizer } from "./optimizer.js";

/**
 * Scales all gradients down together, where the length of all of them as one vector is above a limit: g · limit / max(‖all g‖, limit).
 * Source: Pascanu et al., "On the difficulty of training recurrent neural networks" (2013).
 *
 * @throws SW_VALUE when the limit is not a positive number
 * @example
 * compile(digits, { optimizer: clipByGlobalNorm(adam(), 1), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
 */
export function clipByGlobalNorm<const N extends number>(
  optimizer: Optimizer,
  limit: N & CheckPositive<"clipByGlobalNorm", "limit", N>,
): Optimizer {
  checkOption("clipByGlobalNorm", "optimizer", optimizer, required(anOptimizer));
  checkOption("clipByGlobalNorm", "limit", limit, limitRule);
  return withGradients(optimizer, (b, gradients) => {
    const all = gradients.map((g) => squaredNorm(b, g)).reduce((sum, one) => b.op("add", [sum, one]));
    return gradients.map((g) => scaledTo(b, g, all, limit));
  });
}
