import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckNotNegative, CheckProbability } from "../ir/option-checks.js";
import { checkOptions, flag, notNegative, type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { sigmoid } from "../ops/sigmoid.js";
import { sigmoidCrossEntropyWithLogits } from "../ops/sigmoidCrossEntropyWithLogits.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { binaryEntropy } from "./binaryCrossentropy.js";
import type { SameTargets } from "./comparing.js";
import { type FromLogits, type Loss, logitsBehind } from "./loss.js";
import { type LabelSmoothing, smoothed } from "./smoothed.js";

/** Options of `binaryFocalCrossentropy`. */
export interface BinaryFocalCrossentropyOptions<
  L extends number = number,
  G extends number = number,
  A extends number = number,
> extends FromLogits,
    LabelSmoothing<"binaryFocalCrossentropy", L> {
  /** Whether a yes counts alpha, and a no 1 - alpha. @default false */
  readonly applyClassBalancing?: boolean;
  /** How much a yes counts, from 0 to 1, where classes are balanced. @default 0.25 */
  readonly alpha?: A & CheckProbability<"binaryFocalCrossentropy", "alpha", A>;
  /** How much less what is right already counts; 0 for not at all. @default 2 */
  readonly gamma?: G & CheckNotNegative<"binaryFocalCrossentropy", "gamma", G>;
}

const rules: OptionRules<BinaryFocalCrossentropyOptions> = {
  fromLogits: flag,
  labelSmoothing: probability,
  applyClassBalancing: flag,
  alpha: probability,
  gamma: notNegative,
};

/**
 * The cross-entropy of yes-or-no questions times (1 - q)^γ, where q is the probability of the right answer: what is right already counts less.
 * Source: Lin et al., "Focal loss for dense object detection" (2017).
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities); `gamma` (2); `applyClassBalancing` (false) and `alpha`
 *   (0.25); `labelSmoothing` (0)
 * @returns a loss for outputs of any shape of float32 and targets of the same shape, from 0 to 1
 * @throws SW_VALUE when an option is out of its range
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryFocalCrossentropy({ fromLogits: true }) });
 */
export function binaryFocalCrossentropy<
  const L extends number = number,
  const G extends number = number,
  const A extends number = number,
>(options: BinaryFocalCrossentropyOptions<L, G, A> = {}): Loss<SameTargets, "binaryFocalCrossentropy"> {
  checkOptions("binaryFocalCrossentropy", options, rules);
  const { fromLogits = false, labelSmoothing: smoothing = 0, gamma = 2 }: BinaryFocalCrossentropyOptions = options;
  const { applyClassBalancing = false, alpha = 0.25 } = options;
  return {
    name: "binaryFocalCrossentropy",
    fromLogits,
    activation: "sigmoid",
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values(output, target) {
      const given = tensorOf<Tensor<any>>(output);
      const yes = smoothed(tensorOf<Tensor<any>>(target), smoothing);
      const behind = fromLogits ? output : logitsBehind(output, "sigmoid");
      const p = fromLogits ? sigmoid(given) : given;
      const entropy = behind
        ? sigmoidCrossEntropyWithLogits(tensorOf<Tensor<any>>(behind), yes)
        : binaryEntropy(yes, given);
      const values = multiply(pow(subtract(1, either(yes, p, subtract(1, p))), gamma), entropy);
      return nodeOf(applyClassBalancing ? multiply(either(yes, alpha, 1 - alpha), values) : values);
    },
  };
}

/** target · a + (1 - target) · b. */
function either<S extends Shape>(target: Tensor<S>, a: Tensor<S> | number, b: Tensor<S> | number): Tensor<S> {
  return add(multiply(target, a), multiply(subtract(1, target), b));
}
