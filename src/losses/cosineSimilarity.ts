import { axisRule, checkOptions } from "../ir/options.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { normalize } from "../ops/normalize.js";
import { sum } from "../ops/sum.js";
import { type AlongAxis, type AlongAxisOptions, alongAxis } from "./alongAxis.js";
import type { Loss } from "./loss.js";

/**
 * The cosine between targets and outputs with its sign changed, -Σ target / |target| · output / |output|: -1 where vectors point the same way, 1 where they point the opposite one.
 *
 * @param options `axis` (-1): along which the vectors lie
 * @returns a loss for outputs of float32 with such an axis behind the batch, and targets of the same shape
 * @throws SW_SHAPE, from `compile`, when there is no such axis
 * @example
 * compile(digits, { optimizer: adam(), loss: cosineSimilarity() });
 */
export function cosineSimilarity<const A extends number = -1>(
  options: AlongAxisOptions<A> = {},
): Loss<AlongAxis<"cosineSimilarity", A>, "cosineSimilarity"> {
  checkOptions("cosineSimilarity", options, { axis: axisRule });
  const axis: number = options.axis ?? -1;
  return alongAxis("cosineSimilarity", axis, (target, output) =>
    neg(sum(multiply(normalize(target, { axis }), normalize(output, { axis })), { axis })),
  );
}
