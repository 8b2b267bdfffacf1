import { checkOption, positive, required } from "../../src/ir/options.js";
import type { Callback } from "./callback.js";

/**
 * Ends training after the epoch in which it has taken some time.
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
  return {
    name: op,
    onTrainBegin() {
      start = performance.now();
    },
    onEpochEnd(training) {
      if (performance.now() - start >= seconds * 1000) training.stop(`${op}: ${seconds} seconds have passed`);
    },
  };
}
