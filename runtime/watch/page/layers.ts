import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { StepStatistics, WeightStatistics } from "../records.js";
import { sparkline } from "./sparkline.js";
import { table } from "./table.js";
import { digits } from "./words.js";

/** Between which parts of its length a step should move a weight: about a thousandth. */
const healthy = [1e-4, 1e-2] as const;
/** What a curve goes from and to, as powers of 10. */
const [lowest, highest] = [-6, 0];

/**
 * A table of the weights of a run, with the norms of the last step that was looked at, and how far steps moved them.
 *
 * @param choose is told of a weight that is to be looked at closer
 */
export function drawLayers(
  statistics: readonly StepStatistics[],
  chosen: string,
  choose: (name: string) => void,
): void {
  const last = statistics.at(-1)!;
  const heads = ["weight", "update/weight", "", "over time", "‖w‖", "‖g‖", "‖g‖/‖w‖"];
  const rows = last.weights.map((weight) => {
    const { name, norm, gradientNorm } = weight;
    const button = html("button", { type: "button", class: "choice", "aria-pressed": String(name === chosen) }, name);
    button.addEventListener("click", () => choose(name));
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, button),
      html("td", {}, digits(ratio(weight.updateNorm, norm))),
      html("td", { class: "verdict" }, verdictOf(weight)),
      html("td", {}, courseOf(name, statistics)),
      ...[norm, gradientNorm, ratio(gradientNorm, norm)].map((value) => html("td", {}, digits(value))),
    );
  });
  const { activeElement } = document;
  const focused = activeElement?.classList.contains("choice") ? activeElement.textContent : undefined;
  byId("weights").replaceChildren(table(heads, rows));
  byId("layers-step").textContent = ` step ${last.steps.toLocaleString("en")}`;
  byId("omitted").textContent = last.omitted > 0 ? `${last.omitted} smaller weights are left out.` : "";
  for (const button of document.querySelectorAll<HTMLElement>(".choice"))
    if (button.textContent === focused) button.focus();
}

/**
 * How fast a weight learns, in a word; nothing of biases and scales, which begin at 0, or are moved by other measures. One that is not moved
 * may be of a step that only accumulates.
 */
function verdictOf({ shape, updateNorm, norm }: WeightStatistics): string {
  const part = ratio(updateNorm, norm);
  if (part === null) return norm === null || updateNorm === null ? "⚠ not a number" : "";
  if (shape.length < 2) return "";
  if (part < healthy[0]) return part === 0 ? "not moved" : "⚠ slow";
  return part > healthy[1] ? "⚠ fast" : "healthy";
}

function courseOf(name: string, statistics: readonly StepStatistics[]): HTMLElement {
  const parts = statistics.map(({ weights }) => {
    const weight = weights.find((one) => one.name === name);
    return weight ? ratio(weight.updateNorm, weight.norm) : null;
  });
  const place = (value: number) => (Math.log10(value) - lowest) / (highest - lowest);
  return sparkline({
    xs: statistics.map(({ steps }) => steps),
    ys: parts.map((part) => (part === null ? undefined : place(part))),
    band: [place(healthy[0]), place(healthy[1])],
    label: `update/weight of ${name}: from ${digits(parts[0])} to ${digits(parts.at(-1))}`,
  });
}

function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}
