import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { type CorrelationOptions, correlation } from "./correlation.js";
import { multiplied, over } from "./counting.js";
import type { MeanMetric } from "./metric.js";

/**
 * How far each sample's numbers rise and fall with its target's: cov(target, output) / (σ(target) · σ(output)) along an axis, from -1 to
 * 1; NaN where either are all equal. The mean over samples, as Keras’s `PearsonCorrelation`.
 *
 * @returns a metric for outputs [batch, ..., n] and targets of one shape
 * @throws SW_VALUE, from `compile`, when the axis is none of a sample's; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [pearsonCorrelation()] });
 */
export function pearsonCorrelation<const N extends string = "pearsonCorrelation">(
  options: CorrelationOptions<N> = {},
): MeanMetric<NoInfer<N>> {
  return correlation("pearsonCorrelation", options, (target, output, { mean, centred }) => {
    const scaled = (x: Node) => over(centred(x), b.op("sqrt", [mean(b.op("square", [centred(x)]))]));
    return multiplied(scaled(target), scaled(output));
  });
}
