import { html } from "../../../compiler/emit/html/page/elements.js";

/** A canvas that says in words what is drawn on it, as sharp as the screen. `draw` has the size in CSS's pixels. */
export function drawnOn(
  label: string,
  { width, height }: { readonly width: number; readonly height: number },
  draw: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const scale = Math.max(1, devicePixelRatio);
  const canvas = html("canvas", { role: "img", "aria-label": label });
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
  const context = canvas.getContext("2d")!;
  context.scale(scale, scale);
  draw(context);
  return canvas;
}
