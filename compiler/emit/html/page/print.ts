import { byId } from "./elements.js";
import type { Scene } from "./scene.js";

/**
 * Puts all of the drawing onto the paper, which has no scroll bars.
 *
 * @param restore puts the drawing back to where it was
 */
export function startPrinting(scene: () => Scene, restore: () => void): void {
  const frame = byId<SVGSVGElement>("drawing");
  addEventListener("beforeprint", () => {
    const { width, height } = scene();
    frame.setAttribute("viewBox", `0 0 ${width} ${height}`);
    byId<SVGGElement>("content").removeAttribute("transform");
  });
  addEventListener("afterprint", () => {
    frame.removeAttribute("viewBox");
    restore();
  });
}
