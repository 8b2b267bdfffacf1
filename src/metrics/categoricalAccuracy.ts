import { checkOptions, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { best, classOfRows } from "./classes.js";
import { asNumbers } from "./counting.js";
import type { MeanMetric, NameOption } from "./metric.js";

/**
 * The share of samples of which the largest output is that of the right class. As Keras’s `CategoricalAccuracy`.
 *
 * @returns a metric for outputs [..., classes] and targets of the same shape, of which the largest number is at the class
 * @throws SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalCrossentropy(), metrics: [categoricalAccuracy()] });
 */
export function categoricalAccuracy<const N extends string = "categoricalAccuracy">(
  options: NameOption<N> = {},
): MeanMetric<NoInfer<N>> {
  checkOptions("categoricalAccuracy", options, { name: text });
  const { name = "categoricalAccuracy" as N } = options;
  return {
    name,
    values: (output, target) =>
      asNumbers(b.op("equal", [best(output), classOfRows("categoricalAccuracy", output, target)])),
  };
}
