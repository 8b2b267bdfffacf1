import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { OptionRules } from "../../ir/options.js";
import type { Dim } from "../../types/dim.js";
import { places } from "../arange.js";
import { reshapeOp } from "../reshape.js";
import { subtractOp } from "../subtract.js";
import { type Offset, offsetRule, placesFrom } from "./turned-places.js";

/** Options of what depends on how far places are apart. */
export interface DistanceOptions {
  /** The number of the query's first place among the keys', such as that of the one place that a step of generation has. @default 0 */
  readonly offset?: Offset;
}

export const distanceRules: OptionRules<DistanceOptions> = { offset: offsetRule };

/** How many places each key is behind each place of a query: [time, source], int32. Negative for those before it. */
export function distances(time: Dim, source: Dim, offset: Offset): Node {
  const own = makeNode(reshapeOp, [placesFrom(time, offset)], { shape: [time, 1] });
  return makeNode(subtractOp, [places(source), own], {});
}
