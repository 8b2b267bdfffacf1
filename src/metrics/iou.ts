import { checkOptions, required, text } from "../ir/options.js";
import type { TotalsMetric } from "./metric.js";
import { classIdsRule, ignoreClassRule, type MeanIoUOptions, matrixTotals, meanOverlap } from "./overlap.js";

/** Options of `iou`. */
export interface IoUOptions<N extends string = string, I extends number = number> extends MeanIoUOptions<N, I, "iou"> {
  /** The classes that are looked at. */
  readonly targetClassIds: readonly number[];
}

/**
 * The mean over some classes of intersection over union, TP / (TP + FP + FN). As Keras’s `IoU` and `OneHotIoU`, with the classes of
 * the largest outputs.
 *
 * @returns a metric for outputs [..., classes] and targets that are class numbers [...] of int32, or rows like the outputs
 * @throws SW_VALUE when there are no such classes; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [iou({ targetClassIds: [1, 7] })] });
 */
export function iou<const N extends string = "iou", const I extends number = number>(
  options: IoUOptions<N, I>,
): TotalsMetric<NoInfer<N>, number> {
  checkOptions("iou", options, { name: text, ignoreClass: ignoreClassRule, targetClassIds: required(classIdsRule) });
  const { name = "iou" as N, ignoreClass, targetClassIds } = options;
  return {
    name,
    totals: (context) => matrixTotals("iou", context, ignoreClass, targetClassIds),
    result: ({ matrix }) => meanOverlap(matrix!, targetClassIds),
  };
}
