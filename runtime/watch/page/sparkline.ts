import { colorOf } from "./colorOf.js";
import { drawnOn } from "./drawnOn.js";

const size = { width: 132, height: 26 };
/** From the edges, in pixels. */
const margin = 2;

/** What a sparkline shows. */
export interface Sparkline {
  /** Where each value was taken: the step. */
  readonly xs: readonly number[];
  /** From 0, at the bottom, to 1; what is beyond is drawn at the edge, and nothing where there is none. */
  readonly ys: readonly (number | undefined)[];
  /** What is as it should be, from and to. */
  readonly band?: readonly [number, number];
  readonly label: string;
}

/** A small curve without axes. */
export function sparkline({ xs, ys, band, label }: Sparkline): HTMLCanvasElement {
  const [begin, end] = [xs[0] ?? 0, xs.at(-1) ?? 0];
  const across = (x: number) => margin + ((size.width - 2 * margin) * (x - begin)) / Math.max(1, end - begin);
  const up = (y: number) => margin + (size.height - 2 * margin) * (1 - Math.min(1, Math.max(0, y)));
  return drawnOn(label, size, (context) => {
    if (band) {
      context.fillStyle = colorOf("--healthy");
      context.fillRect(0, up(band[1]), size.width, up(band[0]) - up(band[1]));
    }
    context.strokeStyle = colorOf("--accent");
    context.fillStyle = colorOf("--accent");
    context.lineWidth = 1.5;
    context.beginPath();
    let isDown = false;
    for (const [i, y] of ys.entries()) {
      if (y === undefined) isDown = false;
      else if (isDown) context.lineTo(across(xs[i]!), up(y));
      else {
        context.moveTo(across(xs[i]!), up(y));
        isDown = true;
      }
    }
    context.stroke();
    const last = ys.at(-1);
    if (last === undefined) return;
    context.beginPath();
    context.arc(across(end), up(last), 2, 0, 2 * Math.PI);
    context.fill();
  });
}
