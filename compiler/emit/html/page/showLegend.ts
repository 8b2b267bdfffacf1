import { type Kind, kinds } from "../../diagram/kinds.js";
import type { PageView } from "../pageData.js";
import { byId, html } from "./elements.js";
import { kindText } from "./labels.js";

/** What the legend can ask for. */
export interface LegendActions {
  isHidden(kind: Kind): boolean;
  /** Leaves nodes of a kind out of the drawing, or shows them again. */
  toggleKind(kind: Kind): void;
}

/** The colours of the kinds of nodes that a graph has. Each is a button that leaves them out. */
export function showLegend(view: PageView, actions: LegendActions): void {
  const present = new Set(view.diagram.nodes.map(({ kind }) => kind));
  const entries = kinds.filter((kind) => present.has(kind));
  byId("legend").replaceChildren(...entries.map((kind) => html("li", {}, entryOf(kind, actions))));
}

function entryOf(kind: Kind, actions: LegendActions): HTMLElement {
  const words = kindText(kind);
  const button = html(
    "button",
    { type: "button", "aria-pressed": String(!actions.isHidden(kind)), title: `Show or hide: ${words}` },
    html("span", { class: `swatch ${kind}` }),
    words,
  );
  button.addEventListener("click", () => {
    actions.toggleKind(kind);
    button.setAttribute("aria-pressed", String(!actions.isHidden(kind)));
  });
  return button;
}
