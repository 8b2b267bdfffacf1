import type { Camera } from "./camera.js";
import { svg } from "./elements.js";
import type { Scene } from "./scene.js";

const largest = { width: 150, height: 220 };

/** The whole drawing in small, where it is larger than the window, with a frame around what is seen of it. */
export class Minimap {
  #scale = 1;
  readonly #seen = svg("rect", { class: "seen" });

  constructor(
    readonly element: SVGSVGElement,
    readonly camera: Camera,
  ) {
    const go = (event: PointerEvent) => {
      if (event.buttons !== 1) return;
      const { left, top } = element.getBoundingClientRect();
      const { width, height, x, y } = camera.region;
      const [toX, toY] = [(event.clientX - left) / this.#scale, (event.clientY - top) / this.#scale];
      camera.pan((x + width / 2 - toX) * camera.scale, (y + height / 2 - toY) * camera.scale);
    };
    element.addEventListener("pointerdown", go);
    element.addEventListener("pointermove", go);
  }

  draw({ boxes, width, height }: Scene): void {
    this.#scale = Math.min(largest.width / width, largest.height / height);
    this.element.setAttribute("width", String(width * this.#scale));
    this.element.setAttribute("height", String(height * this.#scale));
    const rectangles = boxes.map((box) => {
      const kind = box.item.type === "group" ? "group" : box.item.node.kind;
      const [x, y, w, h] = [box.x, box.y, box.width, box.height].map((length) => length * this.#scale);
      return svg("rect", { class: kind, x: x!, y: y!, width: Math.max(w!, 1), height: Math.max(h!, 1) });
    });
    this.element.replaceChildren(...rectangles, this.#seen);
    this.follow({ width, height });
  }

  /** Frames what the camera sees. */
  follow({ width, height }: { readonly width: number; readonly height: number }): void {
    const { region } = this.camera;
    const all =
      region.x <= 0 && region.y <= 0 && region.x + region.width >= width && region.y + region.height >= height;
    this.element.style.display = all ? "none" : "";
    for (const name of ["x", "y", "width", "height"] as const) {
      this.#seen.setAttribute(name, String(region[name] * this.#scale));
    }
  }
}
