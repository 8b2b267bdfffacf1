import { type Axes, type CheckAxis, checkAxis, normalizeAxis, type SplitAt, type UnknownDims } from "./axis.js";
import type { Batched, Dim, Same, SameBeside, Shape, SplitLast, UnknownShape } from "./dim.js";
import { fill, type Message } from "./message.js";
import { type Show, show } from "./show.js";

/**
 * The shape after a reduction such as a sum: the axes go, or with KeepDims stay with size 1. `undefined` means all.
 *
 * @example
 * type A = RemoveAxes<["batch", 28, 28, 3], [1, 2]>; // ["batch", 3]
 * type B = RemoveAxes<["batch", 10], -1, true>; // ["batch", 1]
 */
export type RemoveAxes<S extends Shape, A extends Axes, KeepDims extends boolean = false> = [boolean] extends [KeepDims]
  ? UnknownShape
  : A extends undefined
    ? KeepDims extends true
      ? Ones<S>
      : []
    : A extends number
      ? RemoveAxis<S, A, KeepDims>
      : A extends readonly number[]
        ? number extends A["length"]
          ? KeepDims extends true
            ? UnknownDims<S>
            : UnknownShape
          : Mark<S, A> extends { marked: infer Marked extends Shape }
            ? KeepDims extends true
              ? MarksToOnes<Marked, A, []>
              : DropMarks<Marked, A, []>
            : UnknownShape
        : UnknownShape;

/** `removeAxes(["batch", 28, 28, 3], [1, 2])` is `["batch", 3]`. */
export function removeAxes(shape: readonly Dim[], axes: Axes, keepDims = false): Dim[] {
  const gone = new Set(axisList(shape, axes));
  return keepDims ? shape.map((dim, axis) => (gone.has(axis) ? 1 : dim)) : shape.filter((_, axis) => !gone.has(axis));
}

/** The axes counted from the start, in order; all of them for `undefined`: `axisList(["batch", 28, 3], [-1, 0])` is `[0, 2]`. */
export function axisList(shape: readonly Dim[], axes: Axes): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return list.map((axis) => normalizeAxis(shape, axis)).sort((a, b) => a - b);
}

export const axisGivenTwice = "{op}: axis {axis} of {shape} is given twice";

/**
 * `unknown` if the shape has all the axes and none is said twice, else the message.
 *
 * @example
 * type A = CheckAxes<"sum", ["batch", 10], 2>; // "sum: axis 2 is out of range for [batch, 10] (rank 2: -2 to 1)"
 * type B = CheckAxes<"sum", ["batch", 10], [1, -1]>; // "sum: axis -1 of [batch, 10] is given twice"
 */
export type CheckAxes<Operation extends string, S extends Shape, A extends Axes> = A extends undefined
  ? unknown
  : A extends number
    ? CheckAxis<Operation, S, A>
    : A extends readonly number[]
      ? number extends A["length"]
        ? unknown
        : Mark<S, A> extends infer Marked
          ? Marked extends { outside: infer Axis extends number }
            ? CheckAxis<Operation, S, Axis>
            : Marked extends { twice: infer Axis extends number }
              ? Message<typeof axisGivenTwice, { op: Operation; axis: Axis; shape: Show<S> }>
              : unknown
          : never
      : unknown;

/** The same message from a shape at hand, or `undefined`. */
export function checkAxes(operation: string, shape: readonly Dim[], axes: Axes): string | undefined {
  if (axes === undefined) return undefined;
  const seen = new Set<number>();
  for (const axis of typeof axes === "number" ? [axes] : axes) {
    const message = checkAxis(operation, shape, axis);
    if (message !== undefined) return message;
    const place = normalizeAxis(shape, axis);
    if (seen.has(place)) return fill(axisGivenTwice, { op: operation, axis, shape: show(shape) });
    seen.add(place);
  }
  return undefined;
}

type RemoveAxis<S extends Shape, Axis extends number, KeepDims extends boolean> =
  SplitAt<S, Axis> extends infer Split
    ? Split extends [infer Before extends Shape, unknown, infer After extends Shape]
      ? Batched<Before, KeepDims extends true ? [1, ...After] : After>
      : Split extends "unknown axis"
        ? KeepDims extends true
          ? UnknownDims<S>
          : SplitLast<S> extends [infer Rest extends Shape, unknown]
            ? UnknownDims<Rest>
            : UnknownShape
        : UnknownShape
    : never;

type Ones<S extends Shape> = Same<SplitLast<S>, "unknown"> extends true ? UnknownShape : { [Axis in keyof S]: 1 };

/** Stands in a shape for an axis that is to go, while the others are looked up. */
type Removed = "(removed)";

/** The shape with a mark on each of the axes; or what is wrong with them; or why nothing can be said. */
type Mark<S extends Shape, A extends readonly number[]> = A extends readonly [
  infer Axis extends number,
  ...infer Others extends readonly number[],
]
  ? SplitAt<S, Axis> extends infer Split
    ? Split extends [infer Before extends Shape, infer D, infer After extends Shape]
      ? SameBeside<D, Removed, A> extends true
        ? { twice: Axis }
        : Mark<[...Before, Removed, ...After], Others>
      : Split extends "outside"
        ? { outside: Axis }
        : "unknown"
    : never
  : { marked: S };

/** Walks from the end until every mark has been met, so that a generic head is left as it is. */
type DropMarks<S extends Shape, A extends readonly unknown[], Done extends Shape> = A extends readonly [
  unknown,
  ...infer Others,
]
  ? SplitLast<S> extends [infer Rest extends Shape, infer D extends Dim]
    ? SameBeside<D, Removed, A> extends true
      ? DropMarks<Rest, Others, Done>
      : DropMarks<Rest, A, [D, ...Done]>
    : UnknownShape
  : Batched<S, Done>;

type MarksToOnes<S extends Shape, A extends readonly unknown[], Done extends Shape> = A extends readonly [
  unknown,
  ...infer Others,
]
  ? SplitLast<S> extends [infer Rest extends Shape, infer D extends Dim]
    ? SameBeside<D, Removed, A> extends true
      ? MarksToOnes<Rest, Others, [1, ...Done]>
      : MarksToOnes<Rest, A, [D, ...Done]>
    : UnknownShape
  : Batched<S, Done>;
