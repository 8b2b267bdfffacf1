import { isTensor, type Node, nodeOf, notATensor, tensorOf } from "./node.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "./tensor.js";

/** One tensor, a list of tensors, or a record of them. */
export type Structure = TensorLike | readonly TensorLike[] | Readonly<Record<string, TensorLike>>;

/** Tensors in the same places as those of a structure, each of the same shape and dtype. */
export type Like<W> = W extends TensorLike
  ? Tensor<ShapeOf<W>, DTypeOf<W>>
  : { -readonly [K in keyof W]: Tensor<ShapeOf<W[K]>, DTypeOf<W[K]>> };

/**
 * The tensors of a structure by their places; a single tensor has the place "".
 *
 * @throws SW_VALUE when it is none
 */
export function tensorsOf<W extends Structure>(
  structure: W,
  op?: string,
): [string, W extends TensorLike ? W : W[keyof W]][] {
  if (isTensor(structure)) return [["", structure]] as never;
  // The entries of a list with a hole have it, as undefined; those of an object do not.
  if (Array.isArray(structure)) return Array.from(structure, (tensor, i) => [`${i}`, tensor]) as never;
  if (typeof structure === "object" && structure !== null) return Object.entries(structure) as never;
  throw notATensor(op, structure, "a tensor, or a list or record of tensors");
}

/** The nodes of a structure by their places. */
export function placesOf(structure: Structure, op?: string): [string, Node][] {
  return tensorsOf(structure, op).map(([place, tensor]) => [place, nodeOf(tensor as TensorLike, op)]);
}

/** The nodes of a structure, in order. */
export function nodesOf(structure: Structure, op?: string): Node[] {
  return placesOf(structure, op).map(([, node]) => node);
}

/** Puts nodes in the places of a structure's own. The caller vouches for their types. */
export function arrangeLike<L>(structure: Structure, nodes: readonly Node[]): L {
  if (isTensor(structure)) return tensorOf(nodes[0]!) as L;
  if (Array.isArray(structure)) return nodes.map((node) => tensorOf(node)) as L;
  return Object.fromEntries(Object.keys(structure).map((place, i) => [place, tensorOf(nodes[i]!)])) as L;
}
