import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { PlainNumbers } from "../records.js";
import type { Run } from "./run.js";
import { digits } from "./words.js";

/** The square matrices that the last epoch reported, such as a confusion matrix: each cell as strong as its part of its row. */
export function drawMatrices({ epochs }: Run): void {
  const last = epochs.at(-1);
  const found = Object.entries(last?.reports ?? {}).flatMap(([name, value]) => {
    const matrix = matrixOf(value);
    return matrix ? [{ name, matrix }] : [];
  });
  const section = byId("matrices");
  section.hidden = found.length === 0;
  section.replaceChildren(
    ...found.map(({ name, matrix }) =>
      html(
        "figure",
        {},
        html("h2", {}, name, html("small", {}, ` epoch ${last!.epoch}`)),
        html("div", { class: "matrix", tabindex: 0, role: "region", "aria-label": name }, tableOf(matrix)),
      ),
    ),
  );
}

function tableOf(matrix: readonly (readonly number[])[]): HTMLElement {
  const heads = matrix.map((_, i) => html("th", { scope: "col" }, String(i)));
  const rows = matrix.map((row, i) => {
    const sum = row.reduce((a, b) => a + Math.abs(b), 0);
    const cells = row.map((value) => {
      const cell = html("td", {}, digits(value));
      cell.style.setProperty("--part", String(sum === 0 ? 0 : Math.abs(value) / sum));
      return cell;
    });
    return html("tr", {}, html("th", { scope: "row" }, String(i)), ...cells);
  });
  const corner = html("td", {}, "");
  return html("table", {}, html("thead", {}, html("tr", {}, corner, ...heads)), html("tbody", {}, ...rows));
}

function matrixOf(value: PlainNumbers): readonly (readonly number[])[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const isRow = (row: PlainNumbers): row is readonly number[] =>
    Array.isArray(row) && row.length === value.length && row.every((one) => typeof one === "number");
  return value.length > 1 && value.every(isRow) ? (value as readonly (readonly number[])[]) : undefined;
}
