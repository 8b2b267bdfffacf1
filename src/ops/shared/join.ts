import type { NormalizeAxis, SplitAt } from "../../types/axis.js";
import type { Compatible } from "../../types/compatible.js";
import type { Dim, Same, Shape, SplitLast } from "../../types/dim.js";
import { fill, type Message, type Problem } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

export const nothingJoined = "{op}: takes at least one tensor";

/** `unknown` of a list that has tensors, else the message. */
export type CheckSome<Op extends string, T extends readonly unknown[]> = T extends readonly []
  ? Problem<Message<typeof nothingJoined, { op: Op }>>
  : unknown;

export const unequalRanks = "{op}: {a} and {b} differ in rank";
export const unequalAxis = "{op}: {a} and {b} differ on axis {axis}";

/** `unknown` where two shapes agree on all axes but one, else the message. */
export type CheckJoin<Op extends string, S extends Shape, T extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends [unknown, unknown, unknown]
    ? SplitAt<T, Axis> extends infer Split
      ? Split extends [unknown, unknown, unknown]
        ? MustJoin<Op, S, T, Axis>
        : Split extends "outside"
          ? JoinMessage<Op, S, T, "rank">
          : unknown
      : never
    : unknown;

/** An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustJoin<Op extends string, S extends Shape, T extends Shape, Axis extends number> =
  Same<OthersOf<SplitAt<S, Axis>>, OthersOf<SplitAt<T, Axis>>> extends true
    ? unknown
    : JoinMessage<Op, S, T, Difference<S, T, NormalizeAxis<S, Axis>>>;

/** What stands before an axis and behind it. */
type OthersOf<Split> = Split extends [infer Before, unknown, infer After] ? [Before, After] : never;

/** Runtime twin of `CheckJoin`. */
export function checkJoin(op: string, s: readonly Dim[], t: readonly Dim[], joined: number): string | undefined {
  if (s.length !== t.length) return fill(unequalRanks, { op, a: show(s), b: show(t) });
  const axis = s.findIndex((dim, i) => i !== joined && dim !== t[i]);
  return axis < 0 ? undefined : fill(unequalAxis, { op, a: show(s), b: show(t), axis });
}

/** `unknown` where two shapes are one, else the message. */
export type CheckSameShape<Op extends string, S extends Shape, T extends Shape> = "unknown" extends
  | SplitLast<S>
  | SplitLast<T>
  ? unknown
  : MustBeLike<Op, S, T>;

/** An alias of its own, as `MustJoin` is. */
type MustBeLike<Op extends string, S extends Shape, T extends Shape> =
  Same<S, T> extends true ? unknown : JoinMessage<Op, S, T, Difference<S, T, -1>>;

/** Runtime twin of `CheckSameShape`. */
export function checkSameShape(op: string, s: readonly Dim[], t: readonly Dim[]): string | undefined {
  return checkJoin(op, s, t, -1);
}

type JoinMessage<Op extends string, S, T, Difference> = Difference extends "rank"
  ? Message<typeof unequalRanks, { op: Op; a: Show<S>; b: Show<T> }>
  : Difference extends number
    ? Message<typeof unequalAxis, { op: Op; a: Show<S>; b: Show<T>; axis: Difference }>
    : unknown;

/** In what two shapes differ: in rank, before anything else. */
type Difference<S extends Shape, T extends Shape, Joined extends number> = S["length"] extends T["length"]
  ? FirstDifference<S, T, Joined, []>
  : "rank";

/** The first axis, other than the joined one, on which two shapes differ; "none", or "rank". */
type FirstDifference<S, T, Joined extends number, Passed extends unknown[]> = S extends [infer D, ...infer Rest]
  ? T extends [infer E, ...infer RestT]
    ? Passed["length"] extends Joined
      ? FirstDifference<Rest, RestT, Joined, [...Passed, 0]>
      : Compatible<D, E> extends true
        ? FirstDifference<Rest, RestT, Joined, [...Passed, 0]>
        : Passed["length"]
    : "rank"
  : T extends []
    ? "none"
    : "rank";
