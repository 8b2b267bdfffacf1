import type { CheckNotNegative } from "../../ir/option-checks.js";
import { checkDecay, type DecayOptions } from "./exponentialDecay.js";
import type { Schedule } from "./schedule.js";

/**
 * A rate that falls as one over the time: η₀ / (1 + decayRate · steps / decaySteps). As in Keras.
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * sgd({ learningRate: inverseTimeDecay(0.1, { decaySteps: 100, decayRate: 0.5 }) });
 */
export function inverseTimeDecay<const I extends number, const N extends number, const R extends number>(
  initialLearningRate: I & CheckNotNegative<"inverseTimeDecay", "initialLearningRate", I>,
  options: DecayOptions<"inverseTimeDecay", N, R>,
): Schedule {
  const name = "inverseTimeDecay";
  checkDecay(name, initialLearningRate, options);
  const { decaySteps, decayRate, staircase = false } = options;
  return {
    name,
    initialLearningRate,
    rate(b, steps) {
      const time = b.op("divide", [steps, b.scalar(decaySteps)]);
      const fallen = b.op("multiply", [staircase ? b.op("floor", [time]) : time, b.scalar(decayRate)]);
      return b.op("divide", [b.scalar(initialLearningRate), b.op("add", [fallen, b.scalar(1)])]);
    },
  };
}
