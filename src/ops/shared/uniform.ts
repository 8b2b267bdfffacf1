import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { Dim } from "../../types/dim.js";
import { randomUniformOp } from "../randomUniform.js";
import { checkDims } from "./checkDims.js";
import { checkKey, type Key } from "./key.js";

/** Uniform numbers in [0, 1), of which an op makes others: what is wrong is said by its name. */
export function uniform(op: string, key: Key, shape: readonly Dim[]): Node {
  const node = nodeOf(key);
  refuse("SW_VALUE", op, checkDims(op, shape));
  refuse("SW_SHAPE", op, checkKey(op, node));
  return makeNode(randomUniformOp, [node], { shape });
}
