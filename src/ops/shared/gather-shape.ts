import { normalizeAxis, type SplitAt } from "../../types/axis.js";
import type { Compatible } from "../../types/compatible.js";
import type { Dim, IsUnknownRank, Same, Shape, SplitFirst, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

/**
 * The shape of x with the indices' axes, but for the N that both share in front, in the place of an axis. `Now` settles it within
 * generic functions.
 */
export type Gather<S extends Shape, I extends Shape, A extends number, N extends number, Now> =
  SplitAt<S, A> extends infer Split
    ? Split extends [infer Before extends Shape, unknown, infer After extends Shape]
      ? Around<Before, WithoutFirst<I, N>, After, Now>
      : UnknownShape
    : never;

/** Runtime twin of `Gather`. The axis counts from the start. */
export function gathered(shape: readonly Dim[], indices: readonly Dim[], axis: number, batchDims: number): Dim[] {
  return [...shape.slice(0, axis), ...indices.slice(batchDims), ...shape.slice(axis + 1)];
}

/** Three parts of a shape one after another; any shape, where one of them is. */
export type Around<Before extends Shape, I extends Shape, After extends Shape, Now> =
  IsUnknownRank<Before, Now> extends true
    ? UnknownShape
    : IsUnknownRank<I, Now> extends true
      ? UnknownShape
      : IsUnknownRank<After, Now> extends true
        ? UnknownShape
        : [...Before, ...I, ...After];

/** The shape without its first N axes, up to six; any where it is not known which these are. */
export type WithoutFirst<S extends Shape, N extends number, Passed extends unknown[] = []> = number extends N
  ? UnknownShape
  : Passed["length"] extends N
    ? S
    : Passed["length"] extends 6
      ? UnknownShape
      : SplitFirst<S> extends [unknown, infer Rest extends Shape]
        ? WithoutFirst<Rest, N, [...Passed, 0]>
        : UnknownShape;

export const batchAxesDiffer = "{op}: {a} and {b} differ in the first {n} axes, which batchDims says they share";
export const batchAxesMissing = "{op}: {n} batch axes do not stand before axis {axis} of {a} and in the indices {b}";

/** `unknown` where x, before the axis, and the indices begin with the same N axes, else the message. */
export type CheckBatchDims<Op extends string, S extends Shape, I extends Shape, A extends number, N extends number> =
  Same<N, 0> extends true
    ? unknown
    : number extends N
      ? unknown
      : `${N}` extends `-${string}` | `${string}.${string}`
        ? unknown
        : SplitAt<S, A> extends [infer Before extends Shape, unknown, unknown]
          ? CheckFirst<Before, I, N, []> extends infer Fault
            ? Fault extends "missing"
              ? Message<typeof batchAxesMissing, { op: Op; n: N; axis: A; a: Show<S>; b: Show<I> }>
              : Fault extends "differ"
                ? Message<typeof batchAxesDiffer, { op: Op; a: Show<S>; b: Show<I>; n: N }>
                : unknown
            : never
          : unknown;

type CheckFirst<
  S extends Shape,
  I extends Shape,
  N extends number,
  Passed extends unknown[],
> = Passed["length"] extends N
  ? "shared"
  : SplitFirst<S> extends [infer D, infer Rest extends Shape]
    ? SplitFirst<I> extends infer Split
      ? Split extends [infer E, infer RestOfI extends Shape]
        ? Compatible<D, E> extends true
          ? CheckFirst<Rest, RestOfI, N, [...Passed, 0]>
          : "differ"
        : Split extends []
          ? "missing"
          : "unknown"
      : never
    : SplitFirst<S> extends []
      ? "missing"
      : "unknown";

/** Runtime twin of `CheckBatchDims`. For an axis that `checkAxis` has accepted. */
export function checkBatchDims(
  op: string,
  shape: readonly Dim[],
  indices: readonly Dim[],
  axis: number,
  batchDims: number,
): string | undefined {
  const [a, b] = [show(shape), show(indices)];
  const shared = Array.from({ length: batchDims }, (_, i) => i);
  for (const i of shared) {
    if (i >= normalizeAxis(shape, axis) || i >= indices.length) {
      return fill(batchAxesMissing, { op, n: batchDims, axis, a, b });
    }
    if (shape[i] !== indices[i]) return fill(batchAxesDiffer, { op, a, b, n: batchDims });
  }
  return undefined;
}
