import { clip } from "../ops/clip.js";
import { divide } from "../ops/divide.js";
import { log } from "../ops/log.js";
import { multiply } from "../ops/multiply.js";
import { sum } from "../ops/sum.js";
import { type AlongAxis, alongAxis } from "./alongAxis.js";
import { type Loss, margin } from "./loss.js";

/**
 * The Kullback-Leibler divergence Σ target · ln(target / output): how far one distribution is from another. Probabilities below 1e-7 count as that.
 * Source: Kullback and Leibler, "On information and sufficiency" (1951).
 *
 * @returns a loss for outputs [..., classes] of float32, probabilities, and targets of the same shape
 * @throws SW_SHAPE, from `compile`, when the output has no axis behind the batch
 * @example
 * compile(digits, { optimizer: adam(), loss: klDivergence() });
 */
export function klDivergence(): Loss<AlongAxis<"klDivergence">, "klDivergence"> {
  return {
    ...alongAxis("klDivergence", -1, (target, output) => {
      const wanted = clip(target, margin, 1);
      return sum(multiply(wanted, log(divide(wanted, clip(output, margin, 1)))), { axis: -1 });
    }),
    activation: "softmax",
    alwaysSo: true,
  };
}
