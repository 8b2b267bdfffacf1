import type {
  Batched,
  Dim,
  IsUnknown,
  Same,
  SameBeside,
  SameNow,
  Shape,
  SplitFirst,
  SplitLast,
  UnknownShape,
} from "./dim.js";
import { fill, type Message } from "./message.js";
import { type Show, show } from "./show.js";

/** What an operation is told to work on: one axis, several, or (left out) all of them. Negative ones count from the end. */
export type Axes = number | readonly number[] | undefined;

/** The axis counted from the start: `NormalizeAxis<["batch", 28, 3], -1>` is 2. `number` if it is unknown or out of range. */
export type NormalizeAxis<S extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends [infer Before extends Shape, unknown, unknown] ? Before["length"] : number;

/** `normalizeAxis(["batch", 28, 3], -1)` is 2. For an axis that `checkAxis` has accepted. */
export function normalizeAxis(shape: readonly Dim[], axis: number): number {
  return axis < 0 ? axis + shape.length : axis;
}

/** The size of one axis: `DimAt<["batch", 28, 3], -1>` is 3. `number` if the axis is unknown or out of range. */
export type DimAt<S extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends [unknown, infer D extends Dim, unknown] ? D : number;

/** `DimAt<S, -1>` by a shorter way. */
export type LastDim<S> = SplitLast<S> extends [unknown, infer D extends Dim] ? D : number;

/** `dimAt(["batch", 28, 3], -1)` is 3. For an axis that `checkAxis` has accepted. */
export function dimAt(shape: readonly Dim[], axis: number): Dim {
  return shape[normalizeAxis(shape, axis)]!;
}

/** The shape with another size on one axis: `ReplaceAxis<["batch", 28, 3], -1, 64>` is `["batch", 28, 64]`. */
export type ReplaceAxis<S extends Shape, Axis extends number, D extends Dim> =
  SplitAt<S, Axis> extends infer Split
    ? Split extends [infer Before extends Shape, unknown, infer After extends Shape]
      ? Batched<Before, [D, ...After]>
      : Split extends "unknown axis"
        ? UnknownDims<S>
        : UnknownShape
    : never;

/** `replaceAxis(["batch", 28, 3], -1, 64)` is `["batch", 28, 64]`. */
export function replaceAxis(shape: readonly Dim[], axis: number, dim: Dim): Dim[] {
  return shape.with(normalizeAxis(shape, axis), dim);
}

/** The shape with one axis more, of size 1 if nothing is said: `InsertAxis<["batch", 28], -1>` is `["batch", 28, 1]`. */
export type InsertAxis<S extends Shape, Axis extends number, D extends Dim = 1> =
  SplitBefore<S, Axis> extends infer Split
    ? Split extends [infer Before extends Shape, infer After extends Shape]
      ? SameBeside<Before, [], Axis> extends true
        ? [D, ...After] // as `Batched` gives it, but settled for a generic shape behind
        : Batched<Before, [D, ...After]>
      : Split extends "unknown axis"
        ? UnknownDims<[...S, D]>
        : UnknownShape
    : never;

/** The same where there may be fewer axes before it: then it is the last one, or, if it is counted from the end, the first. */
export type InsertNearest<S extends Shape, Axis extends number, D extends Dim> =
  SplitBefore<S, Axis> extends infer Split
    ? Split extends "outside"
      ? `${Axis}` extends `-${string}`
        ? [D, ...S]
        : [...S, D]
      : InsertAxis<S, Axis, D>
    : never;

/** `insertAxis(["batch", 28], -1)` is `["batch", 28, 1]`. */
export function insertAxis(shape: readonly Dim[], axis: number, dim: Dim = 1): Dim[] {
  return shape.toSpliced(axis < 0 ? axis + shape.length + 1 : axis, 0, dim);
}

export const newAxisOutOfRange = "{op}: a new axis of {shape} is -{low} to {high}, not {axis}";

/** `unknown` if a new axis can stand there, else the message. Put it on the argument that says the axis. */
export type CheckNewAxis<Operation extends string, S extends Shape, Axis extends number> =
  SplitBefore<S, Axis> extends "outside"
    ? Message<
        typeof newAxisOutOfRange,
        { op: Operation; shape: Show<S>; low: [...S, 0]["length"]; high: S["length"]; axis: Axis }
      >
    : unknown;

/** The same message from a shape at hand, or `undefined`. */
export function checkNewAxis(operation: string, shape: readonly Dim[], axis: number): string | undefined {
  const rank = shape.length;
  if (Number.isInteger(axis) && axis >= -rank - 1 && axis <= rank) return undefined;
  return fill(newAxisOutOfRange, { op: operation, shape: show(shape), low: rank + 1, high: rank, axis });
}

