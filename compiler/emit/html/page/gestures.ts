import { byId } from "./elements.js";
import type { GroupItem, Hierarchy, Item } from "./hierarchy.js";
import { nextBox } from "./neighbours.js";
import type { Scene } from "./scene.js";

/** What clicks and keys on a drawing do. */
export interface GestureActions {
  readonly hierarchy: Hierarchy;
  readonly scene: Scene;
  toggle(group: GroupItem): void;
  select(item: Item): void;
  /** Goes to the other end of the arrow that a mark stands for. */
  follow(mark: Element): void;
  /** Brings an item into view. */
  reveal(item: Item): void;
  clear(): void;
}

/** Listens to clicks, to keys and to what has the focus. */
export function startGestures(frame: SVGSVGElement, actions: GestureActions): void {
  frame.addEventListener("click", (event) => click(event.target as Element, actions));
  frame.addEventListener("keydown", (event) => {
    if (press(event.key, event.target as Element, actions)) event.preventDefault();
  });
  // On the drawing itself, this would have Chromium take it for something to stop at.
  byId("panel").addEventListener("focusin", ({ target }) => {
    const item = itemOf(target as Element, actions);
    if (item) actions.reveal(item);
  });
}

function click(target: Element, actions: GestureActions): void {
  const mark = target.closest("[data-mark]");
  const item = itemOf(target.closest("[data-id]"), actions);
  if (mark) actions.follow(mark);
  else if (item?.type === "group") actions.toggle(item);
  else if (item) actions.select(item);
  else actions.clear();
}

/** Whether the key was one for the drawing. */
function press(key: string, target: Element, actions: GestureActions): boolean {
  const item = itemOf(target.closest("[data-id]"), actions);
  if (!item) return false;
  const next = nextBox(key, item, actions.scene);
  if (next) actions.select(next.item);
  else if (key !== "Enter" && key !== " ") return false;
  else if (item.type === "group") actions.toggle(item);
  else actions.select(item);
  return true;
}

function itemOf(element: Element | null, { hierarchy }: GestureActions): Item | undefined {
  const id = element?.getAttribute("data-id") ?? undefined;
  return id === undefined ? undefined : hierarchy.items.get(id);
}
