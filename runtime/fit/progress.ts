import { host } from "#host";
import { meansInWords } from "../host/meansInWords.js";
import type { Reporter, ReportStream } from "../host/reporter.js";

const kinds = ["silent", "bar", "lines"] as const;

/** What `verbose` may be: Keras's numbers, too, which are the places of `kinds`. */
export const verbosities = ["auto", "bar", "lines", "silent", 0, 1, 2] as const;

/** How training is reported: on a terminal a bar, elsewhere a line per epoch. */
export type Verbosity = (typeof verbosities)[number];

/** By which of `kinds` it is reported. */
export function kindOf(verbosity: Verbosity, stream: ReportStream): (typeof kinds)[number] {
  if (typeof verbosity === "number") return kinds[verbosity];
  if (verbosity !== "auto") return verbosity;
  return stream.isTTY ? "bar" : "lines";
}

/** Makes a reporter. In Node.js it writes to standard error, so that standard output is the program's own. */
export function reporter(verbosity: Verbosity, epochs: number, stream: ReportStream = host.reports): Reporter {
  const kind = kindOf(verbosity, stream);
  if (kind === "silent") return { begin() {}, advance() {}, end() {}, stop() {} };
  return kind === "bar" && host.barReporter ? host.barReporter(epochs, stream) : lineReporter(epochs, stream);
}

function lineReporter(epochs: number, stream: ReportStream): Reporter {
  let [epoch, steps] = [0, 0];
  return {
    begin: (number, count = 0) => {
      [epoch, steps] = [number, count];
    },
    advance: (step) => {
      steps = Math.max(steps, step);
    },
    stop() {},
    end: (means, seconds) =>
      void stream.write(`Epoch ${epoch}/${epochs}: ${meansInWords(means)} (${steps} steps, ${seconds.toFixed(1)} s)\n`),
  };
}
