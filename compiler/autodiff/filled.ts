import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import type { Dim } from "../../src/types/dim.js";

/** One number in every element of a shape. */
export function filled(value: number, shape: readonly Dim[]): Node {
  return b.op("broadcastTo", [b.scalar(value)], { shape });
}