export const axisOutOfRange = "{op}: axis {axis} is out of range for {shape} ({range})";

/** What `{range}` is. */
const axesOfRank = "rank {rank}: -{low} to {high}";
const noAxes = "a scalar has no axes";

/**
 * `unknown` if the shape has the axis, else the message. Put it on the argument that says the axis.
 *
 * @example type Message = CheckAxis<"sum", ["batch", 10], 3>;
 * // "sum: axis 3 is out of range for [batch, 10] (rank 2: -2 to 1)"
 */
export type CheckAxis<Operation extends string, S extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends "outside" ? OutOfRange<Operation, S, Axis, AxesOf<S>> : unknown;

/**
 * The same for an axis that may be left out. A scalar has none, whatever is said: there the message stands on the tensor, where this goes,
 * and not on the axis, where `CheckGivenAxis` goes. `Beside` settles it within generic functions.
 */
export type CheckDefaultAxis<Operation extends string, S extends Shape, Axis extends number, Beside> =
  SameNow<S, [], Beside> extends true ? CheckAxis<Operation, S, Axis> : unknown;

/** `CheckAxis` but for scalars, of which `CheckDefaultAxis` says that they have no axis. */
export type CheckGivenAxis<Operation extends string, S extends Shape, Axis extends number> =
  SplitAt<S, Axis> extends "outside" ? (S extends [] ? unknown : CheckAxis<Operation, S, Axis>) : unknown;

/** The same message from a shape at hand, or `undefined`. */
export function checkAxis(operation: string, shape: readonly Dim[], axis: number): string | undefined {
  const rank = shape.length;
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return undefined;
  const range = rank === 0 ? noAxes : fill(axesOfRank, { rank, low: rank, high: rank - 1 });
  return fill(axisOutOfRange, { op: operation, axis, shape: show(shape), range });
}

/**
 * A shape taken apart at one axis: what stands before it, its size, what stands behind it. A negative axis is counted
 * from the end, so that `[...B, K]` has an axis -1 within a generic function.
 */
export type SplitAt<S extends Shape, Axis extends number> =
  IsUnknown<Axis> extends true
    ? "unknown axis"
    : `${Axis}` extends `-${infer FromEnd extends number}`
      ? SplitFromEnd<S, FromEnd, []>
      : SplitFromStart<S, Axis, []>;

type SplitFromEnd<S extends Shape, FromEnd extends number, After extends Shape> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Before extends Shape, infer D extends Dim]
      ? [D, ...After]["length"] extends FromEnd
        ? [Before, D, After]
        : SplitFromEnd<Before, FromEnd, [D, ...After]>
      : Outside<Split>
    : never;

type SplitFromStart<S extends Shape, Axis extends number, Before extends Shape> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer After extends Shape]
      ? Before["length"] extends Axis
        ? [Before, D, After]
        : SplitFromStart<After, Axis, [...Before, D]>
      : Outside<Split>
    : never;

type Outside<Split> = Split extends [] ? "outside" : "unknown shape";

/** The same between two axes: what stands before the place, and what behind it. */
type SplitBefore<S extends Shape, Axis extends number> =
  SplitLast<S> extends "unknown"
    ? "unknown shape"
    : IsUnknown<Axis> extends true
      ? "unknown axis"
      : `${Axis}` extends `-${infer FromEnd extends number}`
        ? GapFromEnd<S, FromEnd, []>
        : GapFromStart<S, Axis, []>;

type GapFromEnd<S extends Shape, FromEnd extends number, After extends Shape> = [0, ...After]["length"] extends FromEnd
  ? [S, After]
  : SplitLast<S> extends infer Split
    ? Split extends [infer Before extends Shape, infer D extends Dim]
      ? GapFromEnd<Before, FromEnd, [D, ...After]>
      : Outside<Split>
    : never;

type GapFromStart<S extends Shape, Axis extends number, Before extends Shape> = Before["length"] extends Axis
  ? [Before, S]
  : SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer After extends Shape]
      ? GapFromStart<After, Axis, [...Before, D]>
      : Outside<Split>
    : never;

type OutOfRange<Op extends string, S extends Shape, Axis extends number, Range extends string> = Message<
  typeof axisOutOfRange,
  { op: Op; axis: Axis; shape: Show<S>; range: Range }
>;

type AxesOf<S extends Shape> = S extends [unknown, ...infer Others]
  ? Message<typeof axesOfRank, { rank: S["length"]; low: S["length"]; high: Others["length"] }>
  : typeof noAxes;

/** A shape of the same rank with unknown sizes. */
export type UnknownDims<S extends Shape> =
  Same<SplitLast<S>, "unknown"> extends true ? UnknownShape : { [Axis in keyof S]: number };
