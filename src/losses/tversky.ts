import { axesRule, checkOptions, float32 } from "../ir/options.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { type Loss, margin } from "./loss.js";
import { type OverlapOptions, type Overlapping, overlap } from "./overlap.js";

/** Options of `tversky`. */
export interface TverskyOptions<A extends number | readonly number[]> extends OverlapOptions<A> {
  /** How much the part of the target counts that the output lacks. @default 0.5 */
  readonly alpha?: number;
  /** How much the part of the output counts that the target lacks. @default 0.5 */
  readonly beta?: number;
}

/**
 * The Tversky loss 1 - C / (C + α · Σ target · (1 - output) + β · Σ output · (1 - target)), where C = Σ target · output: `dice` with α and β of 0.5.
 * Source: Salehi et al., "Tversky loss function for image segmentation using 3D fully convolutional deep networks" (2017).
 *
 * @param options `alpha` (0.5), `beta` (0.5); `axis`: the axes of an area; all unless said otherwise, which gives one value for the batch
 * @returns a loss for outputs of any shape of float32, probabilities, and targets of the same shape
 * @throws SW_SHAPE, from `compile`, when the output has no such axis
 * @example
 * compile(digits, { optimizer: adam(), loss: tversky({ alpha: 0.7, beta: 0.3, axis: 1 }) });
 */
export function tversky<const A extends number | readonly number[] = []>(
  options: TverskyOptions<A> = {},
): Loss<Overlapping<"tversky", A>, "tversky"> {
  checkOptions("tversky", options, { alpha: float32, beta: float32, axis: axesRule });
  const { alpha = 0.5, beta = 0.5 } = options;
  const over = options.axis === undefined ? {} : { axis: options.axis as readonly number[] };
  return overlap("tversky", options.axis, (target, output) => {
    const common = sum(multiply(target, output), over);
    const lacked = multiply(alpha, sum(multiply(subtract(1, output), target), over));
    const added = multiply(beta, sum(multiply(output, subtract(1, target)), over));
    return subtract(1, divide(common, add(add(add(common, lacked), added), margin)));
  });
}
