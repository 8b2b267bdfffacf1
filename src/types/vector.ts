import type { Dim, Shape } from "./dim.js";
import { fill, type Message } from "./message.js";
import { type Show, show } from "./show.js";

export const notAVector = "{op}: takes a vector, got {shape}";

/** `unknown` for a shape of one axis, or of unknown rank, else the message. */
export type CheckVector<Op extends string, S extends Shape> = number extends S["length"]
  ? unknown
  : S["length"] extends 1
    ? unknown
    : Message<typeof notAVector, { op: Op; shape: Show<S> }>;

/** Runtime twin of `CheckVector`. */
export function checkVector(op: string, shape: readonly Dim[]): string | undefined {
  return shape.length === 1 ? undefined : fill(notAVector, { op, shape: show(shape) });
}
