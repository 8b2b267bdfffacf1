import type { Dim, Shape } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import { type Show, show } from "../../../types/show.js";

/** The names of the spatial axes, by how many there are. */
export const axisNames = { 1: ["time"], 2: ["height", "width"], 3: ["depth", "height", "width"] } as const;

/** How many spatial axes there can be. */
export type SpatialRank = keyof typeof axisNames;

/** The same as text, by how many axes a tensor with them has. */
export interface AxisTexts {
  3: "time";
  4: "height, width";
  5: "depth, height, width";
}

export const notImages = "{op}: takes [batch, {axes}, channels], got {shape}";

/** `unknown` where a tensor has the axes that an op takes, else the message. */
export type CheckImages<Op extends string, S extends Shape, Axes extends keyof AxisTexts> = number extends S["length"]
  ? unknown
  : S["length"] extends Axes
    ? unknown
    : Message<typeof notImages, { op: Op; axes: AxisTexts[Axes]; shape: Show<S> }>;

/** Runtime twin of `CheckImages`. */
export function checkImages(op: string, shape: readonly Dim[], rank: SpatialRank): string | undefined {
  if (shape.length === rank + 2) return undefined;
  return fill(notImages, { op, axes: axisNames[rank].join(", "), shape: show(shape) });
}
