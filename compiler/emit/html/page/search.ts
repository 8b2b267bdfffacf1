import { byId, html } from "./elements.js";
import type { Hierarchy, Item } from "./hierarchy.js";
import { kindText, shortType } from "./labels.js";

const mostShown = 60;

/** The search box: finds boxes by name, op, layer or shape; Enter or a click goes to one. */
export class Search {
  readonly #box = byId<HTMLInputElement>("search");
  readonly #results = byId("results");
  readonly #status = byId("found");
  #found: Item[] = [];
  #active = -1;

  constructor(
    readonly hierarchy: () => Hierarchy,
    readonly choose: (item: Item) => void,
  ) {
    this.#box.addEventListener("input", () => this.#search());
    this.#box.addEventListener("focus", () => this.#search());
    this.#box.addEventListener("blur", () => this.#close());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    // The press would take the focus, and so close the list before the click.
    this.#results.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  focus(): void {
    this.#box.focus();
    this.#box.select();
  }

  /** Looks for the same words in another graph, without showing the list. */
  renew(): void {
    this.#search();
    this.#close();
  }

  #search(): void {
    const words = this.#box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { groups, nodes } = this.hierarchy();
    const drawn = groups.filter((group) => group.parent?.children.includes(group));
    const all: readonly Item[] = words.length === 0 ? [] : [...drawn, ...nodes];
    this.#found = all.filter((item) => {
      const text = textOf(item).toLowerCase();
      return words.every((word) => text.includes(word));
    });
    this.#activate(this.#found.length > 0 ? 0 : -1);
    this.#status.textContent = words.length === 0 ? "" : `${this.#found.length} found`;
  }

  /** Marks one of the results as the one that Enter goes to. */
  #activate(index: number): void {
    this.#active = index;
    const shown = this.#found.slice(0, mostShown);
    this.#results.replaceChildren(...shown.map((item, i) => this.#option(item, i)));
    this.#results.hidden = shown.length === 0;
    this.#box.setAttribute("aria-expanded", String(shown.length > 0));
    this.#box.setAttribute("aria-activedescendant", index < 0 ? "" : `result-${index}`);
    this.#results.children[index]?.scrollIntoView({ block: "nearest" });
  }

  #option(item: Item, index: number): HTMLElement {
    const kind = item.type === "group" ? "group" : item.node.kind;
    const text = item.type === "group" ? `${item.nodes.length} nodes` : noteOf(item);
    const selected = String(index === this.#active);
    const attributes = { id: `result-${index}`, class: "result", role: "option", "aria-selected": selected };
    const swatch = html("span", { class: `swatch ${kind}` });
    const option = html("li", attributes, swatch, html("b", {}, item.title), " ", html("small", {}, text));
    option.addEventListener("click", () => this.#go(item));
    return option;
  }

  #go(item: Item): void {
    this.#close();
    this.choose(item);
  }

  #close(): void {
    this.#results.hidden = true;
    this.#box.setAttribute("aria-expanded", "false");
  }

  #key(event: KeyboardEvent): void {
    const last = Math.min(this.#found.length, mostShown) - 1;
    if (event.key === "ArrowDown") this.#activate(Math.min(this.#active + 1, last));
    else if (event.key === "ArrowUp") this.#activate(Math.max(this.#active - 1, Math.min(0, last)));
    else if (event.key === "Enter" && this.#active >= 0) this.#go(this.#found[this.#active]!);
    else if (event.key === "Escape") {
      this.#box.value = "";
      this.#search();
    } else return;
    event.preventDefault();
  }
}

function textOf(item: Item): string {
  if (item.type === "group") return item.title;
  return [item.title, item.node.name, item.node.op, item.layer, item.node.type, kindText(item.node.kind)].join(" ");
}

function noteOf({ title, node, layer }: Item & { type: "node" }): string {
  return [node.op === title ? "" : node.op, shortType(node.type), layer].filter(Boolean).join(" · ");
}
