import { aNumber, listOf, natural, type notTaken, type OptionRule } from "../../ir/options.js";
import type { DimAt } from "../../types/axis.js";
import type { Batched, Dim, IsUnknown, Shape, SplitFirst, SplitLast, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type CheckAxes, checkAxes, type RemoveAxes } from "../../types/reduce.js";
import { type Show, show } from "../../types/show.js";
import { type CheckContracted, checkContracted } from "./contracted.js";

/** How many axes at the end of the first operand and at the beginning of the second; or which of the one and which of the other. */
export type ContractedAxes = number | readonly [readonly number[], readonly number[]];

export const tooManyContracted =
  "tensordot: {n} axes at the end of {a} and the beginning of {b} are more than there are";
export const unpairedAxes = "tensordot: axes {from} and {to} are not pairs";

/** What is left of a shape, and what has been taken off: n axes at the end, or at the beginning. "unknown" where its rank is. */
type TakeLast<S, N extends number, Taken extends unknown[] = []> = Taken["length"] extends N
  ? [S, Taken]
  : SplitLast<S> extends infer Split
    ? Split extends [infer Rest, infer D]
      ? TakeLast<Rest, N, [D, ...Taken]>
      : Split extends []
        ? "too many"
        : "unknown"
    : never;
type TakeFirst<S, N extends number, Taken extends unknown[] = []> = Taken["length"] extends N
  ? [S, Taken]
  : SplitFirst<S> extends infer Split
    ? Split extends [infer D, infer Rest]
      ? TakeFirst<Rest, N, [...Taken, D]>
      : Split extends []
        ? "too many"
        : "unknown"
    : never;

type DimsAt<S extends Shape, P extends readonly number[], Done extends unknown[] = []> = P extends readonly [
  infer Axis extends number,
  ...infer Rest extends readonly number[],
]
  ? DimsAt<S, Rest, [...Done, DimAt<S, Axis>]>
  : Done;

/** The axes of two tensors that are not summed over. */
export type Tensordot<A extends Shape, B extends Shape, X extends ContractedAxes> = X extends number
  ? IsUnknown<X> extends true
    ? UnknownShape
    : TakeLast<A, X> extends [infer M extends Shape, unknown]
      ? TakeFirst<B, X> extends [infer N extends Shape, unknown]
        ? Batched<M, N>
        : UnknownShape
      : UnknownShape
  : X extends readonly [infer P extends readonly number[], infer Q extends readonly number[]]
    ? Batched<RemoveAxes<A, P>, RemoveAxes<B, Q>>
    : UnknownShape;

export const axesOfBoth = {
  takes: "an integer from 0, or two lists of axes, such as [[1], [0]]",
  accepts: (value) =>
    natural.accepts(value) || (listOf(listOf(aNumber)).accepts(value) && (value as readonly unknown[]).length === 2),
} as const satisfies OptionRule;

type IsNoCount<N extends string> = N extends `${string}${"-" | "." | "e"}${string}` ? true : false;

/** `unknown` where there are such axes, else the message. */
export type CheckTensordotAxes<A extends Shape, B extends Shape, X extends ContractedAxes> = X extends number
  ? IsUnknown<X> extends true
    ? unknown
    : IsNoCount<`${X}`> extends true
      ? Message<typeof notTaken, { op: "tensordot"; option: "axes"; given: X; takes: typeof axesOfBoth.takes }>
      : "too many" extends TakeLast<A, X> | TakeFirst<B, X>
        ? Message<typeof tooManyContracted, { n: X; a: Show<A>; b: Show<B> }>
        : unknown
  : X extends readonly [infer P extends readonly number[], infer Q extends readonly number[]]
    ? CheckAxes<"tensordot", A, P> extends infer Wrong extends string
      ? Wrong
      : CheckAxes<"tensordot", B, Q> extends infer Wrong extends string
        ? Wrong
        : number extends P["length"] | Q["length"]
          ? unknown
          : P["length"] extends Q["length"]
            ? unknown
            : Message<typeof unpairedAxes, { from: Show<[...P]>; to: Show<[...Q]> }>
    : unknown;

/** `unknown` where the axes that are summed over together have the same sizes, or are none, else the message. */
export type CheckTensordot<A extends Shape, B extends Shape, X extends ContractedAxes> =
  CheckTensordotAxes<A, B, X> extends string ? unknown : CheckPairs<A, B, X>;

type CheckPairs<A extends Shape, B extends Shape, X extends ContractedAxes> = X extends number
  ? IsUnknown<X> extends true
    ? unknown
    : TakeLast<A, X> extends [unknown, infer K]
      ? TakeFirst<B, X> extends [unknown, infer L]
        ? CheckContracted<"tensordot", A, B, K, L>
        : unknown
      : unknown
  : X extends readonly [infer P extends readonly number[], infer Q extends readonly number[]]
    ? CheckContracted<"tensordot", A, B, DimsAt<A, P>, DimsAt<B, Q>>
    : unknown;

/** The axes of each operand that are summed over, from the start. */
export function contractedAxes(a: readonly Dim[], b: readonly Dim[], axes: ContractedAxes): [number[], number[]] {
  const [p, q] =
    typeof axes === "number"
      ? [Array.from({ length: axes }, (_, i) => a.length - axes + i), Array.from({ length: axes }, (_, i) => i)]
      : axes;
  const fromStart = (shape: readonly Dim[], list: readonly number[]) =>
    list.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return [fromStart(a, p), fromStart(b, q)];
}

/** Runtime twin of `CheckTensordotAxes`. */
export function checkTensordotAxes(a: readonly Dim[], b: readonly Dim[], axes: ContractedAxes): string | undefined {
  if (typeof axes === "number") {
    const fits = axes <= Math.min(a.length, b.length);
    return fits ? undefined : fill(tooManyContracted, { n: axes, a: show(a), b: show(b) });
  }
  const [p, q] = axes;
  const wrong = checkAxes("tensordot", a, p) ?? checkAxes("tensordot", b, q);
  return wrong ?? (p.length === q.length ? undefined : fill(unpairedAxes, { from: show(p), to: show(q) }));
}

/** Runtime twin of `CheckTensordot`, for axes that `checkTensordotAxes` has accepted. */
export function checkTensordot(a: readonly Dim[], b: readonly Dim[], axes: ContractedAxes): string | undefined {
  const [p, q] = contractedAxes(a, b, axes);
  const at = (shape: readonly Dim[], list: readonly number[]) => list.map((axis) => shape[axis]!);
  return checkContracted("tensordot", a, b, at(a, p), at(b, q));
}
