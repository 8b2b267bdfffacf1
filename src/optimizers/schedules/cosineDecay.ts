import type { CheckCount, CheckNatural, CheckNotNegative } from "../../ir/option-checks.js";
import {
  checkOption,
  checkOptions,
  count,
  natural,
  notNegative,
  type OptionRules,
  required,
} from "../../ir/options.js";
import type { Schedule } from "./schedule.js";

/** Options of `cosineDecay`. */
export interface CosineDecayOptions<
  N extends number = number,
  W extends number = number,
  A extends number = number,
  T extends number = number,
> {
  /** Over how many steps the rate falls, after the warm-up. */
  readonly decaySteps: N & CheckCount<"cosineDecay", "decaySteps", N>;
  /** The share of the rate that is left at the end. @default 0 */
  readonly alpha?: A & CheckNotNegative<"cosineDecay", "alpha", A>;
  /** The rate that a warm-up rises to, from the initial one; without it there is no warm-up. */
  readonly warmupTarget?: T & CheckNotNegative<"cosineDecay", "warmupTarget", T>;
  /** How many steps the warm-up takes. @default 0 */
  readonly warmupSteps?: W & CheckNatural<"cosineDecay", "warmupSteps", W>;
}

const rules: OptionRules<CosineDecayOptions> = {
  decaySteps: required(count),
  alpha: notNegative,
  warmupTarget: notNegative,
  warmupSteps: natural,
};

/**
 * A rate that falls along half a cosine: η · ((1 - alpha) · (1 + cos(π · steps / decaySteps)) / 2 + alpha), after a warm-up in which
 * it rises along a line. As in Keras.
 * Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adam({ learningRate: cosineDecay(0, { decaySteps: 9000, warmupTarget: 1e-3, warmupSteps: 1000 }) });
 */
export function cosineDecay<
  const I extends number,
  const N extends number,
  const W extends number = number,
  const A extends number = number,
  const T extends number = number,
>(
  initialLearningRate: I & CheckNotNegative<"cosineDecay", "initialLearningRate", I>,
  options: CosineDecayOptions<N, W, A, T>,
): Schedule {
  const name = "cosineDecay";
  checkOption(name, "initialLearningRate", initialLearningRate, required(notNegative));
  checkOptions(name, options, rules);
  const { decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 } = options;
  const top = warmupTarget ?? initialLearningRate;
  return {
    name,
    initialLearningRate: warmupSteps === 0 ? top : initialLearningRate,
    rate(b, steps) {
      const after = warmupTarget === undefined ? steps : b.op("subtract", [steps, b.scalar(warmupSteps)]);
      const time = b.op("divide", [b.op("minimum", [after, b.scalar(decaySteps)]), b.scalar(decaySteps)]);
      const wave = b.op("add", [b.op("cos", [b.op("multiply", [time, b.scalar(Math.PI)])]), b.scalar(1)]);
      const share = b.op("add", [b.op("multiply", [wave, b.scalar((1 - alpha) / 2)]), b.scalar(alpha)]);
      const falling = b.op("multiply", [share, b.scalar(top)]);
      if (warmupTarget === undefined || warmupSteps === 0) return falling;
      const risen = b.op("multiply", [steps, b.scalar((warmupTarget - initialLearningRate) / warmupSteps)]);
      const rising = b.op("add", [risen, b.scalar(initialLearningRate)]);
      return b.op("select", [b.op("less", [steps, b.scalar(warmupSteps)]), rising, falling]);
    },
  };
}
