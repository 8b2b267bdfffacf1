import { type Broadcast, broadcast, type CheckBroadcast, checkBroadcast } from "../../types/broadcast.js";
import type { Compatible } from "../../types/compatible.js";
import type { Batched, Dim, Shape, SplitLast, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, type ShowDim, show } from "../../types/show.js";
import type { DotAttributes } from "./matrices.js";

export const noAxisToSum = "matmul: {a} · {b}: a scalar has no axis to sum over";
export const vectorTurned = "matmul: {option} swaps the last two axes, but {shape} has one";
export const innerAxesDiffer = "matmul: {a} · {b}: the axes summed over are {k} and {l}";
export const batchesDiffer = "matmul: {a} · {b}: the batch axes {m} and {n} do not broadcast";

/** The matrices in an operand: how many batches of them there are, and their sizes. */
interface Matrices<Batch, Rows, Columns> {
  readonly batch: Batch;
  readonly rows: Rows;
  readonly columns: Columns;
}

/** What a product reads of an operand: its matrices, the length of a vector, "scalar", or "unknown". */
type Read<S extends Shape, Turn extends boolean> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Lead extends Shape, infer Last extends Dim]
      ? SplitLast<Lead> extends infer SplitLead
        ? SplitLead extends [infer Batch extends Shape, infer Row extends Dim]
          ? boolean extends Turn
            ? Matrices<Batch, number, number>
            : Turn extends true
              ? Matrices<Batch, Last, Row>
              : Matrices<Batch, Row, Last>
          : SplitLead extends []
            ? { readonly vector: Last }
            : "unknown"
        : never
      : Split extends []
        ? "scalar"
        : "unknown"
    : never;

/** The shape of a product of matrices, batch by batch; a vector is a row on the left and a column on the right, which is gone after. */
export type Matmul<A extends Shape, B extends Shape, TurnA extends boolean, TurnB extends boolean> =
  Read<A, TurnA> extends infer Left
    ? Read<B, TurnB> extends infer Right
      ? Left extends Matrices<infer M extends Shape, infer Rows extends Dim, unknown>
        ? Right extends Matrices<infer N extends Shape, unknown, infer Columns extends Dim>
          ? Batched<Broadcast<M, N>, [Rows, Columns]>
          : Right extends { readonly vector: unknown }
            ? Batched<M, [Rows]>
            : UnknownShape
        : Left extends { readonly vector: unknown }
          ? Right extends Matrices<infer N extends Shape, unknown, infer Columns extends Dim>
            ? Batched<N, [Columns]>
            : Right extends { readonly vector: unknown }
              ? []
              : UnknownShape
          : UnknownShape
      : never
    : never;

/** `unknown` where `a · b` exists, else the message. */
export type CheckMatmul<A extends Shape, B extends Shape, TurnA extends boolean, TurnB extends boolean> =
  Read<A, TurnA> extends infer Left
    ? Read<B, TurnB> extends infer Right
      ? "unknown" extends Left | Right
        ? unknown
        : "scalar" extends Left | Right
          ? Message<typeof noAxisToSum, { a: Show<A>; b: Show<B> }>
          : MatmulMustMatch<A, B, Inner<Left, "columns">, Inner<Right, "rows">, BatchOf<Left>, BatchOf<Right>>
      : never
    : never;

/** An alias of its own, as the next is: while they are open, within a generic function, editors show them by these names. */
type MatmulMustMatch<A extends Shape, B extends Shape, K, L, M extends Shape, N extends Shape> =
  Compatible<K, L> extends true
    ? BatchesMustBroadcast<A, B, M, N>
    : Message<typeof innerAxesDiffer, { a: Show<A>; b: Show<B>; k: ShowDim<K>; l: ShowDim<L> }>;

/** The axis of an operand that is summed over. */
type Inner<Operand, Side extends "rows" | "columns"> = Operand extends { readonly vector: infer D }
  ? D
  : Operand extends { readonly [_ in Side]: infer D }
    ? D
    : number;

type BatchOf<Operand> = Operand extends { readonly batch: infer S extends Shape } ? S : [];

type BatchesMustBroadcast<A extends Shape, B extends Shape, M extends Shape, N extends Shape> =
  unknown extends CheckBroadcast<"matmul", M, N>
    ? unknown
    : Message<typeof batchesDiffer, { a: Show<A>; b: Show<B>; m: Show<M>; n: Show<N> }>;

/** `unknown` where an operand that is read transposed has two axes to swap, else the message. */
export type CheckTurned<Option extends string, S extends Shape, Turn extends boolean> = Turn extends true
  ? Read<S, Turn> extends { readonly vector: unknown }
    ? Message<typeof vectorTurned, { option: Option; shape: Show<S> }>
    : unknown
  : unknown;

/** The shape of an operand with its last two axes swapped, if it is read transposed. */
function turned<D>(shape: readonly D[], turn: boolean | undefined): readonly D[] {
  return turn ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;
}

/** Runtime twin of `CheckMatmul` and `CheckTurned`. */
export function checkMatmul(
  a: readonly Dim[],
  b: readonly Dim[],
  { transposeA, transposeB }: DotAttributes,
): string | undefined {
  const given = { a: show(a), b: show(b) };
  if (a.length === 0 || b.length === 0) return fill(noAxisToSum, given);
  const k = a.length === 1 ? a[0]! : turned(a, transposeA).at(-1)!;
  const l = b.length === 1 ? b[0]! : turned(b, transposeB).at(-2)!;
  if (k !== l) return fill(innerAxesDiffer, { ...given, k, l });
  const [m, n] = [a.slice(0, -2), b.slice(0, -2)];
  if (checkBroadcast("matmul", m, n)) return fill(batchesDiffer, { ...given, m: show(m), n: show(n) });
  if (transposeA && a.length === 1) return fill(vectorTurned, { option: "transposeA", shape: given.a });
  if (transposeB && b.length === 1) return fill(vectorTurned, { option: "transposeB", shape: given.b });
  return undefined;
}

/** The shape of a product of matrices that `checkMatmul` has accepted: `Matmul` of two operands that are no vectors. */
export function matmulShape<D extends Dim>(
  a: readonly D[],
  b: readonly D[],
  { transposeA, transposeB }: DotAttributes,
): Dim[] {
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return [...batch, turned(a, transposeA).at(-2)!, turned(b, transposeB).at(-1)!];
}
