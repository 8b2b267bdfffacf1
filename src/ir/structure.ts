import { ShapewrightError } from "./errors.js";
import { inWords } from "./inWords.js";
import { isTensor, type Node, nodeOf, tensorOf } from "./node.js";
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
export function tensorsOf<W extends Structure>(structure: W): [string, W extends TensorLike ? W : W[keyof W]][] {
  if (isTensor(structure)) return [["", structure]] as never;
  // The entries of a list with a hole have it, as undefined; those of an object do not.
  if (Array.isArray(structure)) return Array.from(structure, (tensor, i) => [`${i}`, tensor]) as never;
  if (typeof structure === "object" && structure !== null) return Object.entries(structure) as never;
  const message = `a tensor is wanted, or a list or record of tensors, got ${inWords(structure)}`;
  throw new ShapewrightError("SW_VALUE", message);
}

/** The nodes of a structure by their places. */
export function placesOf(structure: Structure): [string, Node][] {
  return tensorsOf(structure).map(([place, tensor]) => [place, nodeOf(tensor as TensorLike)]);
}

/** The nodes of a structure, in order. */
export function nodesOf(structure: Structure): Node[] {
  return placesOf(structure).map(([, node]) => node);
}

/** Puts nodes in the places of a structure's own. The caller vouches for their types. */
export function arrangeLike<L>(structure: Structure, nodes: readonly Node[]): L {
  if (isTensor(structure)) return tensorOf(nodes[0]!) as L;
  if (Array.isArray(structure)) return nodes.map((node) => tensorOf(node)) as L;
  return Object.fromEntries(Object.keys(structure).map((place, i) => [place, tensorOf(nodes[i]!)])) as L;
}
