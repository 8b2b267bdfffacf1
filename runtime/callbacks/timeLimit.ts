import { checkOption, positive, required } from "../../src/ir/options.js";
import type { Callback, Training } from "./callback.js";

/**
 * Ends training when it has taken some time: its last epoch may have fewer steps.
 *
 * @param seconds from the beginning of `fit`
 * @throws SW_VALUE when they are not positive
 * @example
 * const callbacks = [timeLimit(3600)];
 */
export function timeLimit(seconds: number): Callback {
  const op = "timeLimit";
  checkOption(op, "seconds", seconds, required(positive));
  let start = 0;
  const look = (training: Training) => {
    if (performance.now() - start >= seconds * 1000) training.stop(`${op}: ${seconds} seconds have passed`);
  };
  return {
    name: op,
    onTrainBegin() {
      start = performance.now();
    },
    onProgress: look,
    onEpochEnd: look,
  };
}
