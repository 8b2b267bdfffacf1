import { classOfRows } from "./classes.js";
import { firstOf, type TopKOptions } from "./firstOf.js";
import type { MeanMetric } from "./metric.js";

/**
 * The share of samples whose class is among those of the k largest outputs; of equal outputs, all are among the first. As Keras’s
 * `TopKCategoricalAccuracy`.
 *
 * @returns a metric for outputs [..., classes] and targets of the same shape, of which the largest number is at the class
 * @throws SW_VALUE when k is no positive integer; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalCrossentropy(), metrics: [topKCategoricalAccuracy({ k: 3 })] });
 */
export function topKCategoricalAccuracy<
  const N extends string = "topKCategoricalAccuracy",
  const K extends number = number,
>(options: TopKOptions<N, K, "topKCategoricalAccuracy"> = {}): MeanMetric<NoInfer<N>> {
  return firstOf("topKCategoricalAccuracy", classOfRows, options);
}
