import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { type CorrelationOptions, correlation } from "./correlation.js";
import { minus, multiplied, over, plus } from "./counting.js";
import type { MeanMetric } from "./metric.js";

/**
 * How near each sample's numbers are to its target's, also in mean and spread: 2 · cov(target, output) / (σ²(target) + σ²(output) +
 * (mean(target) - mean(output))²) along an axis. The mean over samples, as Keras’s `ConcordanceCorrelation`.
 * Source: Lin, "A concordance correlation coefficient to evaluate reproducibility" (1989).
 *
 * @returns a metric for outputs [batch, ..., n] and targets of one shape
 * @throws SW_VALUE, from `compile`, when the axis is none of a sample's; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [concordanceCorrelation()] });
 */
export function concordanceCorrelation<const N extends string = "concordanceCorrelation">(
  options: CorrelationOptions<N> = {},
): MeanMetric<NoInfer<N>> {
  return correlation("concordanceCorrelation", options, (target, output, { mean, centred }) => {
    const variance = (x: Node) => mean(b.op("square", [centred(x)]));
    const apart = b.op("square", [minus(mean(target), mean(output))]);
    const all = plus(plus(variance(target), variance(output)), apart);
    const covariance = multiplied(b.scalar(2), multiplied(centred(target), centred(output)));
    return over(covariance, plus(all, b.scalar(1e-7)));
  });
}
