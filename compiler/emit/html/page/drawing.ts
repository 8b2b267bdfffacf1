import { draw } from "./draw.js";
import { byId } from "./elements.js";
import type { Item } from "./hierarchy.js";
import type { Moment } from "./moment.js";
import { readingOrder, type Scene } from "./scene.js";

/** Below it, the small texts of shapes would be 4 pixels high. */
const legible = 0.38;

/** The drawn scene: its elements by what they are of, what is marked in it, and what has the focus. */
export class Drawing {
  readonly #content = byId<SVGGElement>("content");
  #scene: Scene | undefined;

  /**
   * Draws a scene in place of the one before, in steps. The box that had the focus has it again.
   *
   * @param atOnce the one before is shown until all is drawn: where most stays as it is, it would flicker
   */
  *show(scene: Scene, largestFlops: number, moment?: Moment, atOnce = false): Generator<void> {
    this.#scene = scene;
    const focused = document.activeElement?.getAttribute("data-id");
    const drawn = atOnce ? document.createDocumentFragment() : this.#content;
    if (!atOnce) this.#content.replaceChildren();
    yield* draw(drawn, scene, largestFlops, moment);
    if (atOnce) this.#content.replaceChildren(drawn);
    if (focused) this.#element(focused)?.focus({ preventScroll: true });
  }

  place({ scale, x, y }: { readonly scale: number; readonly x: number; readonly y: number }): void {
    // What could not be read is not drawn.
    this.#content.classList.toggle("far", scale < legible);
    this.#content.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  }

  focus({ id }: Item): void {
    this.#element(id)?.focus({ preventScroll: true });
  }

  /** Marks a box, the lines that come to it and go from it, those that its value goes along, and the boxes at their other ends. */
  select(item: Item | undefined): void {
    const near = new Set<string>();
    for (const line of this.#content.querySelectorAll("[data-ends]")) {
      const ends = line.getAttribute("data-ends")!.split(" ");
      const values = line.getAttribute("data-values")!.split(" ");
      const isNear = item !== undefined && (ends.includes(item.id) || values.includes(item.id));
      if (isNear) for (const end of ends) near.add(end);
      line.classList.toggle("selected", isNear);
    }
    for (const element of this.#content.querySelectorAll("[data-id]")) {
      const id = element.getAttribute("data-id")!;
      element.classList.toggle("selected", id === item?.id);
      element.classList.toggle("near", id !== item?.id && near.has(id));
    }
    this.#stopAt(item);
  }

  /** The box that the tab key comes to: the one given, or the first. */
  #stopAt(item: Item | undefined): void {
    for (const element of this.#content.querySelectorAll('[tabindex="0"]')) element.setAttribute("tabindex", "-1");
    const [first] = readingOrder(this.#scene?.boxes ?? []);
    const box = (item && this.#element(item.id)) ?? (first && this.#element(first.item.id));
    box?.setAttribute("tabindex", "0");
  }

  #element(id: string): SVGGElement | null {
    return this.#content.querySelector<SVGGElement>(`[data-id="${id}"]`);
  }
}
