import { positive } from "../ir/options.js";
import { type FAverage, type FBetaOptions, type FValue, fBeta } from "./fBeta.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The harmonic mean of precision and recall, where recall counts `beta` times as much: (1 + β²) · precision · recall /
 * (β² · precision + recall). For classes or labels, of which the targets are rows or class numbers; as Keras’s `FBetaScore`.
 *
 * @returns a metric for outputs [..., classes]; a number for each class, or one with an `average`
 * @throws SW_VALUE when beta is not positive, or the threshold not above 0, up to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [fBetaScore({ beta: 2, average: "macro" })] });
 */
export function fBetaScore<
  const N extends string = "fBetaScore",
  A extends FAverage | undefined = undefined,
  const T extends number = number,
  const B extends number = number,
>(options: FBetaOptions<N, A, T, B, "fBetaScore"> = {}): TotalsMetric<NoInfer<N>, FValue<A>> {
  return fBeta("fBetaScore", options, { beta: positive });
}
