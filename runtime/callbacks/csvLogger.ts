import { checkOptions, flag, type OptionRule, type OptionRules, text } from "../../src/ir/options.js";
import { plainReports } from "../fit/totals.js";
import { checkPath } from "../host/filesFor.js";
import type { Callback, Training } from "./callback.js";
import { logFile } from "./logFile.js";

/** Options of `csvLogger`. */
export interface CSVLoggerOptions {
  /** What stands between two values. @default "," */
  readonly separator?: string;
  /** Whether lines are added to a file that is there, instead of replacing it. @default false */
  readonly append?: boolean;
}

const separator: OptionRule = {
  takes: "a text without quotes and ends of lines",
  accepts: (value) => text.accepts(value) && !/["\r\n]/.test(value as string),
};

const rules: OptionRules<CSVLoggerOptions> = { separator, append: flag };

/**
 * Writes a line per epoch to a CSV file: its number, the seconds that it took, and what was reported. What is no number stands there as
 * JSON; nothing, where an epoch had no validation.
 *
 * @throws SW_VALUE for options that are none; SW_FILE, in `fit`, when it cannot be written as training begins. Later, that is told once,
 * training goes on, and the lines are written when they can be, at the end at the latest
 * @example
 * await session.fit({ image: trainX }, trainY, { epochs: 5, callbacks: [csvLogger("runs/digits.csv")] });
 */
export function csvLogger(file: string, options: CSVLoggerOptions = {}): Callback {
  const op = "csvLogger";
  checkPath(op, file);
  checkOptions(op, options, rules);
  const { separator = ",", append = false } = options;
  const lineOf = (values: readonly unknown[]) => `${values.map((value) => cell(value, separator)).join(separator)}\n`;
  const headOf = ({ reportNames }: Training) => lineOf(["epoch", "seconds", ...reportNames]);
  const log = logFile(op, file, append);
  return {
    name: op,
    onTrainBegin: log.begin,
    state: log.state,
    setState: log.setState,
    async onEpochEnd(training) {
      const reports = new Map(plainReports(training.reports));
      const values = training.reportNames.map((name) => reports.get(name) ?? "");
      await log.write(lineOf([training.epoch, training.seconds, ...values]), headOf(training));
    },
    onTrainEnd: (training) => log.end(headOf(training)),
  };
}

/** A value as RFC 4180 has it. */
function cell(value: unknown, separator: string): string {
  const written = typeof value === "object" ? JSON.stringify(value) : String(value);
  return written.includes(separator) || /["\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}
