import type {
  Batched,
  Box,
  Dim,
  IsUnknown,
  Same,
  SameBeside,
  SameNow,
  SameShape,
  Shape,
  SplitLast,
  UnknownShape,
} from "./dim.js";
import { fill, type Message } from "./message.js";
import { sameShape } from "./same-shape.js";
import { type Show, type ShowDim, show } from "./show.js";

export const notBroadcast = "{op}: {a} and {b} do not broadcast: axis {axis} is {x} and {y}";

/**
 * The shape of an element-wise operation's result: axes are aligned at the end, and a size of 1 stretches to the other's.
 * Where two sizes do not fit, the result's is `number`: `CheckBroadcast` has the message, and one is enough.
 *
 * @example type Sum = Broadcast<["batch", 512], [512]>; // ["batch", 512]
 */
export type Broadcast<A extends Shape, B extends Shape> =
  SameShape<A, B> extends true ? A : SameBeside<A, [], B> extends true ? B : Align<A, B, []>;

/** `broadcast(["batch", 512], [512])` is `["batch", 512]`. For shapes that `checkBroadcast` has accepted. */
export function broadcast(a: readonly Dim[], b: readonly Dim[]): readonly Dim[] {
  // Mostly one of the shapes is the result's: it is handed on, so that nodes share it.
  if (b.length === 0 || sameShape(a, b)) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    return x === 1 ? (b[axis - rank + b.length] ?? 1) : x;
  });
}

/**
 * `unknown` if two shapes broadcast, else the message. Put it on the argument that is wrong:
 * `b: Tensor<B> & CheckBroadcast<"add", A, B>`.
 */
export type CheckBroadcast<Operation extends string, A extends Shape, B extends Shape> =
  SameShape<A, B> extends true
    ? unknown
    : SameBeside<A, [], B> extends true
      ? unknown
      : CheckAligned<Operation, A, B, A, B>;

/**
 * The same message from shapes at hand, or `undefined`.
 *
 * @example checkBroadcast("add", ["batch", 512], ["batch", 10]);
 * // "add: [batch, 512] and [batch, 10] do not broadcast: axis 1 is 512 and 10"
 */
export function checkBroadcast(operation: string, a: readonly Dim[], b: readonly Dim[]): string | undefined {
  if (a === b) return undefined;
  const rank = Math.max(a.length, b.length);
  for (let axis = rank - 1; axis >= 0; axis--) {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      return fill(notBroadcast, { op: operation, a: show(a), b: show(b), axis, x, y });
    }
  }
  return undefined;
}

/**
 * The size of one axis of the result, as far as it can be settled for type parameters: a size beside itself, and a size
 * beside 1. The rest is left to `BroadcastDim`, which also asks these questions again, by value. `Now` is anything that a call settles.
 */
type Stretch<X extends Dim, Y extends Dim, Now> =
  Same<Box<X>, Box<Y>> extends true
    ? X
    : true extends IsOpen<X, Now> | IsOpen<Y, Now>
      ? StretchOpen<X, Y, Now>
      : BroadcastDim<X, Y>;

/**
 * Where a type parameter is beside another size than 1, `CheckBroadcast` has a message: of the result nothing is said besides. Beside an
 * unknown size it has none, and the result is what a call makes of it.
 */
type StretchOpen<X extends Dim, Y extends Dim, Now> =
  SameNow<Y, 1, Now> extends true
    ? X
    : SameNow<X, 1, Now> extends true
      ? Y
      : true extends IsUnknownNow<X, Now> | IsUnknownNow<Y, Now>
        ? BroadcastDim<X, Y>
        : any;

type IsUnknownNow<X, Now> = SameNow<IsUnknown<X>, true, Now>;

/** Is a size a type parameter, or calculated from one? Of all others it is settled whether they are known. */
type IsOpen<X, Now> =
  SameNow<IsUnknown<X>, false, Now> extends true ? false : IsUnknownNow<X, Now> extends true ? false : true;

