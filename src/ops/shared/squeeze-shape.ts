import { type Axes, dimAt, type SplitAt } from "../../types/axis.js";
import type { Dim, IsUnknown, Shape, SplitFirst, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import type { RemoveAxes } from "../../types/reduce.js";
import { type Show, type ShowDim, show } from "../../types/show.js";

/** The shape without axes of size 1: without those that are named, or without all. */
export type Squeeze<S extends Shape, A extends Axes> = A extends undefined ? WithoutOnes<S> : RemoveAxes<S, A>;

/** Of an axis of unknown size nobody knows whether it stays. */
type WithoutOnes<S, Done extends Shape = []> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer Rest]
      ? IsUnknown<D> extends true
        ? UnknownShape
        : D extends 1
          ? WithoutOnes<Rest, Done>
          : WithoutOnes<Rest, [...Done, D]>
      : Split extends []
        ? Done
        : UnknownShape
    : never;

export const notOne = "squeeze: axis {axis} of {shape} is {n}, not 1";

/** `unknown` where the axes that are named are of size 1, else the message. */
export type CheckSqueeze<S extends Shape, A extends Axes> = A extends number
  ? CheckOne<S, A>
  : A extends readonly [infer First extends number, ...infer Others extends number[]]
    ? unknown extends CheckOne<S, First>
      ? CheckSqueeze<S, Others>
      : CheckOne<S, First>
    : unknown;

type CheckOne<S extends Shape, A extends number> =
  SplitAt<S, A> extends [unknown, infer D, unknown] ? MustBeOne<S, A, D> : unknown;

/** An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustBeOne<S extends Shape, A extends number, D> =
  IsUnknown<D> extends true
    ? unknown
    : D extends 1
      ? unknown
      : Message<typeof notOne, { axis: A; shape: Show<S>; n: ShowDim<D> }>;

/** Runtime twin of `CheckSqueeze`. For axes that `checkAxes` has accepted. */
export function checkSqueeze(shape: readonly Dim[], axes: Axes): string | undefined {
  const list = typeof axes === "number" ? [axes] : (axes ?? []);
  const axis = list.find((axis) => dimAt(shape, axis) !== 1);
  return axis === undefined ? undefined : fill(notOne, { axis, shape: show(shape), n: dimAt(shape, axis) });
}
