import { escapeText } from "../../../compiler/emit/html/pageHead.js";
import { parseShape } from "../edits.js";
import type { Step } from "../finding.js";

type Size = number | string | undefined;

/** How large the largest box of a chain is drawn, in pixels: the axes of images, their channels, and the axes of vectors and tables. */
const [imageSide, channelDepth, vectorLength] = [88, 34, 132];

/** How thin a box may get, so that it is still seen; how long an axis without a number is; and how thick a vector. */
const [thinnest, unknown, thickness] = [4, 40, 14];

/** How depth runs up and to the right. */
const slope = 0.6;

/** Draws a chain's shapes in proportion to its axes: a function that gives an SVG for each. The batch axis is not drawn. */
export function boxes(steps: readonly Step[]): (step: Step) => string {
  const all = steps.flatMap(({ shape }) => (shape === undefined ? [] : [axesOf(shape)]));
  const ofImages = all.filter((axes) => axes.length > 2);
  const others = all.filter((axes) => axes.length < 3);
  const scales = {
    image: imageSide / largest(ofImages.flatMap((axes) => axes.slice(0, -1))),
    // So that the one channel of a grey image is thin where there are no others, too.
    channel: channelDepth / Math.max(8, largest(ofImages.map((axes) => axes.at(-1)))),
    vector: vectorLength / largest(others.flat()),
  };
  const drawn = (size: Size, scale: number) => (typeof size === "number" ? Math.max(thinnest, size * scale) : unknown);
  return ({ name, shape, wrong }) => {
    const label = `${name}${shape === undefined ? "" : `, ${shape}`}`;
    if (wrong || shape === undefined)
      return svg(48, 48, label, `<rect class="${wrong ? "wrong" : "open"}" x="1" y="1" width="46" height="46"/>`);
    const axes = axesOf(shape);
    const isOpen = axes.some((size) => typeof size !== "number");
    if (axes.length < 3) {
      const [height, width] =
        axes.length === 2
          ? axes.map((size) => drawn(size, scales.vector))
          : [thickness, axes.length === 1 ? drawn(axes[0], scales.vector) : thickness];
      return svg(width! + 2, height! + 2, label, rect(1, 1, width!, height!, isOpen));
    }
    const [height, width] = axes.slice(-3, -1).map((size) => drawn(size, scales.image)) as [number, number];
    const depth = drawn(axes.at(-1), scales.channel) * slope;
    const [w, h] = [width + depth + 2, height + depth + 2];
    const [x, y] = [1, depth + 1];
    const face = (points: readonly (readonly [number, number])[], kind: string) =>
      `<polygon class="${kind}${isOpen ? " open" : ""}" points="${points.map(([a, b]) => `${round(a)},${round(b)}`).join(" ")}"/>`;
    const top = face(
      [
        [x, y],
        [x + depth, 1],
        [x + depth + width, 1],
        [x + width, y],
      ],
      "top",
    );
    const side = face(
      [
        [x + width, y],
        [x + width + depth, 1],
        [x + width + depth, 1 + height],
        [x + width, y + height],
      ],
      "side",
    );
    return svg(w, h, label, rect(x, y, width, height, isOpen) + top + side);
  };
}

/** A shape without the axis of samples, which has a name. */
function axesOf(shape: string): readonly Size[] {
  const sizes = parseShape(shape.slice(shape.indexOf("["))) ?? [];
  return typeof sizes[0] === "number" ? sizes : sizes.slice(1);
}

function largest(sizes: readonly Size[]): number {
  return Math.max(1, ...sizes.filter((size) => typeof size === "number"));
}

function rect(x: number, y: number, width: number, height: number, isOpen: boolean): string {
  return `<rect class="face${isOpen ? " open" : ""}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"/>`;
}

function svg(width: number, height: number, label: string, inside: string): string {
  const [w, h] = [round(width), round(height)];
  return `<svg role="img" aria-label="${escapeText(label)}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${inside}</svg>`;
}

const round = (size: number) => Math.round(size * 10) / 10;
