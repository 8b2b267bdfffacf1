import type { Compare } from "./digits.js";
import type { IsUnknown } from "./dim.js";
import type { CompareTexts } from "./order.js";

/**
 * Is a number above another, of either sign and with fractions? `false` also where one is not known, or is written with an exponent.
 *
 * @example type Above = IsAbove<0.5, 0.25>; // true
 */
export type IsAbove<A extends number, B extends number> = true extends IsUnknown<A> | IsUnknown<B>
  ? false
  : `${A} ${B}` extends `${string}e${string}`
    ? false
    : `${A}` extends `-${infer X}`
      ? `${B}` extends `-${infer Y}`
        ? IsTextAbove<Y, X>
        : false
      : `${B}` extends `-${string}`
        ? true
        : IsTextAbove<`${A}`, `${B}`>;

/** By the integers, or where these are the same, by the digits behind the point. */
type IsTextAbove<A extends string, B extends string> = [Parts<A>, Parts<B>] extends [
  [infer M extends number, infer X extends string],
  [infer N extends number, infer Y extends string],
]
  ? M extends N
    ? CompareTexts<X, Y> extends "after"
      ? true
      : false
    : Compare<M, N> extends "greater"
      ? true
      : false
  : false;

type Parts<A extends string> = A extends `${infer M extends number}.${infer X}`
  ? [M, X]
  : A extends `${infer M extends number}`
    ? [M, ""]
    : "unknown";
