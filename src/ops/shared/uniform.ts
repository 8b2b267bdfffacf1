import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { Dim } from "../../types/dim.js";
import { randomUniformOp } from "../randomUniform.js";
import { checkKey, type Key } from "./key.js";

/** Uniform numbers in [0, 1), of which an op makes others, of a shape that is one: what is wrong with the key is said by its name. */
export function uniform(op: string, key: Key, shape: readonly Dim[]): Node {
  const node = nodeOf(key, op);
  refuse("SW_SHAPE", op, checkKey(op, node));
  return makeNode(randomUniformOp, [node], { shape });
}
