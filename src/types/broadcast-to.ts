import type { Box, Dim, IsUnknown, Same, SameBeside, SameShape, Shape, SplitLast } from "./dim.js";
import { fill, type Message } from "./message.js";
import { type Show, type ShowDim, show } from "./show.js";

export const sizeNotBroadcast = "{op}: {from} does not broadcast to {to}: axis {axis} is {x}, not {y}";

export const rankNotBroadcast = "{op}: {from} does not broadcast to {to}: rank {m} is more than {n}";

/**
 * `unknown` if a shape stretches to exactly another one, else the message.
 *
 * @example type Message = CheckBroadcastTo<"broadcastTo", ["batch", 3], ["batch", 4]>;
 * // "broadcastTo: [batch, 3] does not broadcast to [batch, 4]: axis 1 is 3, not 4"
 */
export type CheckBroadcastTo<Operation extends string, From extends Shape, To extends Shape> =
  SameShape<From, To> extends true ? unknown : CheckStretch<Operation, From, To, From, To>;

/** The same message from shapes at hand, or `undefined`. */
export function checkBroadcastTo(operation: string, from: readonly Dim[], to: readonly Dim[]): string | undefined {
  const shapes = { op: operation, from: show(from), to: show(to) };
  const added = to.length - from.length;
  for (let axis = to.length - 1; axis >= Math.max(added, 0); axis--) {
    const x = from[axis - added]!;
    const y = to[axis]!;
    if (x !== y && x !== 1) return fill(sizeNotBroadcast, { ...shapes, axis, x, y });
  }
  return added < 0 ? fill(rankNotBroadcast, { ...shapes, m: from.length, n: to.length }) : undefined;
}

type CheckStretch<Operation extends string, From extends Shape, To extends Shape, LeftFrom, LeftTo> =
  SplitLast<LeftFrom> extends infer SplitFrom
    ? SplitFrom extends [infer RestFrom, infer X]
      ? SplitLast<LeftTo> extends infer SplitTo
        ? SplitTo extends [infer RestTo extends Shape, infer Y]
          ? MustStretch<Operation, From, To, X, Y, RestFrom, RestTo>
          : SplitTo extends []
            ? Message<
                typeof rankNotBroadcast,
                { op: Operation; from: Show<From>; to: Show<To>; m: From["length"]; n: To["length"] }
              >
            : unknown
        : never
      : unknown
    : never;

/** One axis, and then those before it. An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustStretch<Operation extends string, From extends Shape, To extends Shape, X, Y, RestFrom, RestTo extends Shape> =
  Stretches<X, Y> extends true
    ? SameShape<RestFrom, RestTo> extends true
      ? unknown
      : CheckStretch<Operation, From, To, RestFrom, RestTo>
    : Message<
        typeof sizeNotBroadcast,
        { op: Operation; from: Show<From>; to: Show<To>; axis: RestTo["length"]; x: ShowDim<X>; y: ShowDim<Y> }
      >;

type Stretches<X, Y> =
  Same<Box<X>, Box<Y>> extends true ? true : SameBeside<X, 1, Y> extends true ? true : StretchesByValue<X, Y>;

type StretchesByValue<X, Y> =
  IsUnknown<X> extends true
    ? true
    : IsUnknown<Y> extends true
      ? true
      : Same<X, Y> extends true
        ? true
        : X extends 1
          ? true
          : false;
