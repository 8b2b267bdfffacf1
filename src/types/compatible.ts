import type { IsUnknown, Same } from "./dim.js";

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

/** The same for two shapes that may each have unknown sizes in other places. */
export type CompatibleShapes<A, B> =
  Compatible<A, B> extends true
    ? true
    : [A, B] extends [[infer X, ...infer RestA], [infer Y, ...infer RestB]]
      ? Compatible<X, Y> extends true
        ? CompatibleShapes<RestA, RestB>
        : false
      : false;
