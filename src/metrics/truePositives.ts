import { type CountOptions, countMetric } from "./countMetric.js";
import type { TotalsMetric } from "./metric.js";
import { truePositive } from "./outcomes.js";
import type { AtThresholds, Given } from "./thresholds.js";

/**
 * How many answers say yes, and are right. Weighted samples count by their weights. For
 * yes-or-no questions, as Keras’s `TruePositives`.
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; a number, or one for each of a list of thresholds
 * @throws SW_VALUE when a threshold is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [truePositives()] });
 */
export function truePositives<const N extends string = "truePositives", const T extends Given = number>(
  options: CountOptions<N, T, "truePositives"> = {},
): TotalsMetric<NoInfer<N>, AtThresholds<T>> {
  return countMetric("truePositives", truePositive, options);
}
