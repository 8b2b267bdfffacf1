import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { checkOption, int32 } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import { dimAt, type SplitAt } from "../../types/axis.js";
import type { Dim, Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { addOp } from "../add.js";
import { places } from "../arange.js";
import { scalarNode } from "../constant.js";
import { greaterEqualOp } from "../greaterEqual.js";
import { reshapeOp } from "../reshape.js";
import { selectOp } from "../select.js";

export const notMatrix = "{op}: takes rows and columns on the last two axes, got {shape}";

/** `unknown` where a tensor has rows and columns, else the message. */
export type CheckMatrix<Op extends string, S extends Shape> =
  SplitAt<S, -2> extends "outside" ? Message<typeof notMatrix, { op: Op; shape: Show<S> }> : unknown;

/** Runtime twin of `CheckMatrix`. */
export function checkMatrix(op: string, shape: readonly Dim[]): string | undefined {
  return shape.length >= 2 ? undefined : fill(notMatrix, { op, shape: show(shape) });
}

/** A matrix with zeros above its k-th diagonal, or below it. What is left out may be anything: it is chosen, not multiplied. */
export function triangle(op: "tril" | "triu", x: TensorLike, k: number): Node {
  const node = nodeOf(x, op);
  checkOption(op, "k", k, int32);
  refuse("SW_SHAPE", op, checkMatrix(op, node.shape));
  return calling(op, () => {
    const { row, column } = rowAndColumn(node);
    // No diagonal lies further out than 2³⁰, up to which int32 holds a row's number with it.
    const diagonal = makeNode(addOp, [row, scalarNode(Math.min(k, 2 ** 30), "int32")], {});
    const kept = makeNode(greaterEqualOp, op === "tril" ? [diagonal, column] : [column, diagonal], {});
    return makeNode(selectOp, [kept, node, scalarNode(0, node.dtype)], {});
  });
}

/** The number of each element's row, [rows, 1], and that of its column, [columns], in matrices. */
export function rowAndColumn({ shape }: Node): { readonly row: Node; readonly column: Node } {
  const [rows, columns] = [dimAt(shape, -2), dimAt(shape, -1)];
  return { row: makeNode(reshapeOp, [places(rows)], { shape: [rows, 1] }), column: places(columns) };
}
