import type { NormalizeAxis, SplitAt } from "../../types/axis.js";
import type { Compatible } from "../../types/compatible.js";
import type { Dim, Same, Shape } from "../../types/dim.js";
import { type Show, show } from "../../types/show.js";

/** `unknown` where two shapes agree on all axes but one, else the message. */
export type CheckJoin<Op extends string, S extends Shape, T extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends [infer Before, unknown, infer After]
    ? SplitAt<T, Axis> extends infer Split
      ? Split extends [infer BeforeT, unknown, infer AfterT]
        ? Same<[Before, After], [BeforeT, AfterT]> extends true
          ? unknown
          : JoinMessage<Op, S, T, FirstDifference<S, T, NormalizeAxis<S, Axis>, []>>
        : Split extends "outside"
          ? JoinMessage<Op, S, T, "rank">
          : unknown
      : never
    : unknown;

/** Runtime twin of `CheckJoin`. */
export function checkJoin(op: string, s: readonly Dim[], t: readonly Dim[], joined: number): string | undefined {
  if (s.length !== t.length) return `${op}: ${show(s)} and ${show(t)} differ in rank`;
  const axis = s.findIndex((dim, i) => i !== joined && dim !== t[i]);
  return axis < 0 ? undefined : `${op}: ${show(s)} and ${show(t)} differ on axis ${axis}`;
}

type JoinMessage<Op extends string, S, T, Difference> = Difference extends "rank"
  ? `${Op}: ${Show<S>} and ${Show<T>} differ in rank`
  : Difference extends number
    ? `${Op}: ${Show<S>} and ${Show<T>} differ on axis ${Difference}`
    : unknown;

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
