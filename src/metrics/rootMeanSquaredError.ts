import { checkOptions, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { checkAlike } from "./classes.js";
import { flat, minus, multiplied, ratio, totalOf } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";

/**
 * The root of the mean square of the errors, √(mean of (output - target)²), over the whole epoch. As Keras’s `RootMeanSquaredError`.
 *
 * @returns a metric for outputs and targets of one shape
 * @throws SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [rootMeanSquaredError()] });
 */
export function rootMeanSquaredError<const N extends string = "rootMeanSquaredError">(
  options: NameOption<N> = {},
): TotalsMetric<NoInfer<N>, number> {
  checkOptions("rootMeanSquaredError", options, { name: text });
  const { name = "rootMeanSquaredError" as N } = options;
  return {
    name,
    totals({ output, target, weights }) {
      checkAlike("rootMeanSquaredError", output, target);
      const squares = b.op("square", [flat(minus(output, target))]);
      return { sum: totalOf(multiplied(squares, flat(weights))), count: totalOf(weights) };
    },
    result: ({ sum, count }) => b.op("sqrt", [ratio(sum!, count!)]),
  };
}
