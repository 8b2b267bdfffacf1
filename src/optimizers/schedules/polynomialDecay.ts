import type { CheckCount, CheckNotNegative } from "../../ir/option-checks.js";
import { checkOption, checkOptions, count, notNegative, type OptionRules, required } from "../../ir/options.js";
import type { Schedule } from "./schedule.js";

/** Options of `polynomialDecay`. */
export interface PolynomialDecayOptions<
  N extends number = number,
  E extends number = number,
  P extends number = number,
> {
  /** After how many steps the rate stays at its end. */
  readonly decaySteps: N & CheckCount<"polynomialDecay", "decaySteps", N>;
  /** The rate at the end. @default 1e-4 */
  readonly endLearningRate?: E & CheckNotNegative<"polynomialDecay", "endLearningRate", E>;
  /** 1 for a straight line. @default 1 */
  readonly power?: P & CheckNotNegative<"polynomialDecay", "power", P>;
}

const rules: OptionRules<PolynomialDecayOptions> = {
  decaySteps: required(count),
  endLearningRate: notNegative,
  power: notNegative,
};

/**
 * A rate that falls to an end: (η₀ - end) · (1 - steps / decaySteps)^power + end. As in Keras.
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * sgd({ learningRate: polynomialDecay(0.1, { decaySteps: 10_000, power: 2 }) });
 */
export function polynomialDecay<
  const I extends number,
  const N extends number,
  const E extends number = number,
  const P extends number = number,
>(
  initialLearningRate: I & CheckNotNegative<"polynomialDecay", "initialLearningRate", I>,
  options: PolynomialDecayOptions<N, E, P>,
): Schedule {
  const name = "polynomialDecay";
  checkOption(name, "initialLearningRate", initialLearningRate, required(notNegative));
  checkOptions(name, options, rules);
  const { decaySteps, endLearningRate = 1e-4, power = 1 } = options;
  return {
    name,
    initialLearningRate,
    rate(b, steps) {
      const time = b.op("divide", [b.op("minimum", [steps, b.scalar(decaySteps)]), b.scalar(decaySteps)]);
      const left = b.op("pow", [b.op("subtract", [b.scalar(1), time]), b.scalar(power)]);
      const above = b.op("multiply", [left, b.scalar(initialLearningRate - endLearningRate)]);
      return b.op("add", [above, b.scalar(endLearningRate)]);
    },
  };
}
