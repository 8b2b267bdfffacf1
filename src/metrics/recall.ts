import type { TotalsMetric } from "./metric.js";
import { falseNegative } from "./outcomes.js";
import { type ShareOptions, shareMetric } from "./shareMetric.js";
import type { AtThresholds, Given } from "./thresholds.js";

/**
 * Of the samples whose answer is yes, the share that was found; 0 where there are none. For yes-or-no questions, and with `topK` or
 * `classId` for classes, of which the answers may be class numbers, too. TP / (TP + FN). As in Keras.
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; a number, or one for each of a list of thresholds
 * @throws SW_VALUE when a threshold is not from 0 to 1, or, from `compile`, there are no such classes; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [recall({ thresholds: 0.9 })] });
 */
export function recall<
  const N extends string = "recall",
  const T extends Given = number,
  const K extends number = number,
  const C extends number = number,
>(options: ShareOptions<N, T, K, C, "recall"> = {}): TotalsMetric<NoInfer<N>, AtThresholds<T>> {
  return shareMetric("recall", falseNegative, options);
}
