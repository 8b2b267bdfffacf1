import type { Times } from "./arithmetic.js";
import type { Dim, Shape, SplitFirst } from "./dim.js";

/**
 * Is one shape the other with two neighbouring axes made one: `[B, T, H, D]` and `[B, T, Times<H, D>]`? Thus heads are taken
 * apart and put together again within generic functions, where nothing can be multiplied or compared by value.
 */
export type IsJoined<From, To> = IsOneOf<From, Joined<To>> extends true ? true : IsOneOf<To, Joined<From>>;

type IsOneOf<S, Shapes> = { s: S } extends { s: Shapes } ? true : false;

/** The shapes that are this one with two neighbouring axes made one. */
type Joined<S> = SplitFirst<S> extends [infer First extends Dim, infer Rest] ? JoinedTo<First, Rest, []> : never;

type JoinedTo<X extends Dim, S, Before extends Shape> =
  SplitFirst<S> extends [infer Y extends Dim, infer Rest extends Shape]
    ? [...Before, Times<X, Y>, ...Rest] | JoinedTo<Y, Rest, [...Before, X]>
    : never;
