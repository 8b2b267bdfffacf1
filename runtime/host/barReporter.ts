import { SingleBar } from "cli-progress";
import { meansInWords } from "./meansInWords.js";
import type { Reporter, ReportStream } from "./reporter.js";

/** Reports on a terminal: a bar for each epoch. */
export function barReporter(epochs: number, stream: ReportStream): Reporter {
  let bar: SingleBar | undefined;
  return {
    begin(epoch, steps) {
      const done = steps === undefined ? "{value} steps" : "[{bar}] {value}/{total} steps";
      const format = `Epoch ${epoch}/${epochs} ${done}, {duration_formatted} · {report}`;
      bar = new SingleBar({
        format,
        stream: stream as typeof process.stderr,
        barsize: 24,
        linewrap: false,
      });
      bar.start(steps ?? 0, 0, { report: "" });
    },
    advance: (step, means) => bar?.update(step, { report: meansInWords(means) }),
    end(means) {
      bar?.update({ report: meansInWords(means) });
      bar?.stop();
    },
    // A bar that is not stopped redraws itself for ever, and keeps the process alive.
    stop: () => bar?.stop(),
  };
}
