import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { meanOp } from "../mean.js";
import { squareOp } from "../square.js";
import { subtractOp } from "../subtract.js";
import type { ReduceAttributes } from "./reduce.js";

/** Σ (x - mean x)² / n. Not the mean of squares less the square of the mean: of two large numbers, few digits are left. */
export function varianceNode(x: Node, { axes, keepDims }: ReduceAttributes): Node {
  const average = makeNode(meanOp, [x], { axes, keepDims: true });
  const squares = makeNode(squareOp, [makeNode(subtractOp, [x, average], {})], {});
  return makeNode(meanOp, [squares], { axes, keepDims });
}
