import { SingleBar } from "cli-progress";
import { epochLine } from "./epochLine.js";
import { progressLine, type UnderWay } from "./progressLine.js";
import type { Reporter, ReportStream } from "./reporter.js";

/** Reports on a terminal: a line that changes while an epoch is under way, and stays as it is elsewhere when it has ended. */
export function barReporter(epochs: number, stream: ReportStream): Reporter {
  let bar: SingleBar | undefined;
  let shown: UnderWay;
  /** When the first steps had been taken, which are slow for reasons of their own. */
  let first: { readonly steps: number; readonly time: number } | undefined;
  const show = (change: Partial<UnderWay>) => {
    shown = { ...shown, ...change };
    bar?.update(shown.steps);
  };
  const remove = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    begin(epoch, total) {
      first = undefined;
      shown = { epoch, epochs, steps: 0, total, reports: {}, stepsPerSecond: undefined, doing: "first step" };
      bar = new SingleBar({
        // The last column stays free: some terminals go to the next line where it is written.
        format: () => progressLine(shown, (stream.columns ?? 80) - 1),
        stream: stream as typeof process.stderr,
        // It fits: a terminal whose lines were kept from wrapping would stay so where the process is ended.
        linewrap: null,
        clearOnComplete: true,
      });
      bar.start(total ?? 0, 0);
    },
    advance(steps, reports) {
      const time = performance.now();
      const stepsPerSecond = first && ((steps - first.steps) / Math.max(1, time - first.time)) * 1000;
      first ??= { steps, time };
      show({ steps, reports, stepsPerSecond, doing: undefined });
    },
    validate: () => show({ doing: "validation" }),
    end(reports, seconds) {
      remove();
      const line = epochLine({ ...shown, reports, seconds });
      stream.write(stream.isTTY ? folded(line, (stream.columns ?? 80) - 1) : line);
    },
    // A bar that is not stopped redraws itself for ever, and keeps the process alive.
    stop: remove,
  };
}

/** A line on as many as a terminal needs, broken between metrics: it would break one in the middle of a word. */
function folded(line: string, columns: number): string {
  const lines: string[] = [];
  for (const part of line.split(/(?<=,) (?![^(]*\)\n)| (?=\()/)) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && longer.trimEnd().length <= columns) lines[lines.length - 1] = longer;
    else lines.push(lines.length > 0 ? `  ${part}` : part);
  }
  return lines.join("\n");
}
