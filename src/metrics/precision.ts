import type { TotalsMetric } from "./metric.js";
import { falsePositive } from "./outcomes.js";
import { type ShareOptions, shareMetric } from "./shareMetric.js";
import type { AtThresholds, Given } from "./thresholds.js";

/**
 * Of the answers that say yes, the share that is right; 0 where none says yes. For yes-or-no questions, and with `topK` or `classId` for
 * classes, of which the answers may be class numbers, too. TP / (TP + FP). As in Keras.
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; a number, or one for each of a list of thresholds
 * @throws SW_VALUE when a threshold is not from 0 to 1, or, from `compile`, there are no such classes; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [precision()] });
 */
export function precision<
  const N extends string = "precision",
  const T extends Given = number,
  const K extends number = number,
  const C extends number = number,
>(options: ShareOptions<N, T, K, C, "precision"> = {}): TotalsMetric<NoInfer<N>, AtThresholds<T>> {
  return shareMetric("precision", falsePositive, options);
}
