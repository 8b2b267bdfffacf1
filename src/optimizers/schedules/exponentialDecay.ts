import type { CheckCount, CheckNotNegative } from "../../ir/option-checks.js";
import { checkOption, checkOptions, count, flag, notNegative, type OptionRules, required } from "../../ir/options.js";
import type { Schedule } from "./schedule.js";

/** Options of `exponentialDecay` and `inverseTimeDecay`. */
export interface DecayOptions<Op extends string = string, N extends number = number, R extends number = number> {
  /** The steps in which the time of the formula goes on by 1. */
  readonly decaySteps: N & CheckCount<Op, "decaySteps", N>;
  /** How much the rate falls in that time: see the formula. From 0 on. */
  readonly decayRate: R & CheckNotNegative<Op, "decayRate", R>;
  /** Whether the rate falls every `decaySteps` steps, and stays in between. @default false */
  readonly staircase?: boolean;
}

/**
 * A rate that falls by the same factor in equal times: η₀ · decayRate^(steps / decaySteps). As in Keras.
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adam({ learningRate: exponentialDecay(1e-3, { decaySteps: 1000, decayRate: 0.9 }) });
 */
export function exponentialDecay<const I extends number, const N extends number, const R extends number>(
  initialLearningRate: I & CheckNotNegative<"exponentialDecay", "initialLearningRate", I>,
  options: DecayOptions<"exponentialDecay", N, R>,
): Schedule {
  const name = "exponentialDecay";
  checkDecay(name, initialLearningRate, options);
  const { decaySteps, decayRate, staircase = false } = options;
  return {
    name,
    initialLearningRate,
    rate(b, steps) {
      const time = b.op("divide", [steps, b.scalar(decaySteps)]);
      const power = b.op("pow", [b.scalar(decayRate), staircase ? b.op("floor", [time]) : time]);
      return b.op("multiply", [power, b.scalar(initialLearningRate)]);
    },
  };
}

const rules: OptionRules<DecayOptions> = {
  decaySteps: required(count),
  decayRate: required(notNegative),
  staircase: flag,
};

/** Refuses settings out of range. */
export function checkDecay(name: string, initialLearningRate: number, options: DecayOptions): void {
  checkOption(name, "initialLearningRate", initialLearningRate, required(notNegative));
  checkOptions(name, options, rules);
}
