import type { SubtractDims } from "../../types/arithmetic.js";
import { type CheckAxis, checkAxis, type SplitAt } from "../../types/axis.js";
import type { CompatibleShapes } from "../../types/compatible.js";
import type { Dim, IsName, IsUnknown, Shape, SplitLast, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { sameShape } from "../../types/same-shape.js";
import { type Show, show } from "../../types/show.js";
import type { Around, WithoutFirst } from "./gather-shape.js";

// Indices whose last axis names a place along each of the first axes of a shape.

/** What stands at the places: the indices' axes but the last, then those of the shape that the indices do not name. */
export type AtPlaces<S extends Shape, I extends Shape, Now> =
  SplitLast<I> extends [infer B extends Shape, infer K extends number]
    ? IsUnknown<K> extends true
      ? UnknownShape
      : Around<B, WithoutFirst<S, K>, [], Now>
    : UnknownShape;

/** Runtime twin of `AtPlaces`, for indices that `checkPlaces` has accepted. */
export function atPlaces(shape: readonly Dim[], indices: readonly Dim[]): Dim[] {
  return [...indices.slice(0, -1), ...shape.slice(indices.at(-1) as number)];
}

export const namedCount =
  "{op}: the last axis of the indices {b} has a name; a number says how many axes of {a} they name";
export const tooManyAxes = "{op}: the indices {b} name places along {n} axes, which {a} has not";

/** `unknown` where indices name places of a shape, else the message. `Now` settles it within generic functions. */
export type CheckPlaces<Op extends string, S extends Shape, I extends Shape, Now> =
  SplitLast<I> extends [unknown, infer K extends Dim]
    ? IsName<K, Now> extends true
      ? Message<typeof namedCount, { op: Op; a: Show<S>; b: Show<I> }>
      : K extends number
        ? SplitAt<S, SubtractDims<K, 1>> extends "outside"
          ? Message<typeof tooManyAxes, { op: Op; a: Show<S>; b: Show<I>; n: K }>
          : unknown
        : unknown
    : CheckAxis<Op, I, -1>;

/** Runtime twin of `CheckPlaces`. */
export function checkPlaces(op: string, shape: readonly Dim[], indices: readonly Dim[]): string | undefined {
  const scalar = checkAxis(op, indices, -1);
  if (scalar !== undefined) return scalar;
  const [a, b, n] = [show(shape), show(indices), indices.at(-1)!];
  if (typeof n === "string") return fill(namedCount, { op, a, b });
  return n <= shape.length ? undefined : fill(tooManyAxes, { op, a, b, n });
}

export const otherValues = "{op}: the indices {b} into {a} take values of {wanted}, got {to}";

/** `unknown` where values are those of the places, else the message. */
export type CheckValues<Op extends string, S extends Shape, I extends Shape, V extends Shape, Now> =
  unknown extends CheckPlaces<Op, S, I, Now> ? CheckTaken<Op, S, I, V, AtPlaces<S, I, Now>> : unknown;

type CheckTaken<Op extends string, S extends Shape, I extends Shape, V extends Shape, T extends Shape> =
  CompatibleShapes<T, V> extends true
    ? unknown
    : Message<typeof otherValues, { op: Op; a: Show<S>; b: Show<I>; wanted: Show<T>; to: Show<V> }>;

/** Runtime twin of `CheckValues`, for indices that `checkPlaces` has accepted. */
export function checkValues(
  op: string,
  shape: readonly Dim[],
  indices: readonly Dim[],
  values: readonly Dim[],
): string | undefined {
  const wanted = atPlaces(shape, indices);
  if (sameShape(wanted, values)) return undefined;
  return fill(otherValues, { op, a: show(shape), b: show(indices), wanted: show(wanted), to: show(values) });
}