/** The size of one axis of the result: `BroadcastDim<1, "batch">` is `"batch"`, and `number` where the two do not fit. */
export type BroadcastDim<X extends Dim, Y extends Dim> =
  IsUnknown<X> extends true
    ? BesideUnknown<Y>
    : IsUnknown<Y> extends true
      ? BesideUnknown<X>
      : Same<X, Y> extends true
        ? X
        : X extends 1
          ? Y
          : Y extends 1
            ? X
            : number;

/** An unknown size beside a number other than 1 must be that number (or 1); beside a name it may be anything. */
type BesideUnknown<D extends Dim> =
  IsUnknown<D> extends true ? number : D extends number ? (D extends 1 ? number : D) : number;

/** Walks both shapes from the end. The accumulator is the result so far, so that a generic head is left as it is. */
type Align<A extends Shape, B extends Shape, Done extends Shape> =
  SplitLast<B> extends infer SplitB
    ? SplitB extends [infer RestB extends Shape, infer Y extends Dim]
      ? SplitLast<A> extends infer SplitA
        ? SplitA extends [infer RestA extends Shape, infer X extends Dim]
          ? SameShape<RestA, RestB> extends true
            ? Batched<RestA, [Stretch<X, Y, Done>, ...Done]>
            : Align<RestA, RestB, [Stretch<X, Y, Done>, ...Done]>
          : SplitA extends []
            ? Batched<B, Done>
            : UnknownShape
        : never
      : SplitB extends []
        ? Batched<A, Done>
        : UnknownShape
    : never;

/** The same walk for the message. */
type CheckAligned<Operation extends string, A, B, LeftA, LeftB> =
  SplitLast<LeftB> extends infer SplitB
    ? SplitB extends [infer RestB, infer Y]
      ? SplitLast<LeftA> extends infer SplitA
        ? SplitA extends [infer RestA, infer X]
          ? MustBroadcast<Operation, A, B, X, Y, RestA, RestB>
          : unknown
        : never
      : unknown
    : never;

/** One axis, and then those before it. An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustBroadcast<Operation extends string, A, B, X, Y, RestA, RestB> =
  Fits<X, Y> extends true
    ? MustAlign<Operation, A, B, RestA, RestB>
    : Message<
        typeof notBroadcast,
        {
          op: Operation;
          a: Show<A>;
          b: Show<B>;
          axis: LongerRank<RestA, RestB>;
          x: ShowDim<X>;
          y: ShowDim<Y>;
        }
      >;

/** What stands before an axis that fits, of which may be open whether it is the same. */
type MustAlign<Operation extends string, A, B, RestA, RestB> =
  SameShape<RestA, RestB> extends true ? unknown : CheckAligned<Operation, A, B, RestA, RestB>;

/** The questions of `Stretch` and `BroadcastDim`. */
type Fits<X, Y> =
  Same<Box<X>, Box<Y>> extends true
    ? true
    : SameBeside<Y, 1, X> extends true
      ? true
      : SameBeside<X, 1, Y> extends true
        ? true
        : FitsByValue<X, Y>;

type FitsByValue<X, Y> =
  IsUnknown<X> extends true
    ? true
    : IsUnknown<Y> extends true
      ? true
      : Same<X, Y> extends true
        ? true
        : X extends 1
          ? true
          : Y extends 1
            ? true
            : false;

/** The rank of the longer of two shapes: counting from the end, the axis of the result that both have come to. */
type LongerRank<A, B, LeftA = A, LeftB = B> = LeftB extends [unknown, ...infer RestB]
  ? LeftA extends [unknown, ...infer RestA]
    ? LongerRank<A, B, RestA, RestB>
    : Rank<B>
  : Rank<A>;

type Rank<S> = S extends { length: infer N extends number } ? N : number;

export { type CheckBroadcastTo, checkBroadcastTo } from "./broadcast-to.js";
