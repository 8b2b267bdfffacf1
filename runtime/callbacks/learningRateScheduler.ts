import { callback, checkOption, required } from "../../src/ir/options.js";
import type { Callback } from "./callback.js";

/**
 * Sets the learning rate before each epoch, as Keras's `LearningRateScheduler`. The optimizer's rate has to be a number. What
 * follows a formula of steps costs no callback: `cosineDecay` and its like.
 *
 * @param schedule gives the rate of an epoch, from its number, which counts from 0, and the rate as it is
 * @throws SW_VALUE when it is no function, and in `fit` where it gives no rate or the rate cannot be set
 * @example
 * const callbacks = [learningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate * 0.9))];
 */
export function learningRateScheduler(schedule: (epoch: number, rate: number) => number): Callback {
  const op = "learningRateScheduler";
  checkOption(op, "schedule", schedule, required(callback));
  return {
    name: op,
    onEpochBegin(training) {
      training.learningRate = schedule(training.epoch - 1, training.learningRate);
    },
  };
}
