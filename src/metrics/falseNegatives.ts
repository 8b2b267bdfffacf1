import { type CountOptions, countMetric } from "./countMetric.js";
import type { TotalsMetric } from "./metric.js";
import { falseNegative } from "./outcomes.js";
import type { AtThresholds, Given } from "./thresholds.js";

/**
 * How many answers say no, and are wrong. Weighted samples count by their weights. For
 * yes-or-no questions, as Keras’s `FalseNegatives`.
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; a number, or one for each of a list of thresholds
 * @throws SW_VALUE when a threshold is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [falseNegatives()] });
 */
export function falseNegatives<const N extends string = "falseNegatives", const T extends Given = number>(
  options: CountOptions<N, T, "falseNegatives"> = {},
): TotalsMetric<NoInfer<N>, AtThresholds<T>> {
  return countMetric("falseNegatives", falseNegative, options);
}
