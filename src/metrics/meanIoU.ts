import { checkOptions, text } from "../ir/options.js";
import type { TotalsMetric } from "./metric.js";
import { ignoreClassRule, type MeanIoUOptions, matrixTotals, meanOverlap } from "./overlap.js";

/**
 * The mean over classes of how far what was taken for a class and what is of it overlap: intersection over union, TP / (TP + FP + FN).
 * Classes of which there is nothing do not count. As Keras’s `MeanIoU` and `OneHotMeanIoU`, with the classes of the largest outputs.
 *
 * @returns a metric for outputs [..., classes] and targets that are class numbers [...] of int32, or rows like the outputs
 * @throws SW_VALUE when the class to ignore is no integer; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [meanIoU()] });
 */
export function meanIoU<const N extends string = "meanIoU", const I extends number = number>(
  options: MeanIoUOptions<N, I, "meanIoU"> = {},
): TotalsMetric<NoInfer<N>, number> {
  checkOptions("meanIoU", options, { name: text, ignoreClass: ignoreClassRule });
  const { name = "meanIoU" as N, ignoreClass } = options;
  return {
    name,
    totals: (context) => matrixTotals("meanIoU", context, ignoreClass),
    result: ({ matrix }) => meanOverlap(matrix!),
  };
}
