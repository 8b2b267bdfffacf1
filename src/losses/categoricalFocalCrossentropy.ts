import { ShapewrightError } from "../ir/errors.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import {
  axisRule,
  checkOptions,
  flag,
  float32,
  listOf,
  notNegative,
  type OptionRules,
  probability,
} from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { clip } from "../ops/clip.js";
import { constant } from "../ops/constant.js";
import { log } from "../ops/log.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { reshape } from "../ops/reshape.js";
import { softmax } from "../ops/softmax.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { dimAt, normalizeAxis } from "../types/axis.js";
import { show } from "../types/show.js";
import { type AlongAxis, type AlongAxisOptions, targetAlong } from "./alongAxis.js";
import { distribution } from "./distribution.js";
import { type FromLogits, type Loss, margin } from "./loss.js";
import { type LabelSmoothing, smoothedAlong } from "./smoothed.js";

/** Options of `categoricalFocalCrossentropy`. */
export interface CategoricalFocalCrossentropyOptions<
  A extends number = number,
  L extends number = number,
  G extends number = number,
> extends FromLogits,
    LabelSmoothing<"categoricalFocalCrossentropy", L>,
    AlongAxisOptions<A> {
  /** How much each class counts: one number for all, or one for each. @default 0.25 */
  readonly alpha?: number | readonly number[];
  /** How much less what is right already counts; 0 for not at all. @default 2 */
  readonly gamma?: G & CheckNotNegative<"categoricalFocalCrossentropy", "gamma", G>;
}

const name = "categoricalFocalCrossentropy";

const rules: OptionRules<CategoricalFocalCrossentropyOptions> = {
  fromLogits: flag,
  labelSmoothing: probability,
  axis: axisRule,
  alpha: {
    takes: "a number of float32, or a list of them",
    accepts: (value) => float32.accepts(value) || listOf(float32).accepts(value),
  },
  gamma: notNegative,
};

/**
 * The focal cross-entropy of classes, -Σ α · (1 - p)^γ · target · ln p, where targets are distributions over classes: what is right already counts less.
 * Source: Lin et al., "Focal loss for dense object detection" (2017).
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities, which are divided by their sum); `alpha` (0.25);
 *   `gamma` (2); `labelSmoothing` (0); `axis` (-1)
 * @returns a loss for outputs [..., classes] of float32 and targets of the same shape, whose rows sum to 1
 * @throws SW_SHAPE, from `compile`, when the output has no such axis behind the batch; SW_VALUE when an option is out of its range
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalFocalCrossentropy({ fromLogits: true }) });
 */
export function categoricalFocalCrossentropy<
  const A extends number = -1,
  const L extends number = number,
  const G extends number = number,
>(options: CategoricalFocalCrossentropyOptions<A, L, G> = {}): Loss<AlongAxis<typeof name, A>, typeof name> {
  checkOptions(name, options, rules);
  const {
    fromLogits = false,
    labelSmoothing: smoothing = 0,
    alpha = 0.25,
    gamma = 2,
  }: CategoricalFocalCrossentropyOptions = options;
  const axis: number = options.axis ?? -1;
  return {
    name,
    fromLogits,
    activation: "softmax",
    target(output) {
      const target = targetAlong(name, output, axis);
      const classes = dimAt(output.shape, axis);
      if (typeof alpha === "number" || alpha.length === classes) return target;
      const message = `${name}: alpha has ${alpha.length} numbers, but there are ${classes} classes in ${show(output.shape)}`;
      throw new ShapewrightError("SW_SHAPE", message, name);
    },
    values(output, target) {
      const given = tensorOf<Tensor<any>>(output);
      const labels = smoothedAlong(tensorOf<Tensor<any>>(target), smoothing, axis);
      const p = clip(distribution(fromLogits ? softmax(given, axis) : given, axis), margin, 1 - margin);
      const entropy = multiply(subtract(0, labels), log(p));
      return nodeOf(
        sum(multiply(multiply(pow(subtract(1, p), gamma), weightsOf(alpha, output, axis)), entropy), { axis }),
      );
    },
  };
}

/** One number for all classes, or one for each, which stand along an axis. */
function weightsOf(alpha: number | readonly number[], output: Node, axis: number): Tensor<any> | number {
  if (typeof alpha === "number") return alpha;
  const behind = output.shape.slice(normalizeAxis(output.shape, axis) + 1).map(() => 1);
  return reshape(constant([...alpha]) as Tensor<any>, [alpha.length, ...behind]);
}
