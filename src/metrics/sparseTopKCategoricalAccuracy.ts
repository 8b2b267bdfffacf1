import { classNumbers } from "./classes.js";
import { firstOf, type TopKOptions } from "./firstOf.js";
import type { MeanMetric } from "./metric.js";

/**
 * The share of samples whose class is among those of the k largest outputs; of equal outputs, all are among the first. As Keras’s
 * `SparseTopKCategoricalAccuracy`.
 *
 * @returns a metric for outputs [..., classes] and targets [...] of int32, which are class numbers
 * @throws SW_VALUE when k is no positive integer; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [sparseTopKCategoricalAccuracy({ k: 3 })] });
 */
export function sparseTopKCategoricalAccuracy<
  const N extends string = "sparseTopKCategoricalAccuracy",
  const K extends number = number,
>(options: TopKOptions<N, K, "sparseTopKCategoricalAccuracy"> = {}): MeanMetric<NoInfer<N>> {
  return firstOf("sparseTopKCategoricalAccuracy", classNumbers, options);
}
