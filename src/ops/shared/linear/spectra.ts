import type { Builder } from "../../../ir/builder.js";
import type { Node } from "../../../ir/node.js";
import { triangles } from "./matrices.js";

/** The numbers of the last axis on the diagonals of matrices, in a gradient. */
export function onDiagonal(b: Builder, x: Node): Node {
  const row = b.op("reshape", [x], { shape: [...x.shape.slice(0, -1), 1, x.shape.at(-1)!] });
  return b.op("multiply", [row, triangles(b, x.shape.at(-1)!, 0, 1, 0)]);
}

/** F_ij = 1/(x_j - x_i), and 0 where they are equal, as on the diagonal. */
export function differences(b: Builder, x: Node): Node {
  const [before, n] = [x.shape.slice(0, -1), x.shape.at(-1)!];
  const row = b.op("reshape", [x], { shape: [...before, 1, n] });
  const column = b.op("reshape", [x], { shape: [...before, n, 1] });
  return inverseOrZero(b, b.op("subtract", [row, column]));
}

/** 1/x, and 0 for 0. */
export function inverseOrZero(b: Builder, x: Node): Node {
  const isZero = b.op("equal", [x, b.scalar(0)]);
  const safe = b.op("select", [isZero, b.scalar(1), x]);
  return b.op("select", [isZero, b.scalar(0), b.op("divide", [b.scalar(1), safe])]);
}
