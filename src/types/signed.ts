import type { Add, Divide, Multiply, Subtract } from "./digits.js";

// Whole numbers that may be negative: the coefficients in `width-2`. Sizes themselves are never below zero.

/** `AddSigned<-5, 3>` is -2. */
export type AddSigned<A extends number, B extends number> = `${A}` extends `-${infer X extends number}`
  ? `${B}` extends `-${infer Y extends number}`
    ? Negate<Add<X, Y>>
    : SubtractNatural<B, X>
  : `${B}` extends `-${infer Y extends number}`
    ? SubtractNatural<A, Y>
    : Add<A, B>;

/** `MultiplySigned<-5, 3>` is -15. */
export type MultiplySigned<A extends number, B extends number> = `${A}` extends `-${infer X extends number}`
  ? `${B}` extends `-${infer Y extends number}`
    ? Multiply<X, Y>
    : Negate<Multiply<X, B>>
  : `${B}` extends `-${infer Y extends number}`
    ? Negate<Multiply<A, Y>>
    : Multiply<A, B>;

/** Quotient, rounded down, and rest, which is never negative, by a number above zero: `DivideSigned<-5, 3>` is `[-2, 1]`. */
export type DivideSigned<A extends number, B extends number> = `${A}` extends `-${infer X extends number}`
  ? Divide<X, B> extends [infer Quotient extends number, infer Rest extends number]
    ? Rest extends 0
      ? [Negate<Quotient>, 0]
      : [Negate<Add<Quotient, 1>>, Subtract<B, Rest>]
    : "by zero"
  : Divide<A, B>;

/** `Negate<2>` is -2. */
export type Negate<N extends number> = N extends 0
  ? 0
  : `${N}` extends `-${infer M extends number}`
    ? M
    : `-${N}` extends `${infer M extends number}`
      ? M
      : number;

type SubtractNatural<A extends number, B extends number> =
  Subtract<A, B> extends infer Difference extends number
    ? Difference
    : Subtract<B, A> extends infer Difference extends number
      ? Negate<Difference>
      : number;
