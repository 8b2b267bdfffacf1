import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { Colored } from "./chart.js";
import { lastOf, type Run } from "./run.js";
import { digits, duration } from "./words.js";

/** How many colours there are. */
const colors = 6;
/** How many runs are shown at first: the newest. */
const shownAtFirst = 4;

/** The list of runs, in which those are chosen that are shown. */
export class RunList {
  readonly #chosen = new Map<string, boolean>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The runs that are shown, with the colours that they keep. */
  shown(runs: readonly Run[]): Colored[] {
    const colored = runs.map((run, i) => ({ run, color: i % colors }));
    return colored.filter(({ run }, i) => this.#chosen.get(run.name) ?? i >= runs.length - shownAtFirst);
  }

  draw(runs: readonly Run[]): void {
    const shown = new Set(this.shown(runs).map(({ run }) => run.name));
    const list = byId("runs");
    const focused = document.activeElement?.id;
    list.replaceChildren(
      ...runs
        .map((run, i) => {
          const box = html("input", { type: "checkbox", id: `run-${i}`, ...(shown.has(run.name) && { checked: "" }) });
          box.addEventListener("change", () => {
            this.#chosen.set(run.name, box.checked);
            this.#changed();
          });
          const swatch = html("span", { class: `swatch run-${i % colors}` });
          return html("li", {}, html("label", {}, box, swatch, run.name), html("small", {}, about(run)));
        })
        .reverse(),
    );
    if (focused?.startsWith("run-")) document.getElementById(focused)?.focus();
  }
}

/** A run in a line. */
function about(run: Run): string {
  const { begun, epochs } = run;
  const last = lastOf(run);
  return [
    begun.at.slice(0, 16).replace("T", " "),
    `${begun.optimizer} on ${begun.backend}`,
    `${digits(begun.parameters)} parameters`,
    ...(epochs.length > 0 ? [`loss ${digits(epochs.at(-1)!.reports.loss)}`] : []),
    ...(last ? [duration(last.seconds)] : []),
  ].join(" · ");
}
