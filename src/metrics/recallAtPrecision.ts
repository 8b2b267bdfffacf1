import type { CheckProbability } from "../ir/option-checks.js";
import { type BestAtOptions, bestAt, precisionShare, recallShare } from "./bestAt.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The largest share of the positives that is found by a threshold of at least a precision.
 * 0 where no threshold gives that. For yes-or-no questions; as Keras’s `RecallAtPrecision`.
 *
 * @param precision from 0 to 1
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1
 * @throws SW_VALUE for a number that is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [recallAtPrecision(0.9)] });
 */
export function recallAtPrecision<
  const N extends string = "recallAtPrecision",
  const T extends number = number,
  const I extends number = number,
  const S extends number = number,
>(
  precision: S & CheckProbability<"recallAtPrecision", "precision", S>,
  options: BestAtOptions<N, T, I, "recallAtPrecision"> = {},
): TotalsMetric<NoInfer<N>, number> {
  return bestAt("recallAtPrecision", recallShare, ["precision", precisionShare, precision], options);
}
