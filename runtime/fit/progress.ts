import { host } from "#host";
import { epochLine } from "../host/epochLine.js";
import type { Reporter, ReportStream } from "../host/reporter.js";
import { plainReports, type Reports } from "./totals.js";

const kinds = ["silent", "bar", "lines"] as const;

/** What `verbose` may be: Keras's numbers, too, which are the places of `kinds`. */
export const verbosities = ["auto", "bar", "lines", "json", "silent", 0, 1, 2] as const;

/** How training is reported: on a terminal a bar, elsewhere a line per epoch; or a line of JSON. */
export type Verbosity = (typeof verbosities)[number];

/** Makes a reporter. In Node.js it writes to standard error, so that standard output is the program's own. */
export function reporter(verbosity: Verbosity, epochs: number, stream: ReportStream = host.reports): Reporter {
  const named = nameOf(verbosity);
  const kind = named === "auto" ? (stream.isTTY ? "bar" : "lines") : named;
  if (kind === "silent") return { begin() {}, advance() {}, validate() {}, end() {}, stop() {} };
  if (kind === "bar" && host.barReporter) return host.barReporter(epochs, stream);
  return lineReporter(epochs, stream, kind === "json" ? jsonLine : epochLine);
}

/** Whether nothing is to be said. */
export function isSilent(verbosity: Verbosity): boolean {
  return nameOf(verbosity) === "silent";
}

function nameOf(verbosity: Verbosity) {
  return typeof verbosity === "number" ? kinds[verbosity] : verbosity;
}

interface Ended {
  readonly epoch: number;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly reports: Reports;
}

function jsonLine({ reports, ...ended }: Ended): string {
  return `${JSON.stringify({ ...ended, ...Object.fromEntries(plainReports(reports)) })}\n`;
}

function lineReporter(epochs: number, stream: ReportStream, lineOf: (ended: Ended) => string): Reporter {
  let [epoch, steps] = [0, 0];
  return {
    begin: (number) => {
      [epoch, steps] = [number, 0];
    },
    advance: (step) => {
      steps = step;
    },
    validate() {},
    stop() {},
    end: (reports, seconds) =>
      void stream.write(lineOf({ epoch, epochs, steps, seconds, reports: reports as Reports })),
  };
}
