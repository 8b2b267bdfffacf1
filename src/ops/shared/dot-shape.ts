import type { Compatible } from "../../types/compatible.js";
import type { Batched, Dim, Shape, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

export const unequalSummed = "dot: {a} · {b}: last axis {k} ≠ first axis {l}";
export const notVectorOrMatrix = "dot: {a} · {b}: the second operand is a vector or a matrix";

/** `unknown` where `a · b` exists, else the message. */
export type CheckDot<A extends Shape, K extends Dim, L extends Dim, U extends Shape> = number extends U["length"]
  ? unknown
  : U["length"] extends 0 | 1
    ? DotMustMatch<[...A, K], [L, ...U], K, L>
    : Message<typeof notVectorOrMatrix, { a: Show<[...A, K]>; b: Show<[L, ...U]> }>;

/** An alias of its own: while it is open, within a generic function, editors show it by this name. */
type DotMustMatch<A extends Shape, B extends Shape, K extends Dim, L extends Dim> =
  Compatible<K, L> extends true ? unknown : Message<typeof unequalSummed, { a: Show<A>; b: Show<B>; k: K; l: L }>;

/** The shape of a product: what stands before the axis summed over, and what stands behind it. */
export type Dot<A extends Shape, U extends Shape> = number extends U["length"]
  ? UnknownShape
  : U["length"] extends 0 | 1
    ? Batched<A, U>
    : UnknownShape;

/** Runtime twin of `CheckDot`. */
export function checkDot(a: readonly Dim[], b: readonly Dim[]): string | undefined {
  const [k, l] = [a.at(-1), b[0]];
  const given = { a: show(a), b: show(b) };
  if (k === undefined) return `dot: ${given.a} · ${given.b}: the first operand has no axis`;
  if (l === undefined || b.length > 2) return fill(notVectorOrMatrix, given);
  return k === l ? undefined : fill(unequalSummed, { ...given, k, l });
}
