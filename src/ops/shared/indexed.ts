import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { productOf } from "../../types/product.js";
import { sameShape } from "../../types/same-shape.js";
import { dotOp } from "../dot.js";
import { matmulOp } from "../matmul.js";
import { multiplyOp } from "../multiply.js";
import { reshapeOp } from "../reshape.js";
import { sumOp } from "../sum.js";
import { transposeOp } from "../transpose.js";
import { squareDiagonal } from "./squareDiagonal.js";

/** A node whose axes go by names, each by one of its own. */
export interface Indexed {
  readonly node: Node;
  readonly indices: readonly string[];
}

/** A node with names for its axes: an axis of 1 that is to stretch is left out, and of axes with one name the diagonal is taken. */
export function indexed(node: Node, indices: readonly string[], sizeOf: (index: string) => Dim): Indexed {
  const stays = indices.map((index, axis) => node.shape[axis] === sizeOf(index));
  const shape = node.shape.filter((_, axis) => stays[axis]);
  return diagonal(
    reshaped(node, shape),
    indices.filter((_, axis) => stays[axis]),
  );
}

/** The axes in the order of a list, which names each once. */
export function inOrder({ node, indices }: Indexed, order: readonly string[]): Node {
  if (order.every((index, axis) => index === indices[axis])) return node;
  return makeNode(transposeOp, [node], { permutation: order.map((index) => indices.indexOf(index)) });
}

/** The product of two nodes, element by element of the axes that they share, summed over those that are not wanted. */
export function productOfIndexed(a: Indexed, b: Indexed, wanted: ReadonlySet<string>): Indexed {
  const left = summed(a, (index) => wanted.has(index) || b.indices.includes(index));
  const right = summed(b, (index) => wanted.has(index) || a.indices.includes(index));
  const shared = left.indices.filter((index) => right.indices.includes(index));
  const [batch, inner] = [shared.filter((index) => wanted.has(index)), shared.filter((index) => !wanted.has(index))];
  const [rows, columns] = [left, right].map(({ indices }) => indices.filter((index) => !shared.includes(index)));
  const indices = [...batch, ...rows!, ...columns!];
  const sizesOf = (names: readonly string[]) =>
    names.map((index) => (left.indices.includes(index) ? size(left, index) : size(right, index)));
  const shape = sizesOf(indices);
  const [m, k, n] = [rows!, inner, columns!].map((names) => productOf(sizesOf(names))) as [Dim, Dim, Dim];
  const factor = (x: Indexed, order: readonly string[], sizes: readonly Dim[]) =>
    reshaped(inOrder(x, order), [...sizesOf(batch), ...sizes]);
  if (inner.length === 0) {
    const A = factor(left, [...batch, ...rows!], [...sizesOf(rows!), ...columns!.map(() => 1)]);
    const B = factor(right, [...batch, ...columns!], [...rows!.map(() => 1), ...sizesOf(columns!)]);
    return { node: makeNode(multiplyOp, [A, B], {}), indices };
  }
  const A = factor(left, [...batch, ...rows!, ...inner], [m, k]);
  const B = factor(right, [...batch, ...inner, ...columns!], [k, n]);
  const product = batch.length === 0 ? makeNode(dotOp, [A, B], {}) : makeNode(matmulOp, [A, B], {});
  return { node: reshaped(product, shape), indices };
}

/** A node summed over the axes that do not stay. */
export function summed({ node, indices }: Indexed, stays: (index: string) => boolean): Indexed {
  const axes = indices.flatMap((index, axis) => (stays(index) ? [] : [axis]));
  if (axes.length === 0) return { node, indices };
  return { node: makeNode(sumOp, [node], { axes, keepDims: false }), indices: indices.filter(stays) };
}

function size({ node, indices }: Indexed, index: string): Dim {
  return node.shape[indices.indexOf(index)]!;
}

function reshaped(node: Node, shape: readonly Dim[]): Node {
  return sameShape(node.shape, shape) ? node : makeNode(reshapeOp, [node], { shape });
}

/** Of axes with one name, the diagonal, as the last axis. */
function diagonal(node: Node, indices: readonly string[]): Indexed {
  const index = indices.find((each, axis) => indices.indexOf(each) < axis);
  if (index === undefined) return { node, indices };
  const [first, second] = [indices.indexOf(index), indices.indexOf(index, indices.indexOf(index) + 1)];
  const others = indices.flatMap((_, axis) => (axis === first || axis === second ? [] : [axis]));
  const last = makeNode(transposeOp, [node], { permutation: [...others, first, second] });
  return diagonal(squareDiagonal(last), [...others.map((axis) => indices[axis]!), index]);
}
