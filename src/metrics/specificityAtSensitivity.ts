import type { CheckProbability } from "../ir/option-checks.js";
import { type BestAtOptions, bestAt, recallShare, specificityShare } from "./bestAt.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The largest share of the negatives that is taken for such by a threshold which finds at least a share, `sensitivity`, of the positives.
 * 0 where no threshold gives that. For yes-or-no questions; as Keras’s `SpecificityAtSensitivity`.
 *
 * @param sensitivity from 0 to 1
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1
 * @throws SW_VALUE for a number that is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [specificityAtSensitivity(0.9)] });
 */
export function specificityAtSensitivity<
  const N extends string = "specificityAtSensitivity",
  const T extends number = number,
  const I extends number = number,
  const S extends number = number,
>(
  sensitivity: S & CheckProbability<"specificityAtSensitivity", "sensitivity", S>,
  options: BestAtOptions<N, T, I, "specificityAtSensitivity"> = {},
): TotalsMetric<NoInfer<N>, number> {
  return bestAt("specificityAtSensitivity", specificityShare, ["sensitivity", recallShare, sensitivity], options);
}
