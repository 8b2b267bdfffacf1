import type { Point } from "./scene.js";

/** A part of the drawing, in its own coordinates. */
export interface Region extends Point {
  readonly width: number;
  readonly height: number;
}

const smallest = 0.05;
/** Pixels of the drawing that stay in sight wherever it is moved to. */
const kept = 80;
const largest = 3;
/** Pixels that are left free beside the drawing, and above and below it, where the legend and the buttons lie over it. */
const [aside, above] = [24, 52];

/** What part of the drawing is seen, and how large. Moves with the pointer, the wheel, and two fingers. */
export class Camera {
  scale = 1;
  x = 0;
  y = 0;
  /** The size of the drawing, of which some stays in sight. */
  content: { readonly width: number; readonly height: number } = { width: 0, height: 0 };
  /** The frame's size. */
  width = 0;
  height = 0;
  readonly #pointers = new Map<number, Point>();
  #dragged = false;

  constructor(
    readonly frame: SVGSVGElement,
    readonly moved: () => void,
  ) {
    this.measure();
    frame.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.#down(event));
    frame.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"] as const) {
      frame.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
    }
    // What ends a drag is not a click on what lies beneath.
    frame.addEventListener("click", (event) => this.#dragged && event.stopImmediatePropagation(), { capture: true });
  }

  /** Nobody loses the drawing: a finger's breadth of it stays in the frame. */
  changed(): void {
    const [width, height] = [this.content.width * this.scale, this.content.height * this.scale];
    this.x = Math.min(this.width - Math.min(kept, width), Math.max(Math.min(kept, width) - width, this.x));
    this.y = Math.min(this.height - Math.min(kept, height), Math.max(Math.min(kept, height) - height, this.y));
    this.moved();
  }

  /** Measures the frame, which would lay the whole drawing out each time that it is asked. */
  measure(): void {
    this.width = this.frame.clientWidth;
    this.height = this.frame.clientHeight;
  }

  /** The part that is seen. */
  get region(): Region {
    const { scale } = this;
    return { x: -this.x / scale, y: -this.y / scale, width: this.width / scale, height: this.height / scale };
  }

  /**
   * Shows all of a drawing, no larger than it is; from its top, where its height alone would make it smaller than `least`. Its whole
   * width is always seen: what is cut off at the sides, nobody looks for.
   */
  fit({ width, height }: { readonly width: number; readonly height: number }, least = 0): void {
    const [byWidth, byHeight] = [(this.width - 2 * aside) / width, (this.height - 2 * above) / height];
    const [all, wanted] = [Math.min(byWidth, byHeight, 1), Math.min(byWidth, Math.max(byHeight, least), 1)];
    // What is a little smaller, and whole, is better than its upper part.
    this.scale = all > 0.75 * wanted ? all : wanted;
    this.x = (this.width - width * this.scale) / 2;
    this.y = Math.max((this.height - height * this.scale) / 2, above);
    this.changed();
  }

  /** Brings a region to the middle, without zooming further out than it must to be read. */
  center(region: Region): void {
    this.scale = Math.max(this.scale, 0.75);
    this.x = this.width / 2 - (region.x + region.width / 2) * this.scale;
    this.y = this.height / 2 - (region.y + Math.min(region.height, this.height / this.scale) / 2) * this.scale;
    this.changed();
  }

  /**
   * Moves as little as it takes to have a region in sight; zooms out for it, down to `least`. Of what is larger still, the
   * top is seen.
   */
  reveal(region: Region, least = this.scale): void {
    const wanted = Math.min((this.width - 2 * aside) / region.width, (this.height - 2 * above) / region.height);
    if (wanted < this.scale && least < this.scale) this.zoom(Math.max(wanted, least) / this.scale);
    const seen = this.region;
    const [left, top] = [aside / this.scale, above / this.scale];
    const dx = shift(seen.x, seen.width, region.x - left, region.width + 2 * left, 0.5);
    const dy = shift(seen.y, seen.height, region.y - top, region.height + 2 * top, 0);
    if (dx !== 0 || dy !== 0) this.pan(-dx * this.scale, -dy * this.scale);
  }

  /** Moves the drawing by pixels of the screen. */
  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.changed();
  }

  /** Zooms by a factor about a point of the frame: its middle, unless said otherwise. */
  zoom(factor: number, about: Point = { x: this.width / 2, y: this.height / 2 }): void {
    const scale = Math.min(largest, Math.max(Math.min(smallest, this.scale), this.scale * factor));
    this.x = about.x - ((about.x - this.x) * scale) / this.scale;
    this.y = about.y - ((about.y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.changed();
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // A pinch on a touchpad comes as a wheel with the control key.
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY * unit * 0.005), this.#inFrame(event));
    else if (event.shiftKey) this.pan(-event.deltaY * unit, 0);
    else this.pan(-event.deltaX * unit, -event.deltaY * unit);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, this.#inFrame(event));
    this.#dragged = false;
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#inFrame(event);
    // A hand is not still while it clicks.
    if (!this.#dragged && distance(before, now) < 4) return;
    if (!this.#dragged) this.frame.setPointerCapture(event.pointerId);
    this.#dragged = true;
    this.#pointers.set(event.pointerId, now);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.zoom(distance(now, other) / Math.max(1, distance(before, other)), other);
    else this.pan(now.x - before.x, now.y - before.y);
  }

  #inFrame({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.frame.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

/** How far a window must move to show an interval; for one that is longer, `share` of what is too much is left out before it. */
function shift(from: number, length: number, wanted: number, size: number, share: number): number {
  if (size > length) return wanted + (size - length) * share - from;
  return wanted < from ? wanted - from : Math.max(0, wanted + size - (from + length));
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
