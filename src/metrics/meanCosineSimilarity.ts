import { axisRule, checkOptions, text } from "../ir/options.js";
import { cosineSimilarity } from "../losses/cosineSimilarity.js";
import { builder as b } from "../ops/builder.js";
import { checkAlike } from "./classes.js";
import type { CorrelationOptions } from "./correlation.js";
import type { MeanMetric } from "./metric.js";

/**
 * The cosine between targets and outputs, Σ target / |target| · output / |output|: 1 where vectors point the same way, -1 where they point the opposite one. As Keras’s metric
 * `CosineSimilarity`; the loss `cosineSimilarity` is its negative, among the metrics, too.
 *
 * @returns a metric for outputs [batch, ..., n] and targets of one shape
 * @throws SW_SHAPE, from `compile`, for other targets, or when there is no such axis
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [meanCosineSimilarity()] });
 */
export function meanCosineSimilarity<const N extends string = "meanCosineSimilarity">(
  options: CorrelationOptions<N> = {},
): MeanMetric<NoInfer<N>> {
  checkOptions("meanCosineSimilarity", options, { name: text, axis: axisRule });
  const { name = "meanCosineSimilarity" as N, axis = -1 } = options;
  const loss = cosineSimilarity({ axis });
  return {
    name,
    values(output, target) {
      loss.target(output);
      checkAlike("meanCosineSimilarity", output, target);
      return b.op("neg", [loss.values(output, target)]);
    },
  };
}
