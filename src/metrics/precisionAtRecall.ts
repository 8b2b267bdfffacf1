import type { CheckProbability } from "../ir/option-checks.js";
import { type BestAtOptions, bestAt, precisionShare, recallShare } from "./bestAt.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The largest precision of a threshold by which at least a share, `recall`, of the positives is found.
 * 0 where no threshold gives that. For yes-or-no questions; as Keras’s `PrecisionAtRecall`.
 *
 * @param recall from 0 to 1
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1
 * @throws SW_VALUE for a number that is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [precisionAtRecall(0.9)] });
 */
export function precisionAtRecall<
  const N extends string = "precisionAtRecall",
  const T extends number = number,
  const I extends number = number,
  const S extends number = number,
>(
  recall: S & CheckProbability<"precisionAtRecall", "recall", S>,
  options: BestAtOptions<N, T, I, "precisionAtRecall"> = {},
): TotalsMetric<NoInfer<N>, number> {
  return bestAt("precisionAtRecall", precisionShare, ["recall", recallShare, recall], options);
}
