import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { matmulOp } from "../matmul.js";
import { meanOp } from "../mean.js";
import { subtractOp } from "../subtract.js";

/** Sums over observations of products of how far variables are from their means: [..., variables, variables]. */
export function productsOfDeviations(x: Node): Node {
  const mean = makeNode(meanOp, [x], { axes: [x.rank - 1], keepDims: true });
  const apart = makeNode(subtractOp, [x, mean], {});
  return makeNode(matmulOp, [apart, apart], { transposeB: true });
}
