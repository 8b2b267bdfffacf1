import type { Box, Dim, Same, Shape, SplitFirst } from "./dim.js";

/**
 * Both shapes without the sizes that they begin with in common, and these. A batch axis that stays is thus out of the
 * question before anything is multiplied, also within a generic function: `[B, H, W]` to `[B, -1]` has an answer.
 */
export type SplitPrefix<From, To, Prefix extends Shape = []> =
  SplitFirst<To> extends infer SplitTo
    ? SplitTo extends [infer Y extends Dim, infer RestTo]
      ? SplitFirst<From> extends infer SplitFrom
        ? SplitFrom extends [infer X extends Dim, infer RestFrom]
          ? Same<Box<X>, Box<Y>> extends true
            ? IsWide<X, To> extends true
              ? [Prefix, From, To]
              : SplitPrefix<RestFrom, RestTo, [...Prefix, X]>
            : [Prefix, From, To]
          : [Prefix, From, To]
        : never
      : SplitTo extends []
        ? [Prefix, From, To]
        : "unknown"
    : never;

/** Runtime twin of `SplitPrefix`, without the prefix. */
export function dropPrefix(from: readonly Dim[], to: readonly Dim[]): [from: readonly Dim[], to: readonly Dim[]] {
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [from.slice(same), to.slice(same)];
}

/** As `IsUnknown`, but settled for a type parameter once the shape beside it is known. */
export type IsWide<D, Beside> = {
  same: <T>() => T extends Box<D> ? 1 : 2;
  beside: Beside extends [] ? 1 : 2;
} extends Wide
  ? true
  : false;

type Wide =
  | { same: <T>() => T extends Box<number> ? 1 : 2 }
  | { same: <T>() => T extends Box<string> ? 1 : 2 }
  | { same: <T>() => T extends Box<Dim> ? 1 : 2 }
  | { beside: 3 };
