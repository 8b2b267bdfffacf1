import { type Kind, kinds } from "../../diagram/kinds.js";
import type { PageView } from "../pageData.js";
import { byId, html } from "./elements.js";
import { kindText } from "./labels.js";

/** What the legend can ask for. */
export interface LegendActions {
  isHidden(kind: Kind): boolean;
  /** Leaves nodes of these kinds out of the drawing, and of no others. */
  hide(hidden: ReadonlySet<Kind>): void;
}

/** How much of a training step is shown, each part upon those before it. */
const extents: readonly { readonly title: string; readonly hides: readonly Kind[] }[] = [
  { title: "Forward", hides: ["backward", "update"] },
  { title: "+ Gradients", hides: ["update"] },
  { title: "+ Updates", hides: [] },
];
const parts: readonly Kind[] = ["backward", "update"];

/** The colours of the kinds of nodes that a graph has. Each is a button that leaves them out; of a training step, so do buttons for its parts. */
export function showLegend(view: PageView, actions: LegendActions): void {
  const present = new Set(view.diagram.nodes.map(({ kind }) => kind));
  const entries = kinds
    .filter((kind) => present.has(kind))
    .map((kind) => {
      const words = kindText(kind);
      return {
        button: html(
          "button",
          { type: "button", title: `Show or hide: ${words}` },
          html("span", { class: `swatch ${kind}` }),
          words,
        ),
        isPressed: () => !actions.isHidden(kind),
        hidden: () => kinds.filter((one) => actions.isHidden(one) !== (one === kind)),
      };
    });
  const choices = extents.map(({ title, hides }) => ({
    button: html("button", { type: "button" }, title),
    isPressed: () => parts.every((kind) => actions.isHidden(kind) === hides.includes(kind)),
    hidden: () => kinds.filter((kind) => (parts.includes(kind) ? hides.includes(kind) : actions.isHidden(kind))),
  }));
  const tell = () => {
    for (const { button, isPressed } of [...entries, ...choices]) {
      button.setAttribute("aria-pressed", String(isPressed()));
    }
  };
  for (const { button, hidden } of [...entries, ...choices]) {
    button.addEventListener("click", () => {
      actions.hide(new Set(hidden()));
      tell();
    });
  }
  byId("legend").replaceChildren(...entries.map(({ button }) => html("li", {}, button)));
  byId("extent").hidden = !parts.every((kind) => present.has(kind));
  byId("extent").replaceChildren(...choices.map(({ button }) => button));
  tell();
}
