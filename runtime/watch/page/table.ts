import { html } from "../../../compiler/emit/html/page/elements.js";

/** A table; a column without a head is one that its neighbour's head stands for. */
export function table(heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const cells = heads.map((head) => (head === "" ? html("td") : html("th", { scope: "col" }, head)));
  return html("table", {}, html("thead", {}, html("tr", {}, ...cells)), html("tbody", {}, ...rows));
}
