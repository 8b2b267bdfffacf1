import { plainReports } from "../fit/totals.js";
import { checkPath } from "../host/filesFor.js";
import type { Callback } from "./callback.js";
import { logFile } from "./logFile.js";

/**
 * Adds a line per epoch to a file, each a JSON record: its number, the seconds that it took, the learning rate of the next, and what was
 * reported. Numbers that JSON has not got, such as NaN, are null.
 *
 * @throws SW_FILE, in `fit`, when it cannot be written as training begins. Later, that is told once, training goes on, and the lines are
 * written when they can be, at the end at the latest
 * @example
 * await session.fit({ image: trainX }, trainY, { epochs: 5, callbacks: [jsonLogger("runs/digits.jsonl")] });
 */
export function jsonLogger(file: string): Callback {
  const op = "jsonLogger";
  checkPath(op, file);
  const log = logFile(op, file, true);
  return {
    name: op,
    onTrainBegin: log.begin,
    state: log.state,
    setState: log.setState,
    async onEpochEnd(training) {
      const { epoch, seconds, learningRate } = training;
      const line = { epoch, seconds, learningRate, ...Object.fromEntries(plainReports(training.reports)) };
      await log.write(`${JSON.stringify(line)}\n`);
    },
    onTrainEnd: () => log.end(),
  };
}
