import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { castOp } from "../cast.js";
import { scalarNode } from "../constant.js";
import { divideOp } from "../divide.js";
import { equalOp } from "../equal.js";
import { selectOp } from "../select.js";
import { squareOp } from "../square.js";
import { subtractOp } from "../subtract.js";
import { sumOp } from "../sum.js";
import type { ReduceAttributes } from "./reduce.js";

/** Which elements are not NaN. */
export function isKnown(x: Node): Node {
  return makeNode(equalOp, [x, x], {});
}

/** The elements, with a number in the place of NaN. */
export function knownOr(x: Node, other: number): Node {
  return makeNode(selectOp, [isKnown(x), x, scalarNode(other)], {});
}

/** How many elements are not NaN, as float32. */
export function countKnown(x: Node, attributes: ReduceAttributes): Node {
  return makeNode(sumOp, [makeNode(castOp, [isKnown(x)], { dtype: "float32" })], attributes);
}

/** The mean of the elements that are not NaN: NaN of none. */
export function meanOfKnown(x: Node, attributes: ReduceAttributes): Node {
  const total = makeNode(sumOp, [knownOr(x, 0)], attributes);
  return makeNode(divideOp, [total, countKnown(x, attributes)], {});
}

/** Their variance. */
export function varianceOfKnown(x: Node, attributes: ReduceAttributes): Node {
  const average = meanOfKnown(x, { ...attributes, keepDims: true });
  const difference = makeNode(selectOp, [isKnown(x), makeNode(subtractOp, [x, average], {}), scalarNode(0)], {});
  const total = makeNode(sumOp, [makeNode(squareOp, [difference], {})], attributes);
  return makeNode(divideOp, [total, countKnown(x, attributes)], {});
}
