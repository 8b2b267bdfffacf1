import type { IsUnknown, Same, SplitLast } from "./dim.js";

/**
 * Could two sizes, shapes or dtypes be the same one? What the compiler does not know is compatible with everything, and a
 * shape with an unknown size in it with one that has any size there. Settled for type parameters that are the same; two
 * different ones wait.
 *
 * @example
 * type No = Compatible<512, 100>; // false
 * type Yes = Compatible<["batch", number], ["batch", 10]>; // true
 */
export type Compatible<A, B> =
  Same<A, B> extends true
    ? true
    : [A] extends [B]
      ? true
      : [B] extends [A]
        ? true
        : true extends IsUnknown<A> | IsUnknown<B>
          ? true
          : false;

/** The same for two shapes that may each have unknown sizes in other places. They are walked from the end, as a generic head stands before. */
export type CompatibleShapes<A, B> =
  Compatible<A, B> extends true
    ? true
    : [SplitLast<A>, SplitLast<B>] extends [infer SplitA, infer SplitB]
      ? SplitA extends [infer RestA, infer X]
        ? SplitB extends [infer RestB, infer Y]
          ? Compatible<X, Y> extends true
            ? CompatibleShapes<RestA, RestB>
            : false
          : IsUnknownSplit<SplitB>
        : IsUnknownSplit<SplitA>
      : false;

type IsUnknownSplit<Split> = Split extends "unknown" ? true : false;
