import type { Node } from "../../ir/node.js";
import type { Compatible } from "../../types/compatible.js";
import type { Dim } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, type ShowDim, show } from "../../types/show.js";
import { productOfIndexed } from "./indexed.js";

export const contractedSizes = "{op}: {a} · {b}: the axes summed over together are {k} and {l}";

/** The product of two nodes, summed over pairs of axes: the other axes of the first, and then those of the second. */
export function contracted(a: Node, b: Node, axesOfA: readonly number[], axesOfB: readonly number[]): Node {
  const name = (side: string, axes: readonly number[]) => (_: unknown, axis: number) =>
    axes.includes(axis) ? `${axes.indexOf(axis)}` : `${side}${axis}`;
  const left = { node: a, indices: a.shape.map(name("a", axesOfA)) };
  const right = { node: b, indices: b.shape.map(name("b", axesOfB)) };
  const shared = new Set(left.indices.filter((index) => right.indices.includes(index)));
  const wanted = [...left.indices, ...right.indices].filter((index) => !shared.has(index));
  return productOfIndexed(left, right, new Set(wanted)).node;
}

/** `unknown` where the sizes of two lists, pair by pair, can be the same, else the message. */
export type CheckContracted<Op extends string, A, B, K, L> = K extends [infer X, ...infer RestK]
  ? L extends [infer Y, ...infer RestL]
    ? MustMatch<Op, A, B, X, Y, RestK, RestL>
    : unknown
  : unknown;

/** An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustMatch<Op extends string, A, B, X, Y, RestK, RestL> =
  Compatible<X, Y> extends true
    ? CheckContracted<Op, A, B, RestK, RestL>
    : Message<typeof contractedSizes, { op: Op; a: Show<A>; b: Show<B>; k: ShowDim<X>; l: ShowDim<Y> }>;

/** Runtime twin of `CheckContracted`. */
export function checkContracted(
  op: string,
  a: readonly Dim[],
  b: readonly Dim[],
  ks: readonly Dim[],
  ls: readonly Dim[],
): string | undefined {
  const at = ks.findIndex((k, i) => k !== ls[i]);
  return at < 0 ? undefined : fill(contractedSizes, { op, a: show(a), b: show(b), k: ks[at]!, l: ls[at]! });
}
