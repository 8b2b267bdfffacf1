import { type CheckDefaultAxis, type CheckGivenAxis, checkAxis, type DimAt, normalizeAxis } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";

/** A number, or one for each place along an axis. */
export type Statistic = number | readonly number[];

/** The axis along which statistics lie; null where all numbers have one. */
export type StatisticsAxis = number | null;

export const unlikeAxis = "{op}: {option} has {count} numbers, but axis {axis} of {shape} has size {size}";
export const listOfAll = "{op}: {option} is a list, but with axis null all numbers have one";

/** `unknown` if there is a number for each place along the axis, or one, else the message. Put it on the numbers. */
export type CheckStatistic<
  Op extends string,
  Option extends string,
  S extends Shape,
  A extends StatisticsAxis,
  N extends Statistic,
> = N extends readonly number[]
  ? A extends number
    ? CheckPlaces<Op, Option, S, A, N["length"]>
    : Message<typeof listOfAll, { op: Op; option: Option }>
  : unknown;

type CheckPlaces<
  Op extends string,
  Option extends string,
  S extends Shape,
  A extends number,
  Count extends number,
> = number extends Count ? unknown : MustBePlaces<Op, Option, S, A, Count, DimAt<S, A>>;

/** Shown in TypeScript's words where the size is a type parameter. */
type MustBePlaces<
  Op extends string,
  Option extends string,
  S extends Shape,
  A extends number,
  Count extends number,
  Size extends Dim,
> =
  Compatible<Count, Size> extends true
    ? unknown
    : Message<typeof unlikeAxis, { op: Op; option: Option; count: Count; axis: A; shape: Show<S>; size: Size }>;

/** The same message from numbers at hand, or `undefined`. The shape has the axis. */
export function checkStatistic(
  op: string,
  option: string,
  shape: readonly Dim[],
  axis: StatisticsAxis,
  numbers: Statistic,
): string | undefined {
  if (typeof numbers === "number") return undefined;
  if (axis === null) return fill(listOfAll, { op, option });
  const size = shape[normalizeAxis(shape, axis)]!;
  if (size === numbers.length) return undefined;
  return fill(unlikeAxis, { op, option, count: numbers.length, axis, shape: show(shape), size });
}

/** Of a scalar, which has no axis, the message stands on the tensor: but for one mean and one variance, which are of all numbers. */
export type CheckStatisticsScalar<
  Op extends string,
  S extends Shape,
  A extends StatisticsAxis,
  N extends Statistic,
  Beside,
> = A extends number ? ([N, A] extends [number, -1] ? unknown : CheckDefaultAxis<Op, S, A, Beside>) : unknown;

/** `unknown` if the shape has the axis, else the message. Put it on the axis. */
export type CheckStatisticsAxis<Op extends string, S extends Shape, A extends StatisticsAxis> = A extends number
  ? CheckGivenAxis<Op, S, A>
  : unknown;

/** Runtime twin of both. */
export function checkStatisticsAxis(
  op: string,
  shape: readonly Dim[],
  axis: StatisticsAxis,
  ...numbers: readonly Statistic[]
): string | undefined {
  // One mean is all numbers' own, also of what has no axes.
  const isOfAll = axis === null || (axis === -1 && numbers.every((each) => typeof each === "number"));
  return isOfAll ? undefined : checkAxis(op, shape, axis);
}
