import type { CheckProbability } from "../ir/option-checks.js";
import { type BestAtOptions, bestAt, recallShare, specificityShare } from "./bestAt.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The largest share of the positives that is found by a threshold which takes at least a share, `specificity`, of the negatives for such.
 * 0 where no threshold gives that. For yes-or-no questions; as Keras’s `SensitivityAtSpecificity`.
 *
 * @param specificity from 0 to 1
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1
 * @throws SW_VALUE for a number that is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [sensitivityAtSpecificity(0.9)] });
 */
export function sensitivityAtSpecificity<
  const N extends string = "sensitivityAtSpecificity",
  const T extends number = number,
  const I extends number = number,
  const S extends number = number,
>(
  specificity: S & CheckProbability<"sensitivityAtSpecificity", "specificity", S>,
  options: BestAtOptions<N, T, I, "sensitivityAtSpecificity"> = {},
): TotalsMetric<NoInfer<N>, number> {
  return bestAt("sensitivityAtSpecificity", recallShare, ["specificity", specificityShare, specificity], options);
}
