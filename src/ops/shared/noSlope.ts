import type { Builder } from "../../ir/builder.js";
import type { Node } from "../../ir/node.js";

/** The gradient of a step function, zero wherever it exists: nothing flows back, however much comes. */
export function noSlope(b: Builder, dy: Node): Node {
  return b.op("broadcastTo", [b.scalar(0)], { shape: dy.shape });
}
