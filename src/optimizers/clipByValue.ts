import type { CheckPositive } from "../ir/option-checks.js";
import { checkOption, required } from "../ir/options.js";
import { limitRule, withGradients } from "./gradients.js";
import { anOptimizer, type Optimizer } from "./optimizer.js";

/**
 * Keeps every element of every gradient between -limit and limit, before the optimizer sees it.
 *
 * @throws SW_VALUE when the limit is not a positive number
 * @example
 * compile(digits, { optimizer: clipByValue(adam(), 0.5), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
 */
export function clipByValue<const N extends number>(
  optimizer: Optimizer,
  limit: N & CheckPositive<"clipByValue", "limit", N>,
): Optimizer {
  checkOption("clipByValue", "optimizer", optimizer, required(anOptimizer));
  checkOption("clipByValue", "limit", limit, limitRule);
  return withGradients(optimizer, (b, gradients) =>
    gradients.map((g) => b.op("minimum", [b.op("maximum", [g, b.scalar(-limit)]), b.scalar(limit)])),
  );
}
