import { checkOptions, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { best, classNumbers } from "./classes.js";
import { asNumbers } from "./counting.js";
import type { MeanMetric, NameOption } from "./metric.js";

/**
 * The share of samples of which the largest output is that of the right class. As Keras’s `SparseCategoricalAccuracy`.
 *
 * @returns a metric for outputs [..., classes] and targets [...] of int32, which are class numbers
 * @throws SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [sparseCategoricalAccuracy()] });
 */
export function sparseCategoricalAccuracy<const N extends string = "sparseCategoricalAccuracy">(
  options: NameOption<N> = {},
): MeanMetric<NoInfer<N>> {
  checkOptions("sparseCategoricalAccuracy", options, { name: text });
  const { name = "sparseCategoricalAccuracy" as N } = options;
  return {
    name,
    values: (output, target) =>
      asNumbers(b.op("equal", [best(output), classNumbers("sparseCategoricalAccuracy", output, target)])),
  };
}
