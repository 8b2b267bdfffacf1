import { nodeOf, tensorOf } from "../../ir/node.js";
import type { CheckCount, CheckFromOne, CheckNotNegative } from "../../ir/option-checks.js";
import {
  checkOption,
  checkOptions,
  count,
  fromOne,
  notNegative,
  type OptionRules,
  required,
} from "../../ir/options.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { cos } from "../../ops/cos.js";
import { divide } from "../../ops/divide.js";
import { floor } from "../../ops/floor.js";
import { log } from "../../ops/log.js";
import { multiply } from "../../ops/multiply.js";
import { pow } from "../../ops/pow.js";
import { subtract } from "../../ops/subtract.js";
import type { Schedule } from "./schedule.js";

/** Options of `cosineDecayRestarts`. */
export interface CosineDecayRestartsOptions<
  N extends number = number,
  T extends number = number,
  M extends number = number,
  A extends number = number,
> {
  /** Over how many steps the rate falls the first time. */
  readonly firstDecaySteps: N & CheckCount<"cosineDecayRestarts", "firstDecaySteps", N>;
  /** How many times longer each period is than the one before: from 1 on. @default 2 */
  readonly tMul?: T & CheckFromOne<"cosineDecayRestarts", "tMul", T>;
  /** What the rate that each period begins with is multiplied by. @default 1 */
  readonly mMul?: M & CheckNotNegative<"cosineDecayRestarts", "mMul", M>;
  /** The share of the rate that is left at the end of each period. @default 0 */
  readonly alpha?: A & CheckNotNegative<"cosineDecayRestarts", "alpha", A>;
}

const rules: OptionRules<CosineDecayRestartsOptions> = {
  firstDecaySteps: required(count),
  tMul: fromOne,
  mMul: notNegative,
  alpha: notNegative,
};

type Scalar = Tensor<[]>;

/**
 * A rate that falls along half a cosine, again and again: η · ((1 - alpha) · mMulⁱ · (1 + cos(π · time)) / 2 + alpha), for the time from 0 to 1
 * in period i, which takes firstDecaySteps · tMulⁱ steps. As in Keras.
 * Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adam({ learningRate: cosineDecayRestarts(1e-3, { firstDecaySteps: 1000, mMul: 0.8 }) });
 */
export function cosineDecayRestarts<
  const I extends number,
  const N extends number,
  const T extends number = number,
  const M extends number = number,
  const A extends number = number,
>(
  initialLearningRate: I & CheckNotNegative<"cosineDecayRestarts", "initialLearningRate", I>,
  options: CosineDecayRestartsOptions<N, T, M, A>,
): Schedule {
  const name = "cosineDecayRestarts";
  checkOption(name, "initialLearningRate", initialLearningRate, required(notNegative));
  checkOptions(name, options, rules);
  const { firstDecaySteps, tMul = 2, mMul = 1, alpha = 0 }: CosineDecayRestartsOptions = options;
  return {
    name,
    initialLearningRate,
    rate(_, steps) {
      const passed = divide(tensorOf<Scalar>(steps), firstDecaySteps);
      const [period, time] = tMul === 1 ? inEqualPeriods(passed) : inPeriods(passed, tMul);
      const wave = multiply(pow(mMul, period), multiply(0.5, add(1, cos(multiply(Math.PI, time)))));
      return nodeOf(multiply(initialLearningRate, add(multiply(1 - alpha, wave), alpha)));
    },
  };
}

/** The number of a period, and the share of it that has passed. */
function inEqualPeriods(passed: Scalar): [Scalar, Scalar] {
  const period = floor(passed);
  return [period, subtract(passed, period)];
}

/** Period i begins after (1 - tMulⁱ) / (1 - tMul) first periods. What a logarithm lacks by rounding must not put a restart off by a step. */
function inPeriods(passed: Scalar, tMul: number): [Scalar, Scalar] {
  const exact = divide(log(subtract(1, multiply(passed, 1 - tMul))), Math.log(tMul));
  const period = floor(add(exact, 1e-5));
  const length = pow(tMul, period);
  const begun = divide(subtract(1, length), 1 - tMul);
  return [period, divide(subtract(passed, begun), length)];
}
