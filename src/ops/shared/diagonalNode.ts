import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { axisRule, checkOption, int32 } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import { normalizeAxis } from "../../types/axis.js";
import { checkAxes } from "../../types/reduce.js";
import { sliceOp } from "../slice.js";
import { transposeOp } from "../transpose.js";
import { checkDiagonal, diagonalSize } from "./diagonal-shape.js";
import { squareDiagonal } from "./squareDiagonal.js";

/** The k-th diagonal of the matrices on two axes, as the last axis. */
export function diagonalNode(op: string, x: TensorLike, k = 0, axis1 = 0, axis2 = 1): Node {
  const node = nodeOf(x, op);
  checkOption(op, "offset", k, int32);
  checkOption(op, "axis1", axis1, axisRule);
  checkOption(op, "axis2", axis2, axisRule);
  refuse("SW_VALUE", op, checkAxes(op, node.shape, [axis1, axis2]));
  refuse("SW_SHAPE", op, checkDiagonal(op, node.shape, k, axis1, axis2));
  const matrixAxes = [axis1, axis2].map((axis) => normalizeAxis(node.shape, axis));
  const others = node.shape.flatMap((_, axis) => (matrixAxes.includes(axis) ? [] : [axis]));
  return calling(op, () => {
    const matrices = makeNode(transposeOp, [node], { permutation: [...others, ...matrixAxes] });
    const before = others.map((axis) => node.shape[axis]!);
    const [rows, columns] = matrices.shape.slice(-2);
    const n = diagonalSize(rows!, columns!, k);
    const begin = [...before.map(() => 0), Math.max(-k, 0), Math.max(k, 0)];
    const isSquare = n === rows && n === columns;
    return squareDiagonal(isSquare ? matrices : makeNode(sliceOp, [matrices], { begin, size: [...before, n, n] }));
  });
}
