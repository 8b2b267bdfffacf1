import { axesRule, checkOptions } from "../ir/options.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { type Loss, margin } from "./loss.js";
import { type OverlapOptions, type Overlapping, overlap } from "./overlap.js";

/**
 * How far two areas are from being the same, 1 - 2 · Σ target · output / (Σ target + Σ output): 0 where areas are the same, 1 where they have nothing in common.
 * Source: Milletari et al., "V-Net: fully convolutional neural networks for volumetric medical image segmentation" (2016).
 *
 * @param options `axis`: the axes of an area; all unless said otherwise, which gives one value for the whole batch
 * @returns a loss for outputs of any shape of float32, probabilities, and targets of the same shape
 * @throws SW_SHAPE, from `compile`, when the output has no such axis
 * @example
 * compile(digits, { optimizer: adam(), loss: dice({ axis: 1 }) });
 */
export function dice<const A extends number | readonly number[] = []>(
  options: OverlapOptions<A> = {},
): Loss<Overlapping<"dice", A>, "dice"> {
  checkOptions("dice", options, { axis: axesRule });
  const over = options.axis === undefined ? {} : { axis: options.axis as readonly number[] };
  return overlap("dice", options.axis, (target, output) => {
    const common = multiply(2, sum(multiply(target, output), over));
    return subtract(1, divide(common, add(add(sum(target, over), sum(output, over)), margin)));
  });
}
