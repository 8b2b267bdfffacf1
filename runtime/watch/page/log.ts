import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { Run } from "./run.js";
import { digits, duration } from "./words.js";

/** What has happened in a run, the newest first. */
export function drawEvents(run: Run): void {
  const { begun, events, end } = run;
  const lines = [
    ...begun.warnings.map((warning) => ["warning", warning]),
    [duration(0), `${begun.op} begins`],
    ...events.map(({ seconds, text }) => [duration(seconds), text]),
    ...(end ? [[duration(end.seconds), end.text]] : []),
  ];
  byId("events").replaceChildren(
    ...lines.reverse().map(([when, what]) => html("li", {}, html("small", {}, when!), ` ${what}`)),
  );
}

/** What epochs reported, the newest first. */
export function drawEpochs({ epochs }: Run): void {
  const names = [...new Set(epochs.flatMap(({ reports }) => Object.keys(reports)))];
  const shown = names.filter((name) => !epochs.some(({ reports }) => Array.isArray(reports[name])));
  const rows = epochs
    .toReversed()
    .map(({ epoch, reports }) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, String(epoch)),
        ...shown.map((name) => html("td", {}, digits(reports[name]))),
      ),
    );
  const heads = ["epoch", ...shown].map((name) => html("th", { scope: "col" }, ...breakable(name)));
  byId("epochs").replaceChildren(
    rows.length === 0
      ? html("p", { class: "note" }, "None has ended.")
      : html("table", {}, html("thead", {}, html("tr", {}, ...heads)), html("tbody", {}, ...rows)),
  );
}

/** A name that may go on in another line where a word of it ends: `val_`, `meanSquared`. */
function breakable(name: string): (string | HTMLElement)[] {
  return name.split(/(?<=_)|(?=[A-Z])/).flatMap((word, i) => (i === 0 ? [word] : [html("wbr", {}), word]));
}
