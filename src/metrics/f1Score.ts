import { type F1Options, type FAverage, type FValue, fBeta } from "./fBeta.js";
import type { TotalsMetric } from "./metric.js";

/**
 * The harmonic mean of precision and recall: 2 · precision · recall / (precision + recall). For classes or labels, of which the
 * targets are rows or class numbers; as Keras’s `F1Score`.
 *
 * @returns a metric for outputs [..., classes]; a number for each class, or one with an `average`
 * @throws SW_VALUE when the threshold is not above 0, up to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [f1Score({ average: "macro" })] });
 */
export function f1Score<
  const N extends string = "f1Score",
  A extends FAverage | undefined = undefined,
  const T extends number = number,
>(options: F1Options<N, A, T, "f1Score"> = {}): TotalsMetric<NoInfer<N>, FValue<A>> {
  return fBeta("f1Score", options);
}
