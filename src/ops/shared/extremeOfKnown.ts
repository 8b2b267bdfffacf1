import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { scalarNode } from "../constant.js";
import { greaterOp } from "../greater.js";
import type { maxOp } from "../max.js";
import type { minOp } from "../min.js";
import { selectOp } from "../select.js";
import { countKnown, knownOr } from "./known.js";
import type { ReduceAttributes } from "./reduce.js";

/** The largest or smallest of the elements that are not NaN: NaN of none. */
export function extremeOfKnown(definition: typeof maxOp | typeof minOp, x: Node, attributes: ReduceAttributes): Node {
  const least = definition.name === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const found = makeNode(definition as typeof maxOp, [knownOr(x, least)], attributes);
  const some = makeNode(greaterOp, [countKnown(x, attributes), scalarNode(0)], {});
  return makeNode(selectOp, [some, found, scalarNode(Number.NaN)], {});
}
