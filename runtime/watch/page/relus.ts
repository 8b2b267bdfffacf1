import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { StepStatistics } from "../records.js";
import { sparkline } from "./sparkline.js";
import { table } from "./table.js";

/** From which share of dead units on a layer is marked. */
const many = 0.5;

/** The rectifiers of a run, with the share of their units that were 0 for a whole batch. */
export function drawRelus(statistics: readonly StepStatistics[]): void {
  const { relus } = statistics.at(-1)!;
  byId("dead").hidden = relus.length === 0;
  const heads = ["relu of", "dead units", "", "over time"];
  const rows = relus.map(({ name, dead }, i) => {
    const shares = statistics.map((one) => one.relus[i]?.dead ?? undefined);
    const isMany = dead !== null && dead >= many;
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, name),
      html("td", {}, inPercent(dead)),
      html("td", { class: "verdict" }, isMany ? "⚠ mostly dead" : ""),
      html(
        "td",
        {},
        sparkline({
          xs: statistics.map(({ steps }) => steps),
          ys: shares,
          band: [0, many],
          label: `dead units of ${name}: from ${inPercent(shares[0])} to ${inPercent(dead)}`,
        }),
      ),
    );
  });
  byId("relus").replaceChildren(table(heads, rows));
}

/** A share in percent, of which little is not nothing, and nearly all not all. */
export function inPercent(share: number | null | undefined): string {
  if (typeof share !== "number") return "–";
  if (share > 0 && share < 0.001) return "<\u00a00.1\u00a0%";
  return share < 1 && share > 0.999 ? ">\u00a099.9\u00a0%" : `${Number((share * 100).toFixed(1))}\u00a0%`;
}
