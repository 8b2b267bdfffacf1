import { type CompareFactors, type CompareTexts, compareFactors, compareTexts } from "./order.js";
import type { AddSigned, DivideSigned, MultiplySigned } from "./signed.js";

// A size calculated from names as a sum of products with whole coefficients: `batch*(time-1)*2` is two terms,
// [["batch", "time"], 2] and [["batch"], -2]. The factors of a product are in order, and so are the terms (see order.ts),
// none of them zero; a constant has no factors, and so comes last. Two sizes are the same if their terms are.

/** A product of names, or of quotients that do not come out even, with a coefficient other than 0. */
export type Term = [factors: string[], coefficient: number];
export type Polynomial = Term[];

/** The same at runtime. */
export type TermValue = readonly [factors: readonly string[], coefficient: number];
export type PolynomialValue = readonly TermValue[];

/** `Constant<3>` is `[[[], 3]]`, `Constant<0>` has no terms. */
export type Constant<N extends number> = N extends 0 ? [] : [[[], N]];

export function constantTerms(n: number): PolynomialValue {
  return n === 0 ? [] : [[[], n]];
}

export type AddPolynomials<A, B, Done extends Polynomial = []> = A extends [
  infer X extends Term,
  ...infer RestA extends Polynomial,
]
  ? B extends [infer Y extends Term, ...infer RestB extends Polynomial]
    ? CompareFactors<X[0], Y[0]> extends infer Order
      ? Order extends "equal"
        ? AddPolynomials<RestA, RestB, [...Done, ...TermOf<X[0], AddSigned<X[1], Y[1]>>]>
        : Order extends "before"
          ? AddPolynomials<RestA, B, [...Done, X]>
          : AddPolynomials<A, RestB, [...Done, Y]>
      : never
    : [...Done, X, ...RestA]
  : B extends Polynomial
    ? [...Done, ...B]
    : never;

export function addPolynomials(a: PolynomialValue, b: PolynomialValue): PolynomialValue {
  const sum: TermValue[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const order = compareFactors(a[i]![0], b[j]![0]);
    if (order < 0) sum.push(a[i++]!);
    else if (order > 0) sum.push(b[j++]!);
    else {
      const [factors, coefficient] = a[i++]!;
      const total = coefficient + b[j++]![1];
      if (total !== 0) sum.push([factors, total]);
    }
  }
  return [...sum, ...a.slice(i), ...b.slice(j)];
}

export type SubtractPolynomials<A, B> = AddPolynomials<A, MultiplyByTerm<B, [[], -1]>>;

export function subtractPolynomials(a: PolynomialValue, b: PolynomialValue): PolynomialValue {
  return addPolynomials(a, multiplyByTerm(b, [[], -1]));
}

export type MultiplyPolynomials<A, B, Sum = []> = B extends [infer Y extends Term, ...infer Rest extends Polynomial]
  ? MultiplyPolynomials<A, Rest, AddPolynomials<Sum, MultiplyByTerm<A, Y>>>
  : Sum;

export function multiplyPolynomials(a: PolynomialValue, b: PolynomialValue): PolynomialValue {
  return b.reduce<PolynomialValue>((sum, term) => addPolynomials(sum, multiplyByTerm(a, term)), []);
}

/** Multiplying by one term keeps the order. */
export type MultiplyByTerm<A, Y extends Term, Done extends Polynomial = []> = A extends [
  infer X extends Term,
  ...infer Rest extends Polynomial,
]
  ? MultiplyByTerm<Rest, Y, [...Done, ...TermOf<MergeFactors<X[0], Y[0]>, MultiplySigned<X[1], Y[1]>>]>
  : Done;

export function multiplyByTerm(a: PolynomialValue, [others, n]: TermValue): PolynomialValue {
  return a.map(([factors, coefficient]) => [[...factors, ...others].sort(compareTexts), coefficient * n]);
}

/**
 * The quotient, where a polynomial is a multiple of another; else `undefined`. First terms are divided by first terms, as
 * on paper.
 */
export type DividePolynomials<A, B, Quotient extends Polynomial = []> = A extends [infer X extends Term, ...Polynomial]
  ? B extends [infer Y extends Term, ...Polynomial]
    ? DivideTerms<X, Y> extends infer Q extends Term
      ? DividePolynomials<SubtractPolynomials<A, MultiplyByTerm<B, Q>>, B, [...Quotient, Q]>
      : undefined
    : undefined
  : B extends []
    ? undefined
    : Quotient;

export function dividePolynomials(a: PolynomialValue, b: PolynomialValue): PolynomialValue | undefined {
  const divisor = b[0];
  if (divisor === undefined) return undefined;
  const quotient: TermValue[] = [];
  for (let left = a; left.length > 0; ) {
    const term = divideTerms(left[0]!, divisor);
    if (term === undefined) return undefined;
    quotient.push(term);
    left = subtractPolynomials(left, multiplyByTerm(b, term));
  }
  return quotient;
}

type DivideTerms<X extends Term, Y extends Term> =
  DivideCoefficients<X[1], Y[1]> extends [infer N extends number, 0]
    ? WithoutFactors<X[0], Y[0]> extends infer Factors extends string[]
      ? [Factors, N]
      : undefined
    : undefined;

function divideTerms([factors, n]: TermValue, [others, m]: TermValue): TermValue | undefined {
  const left = [...factors];
  for (const factor of others) {
    const place = left.indexOf(factor);
    if (place < 0) return undefined;
    left.splice(place, 1);
  }
  return n % m === 0 ? [left, n / m] : undefined;
}

type DivideCoefficients<A extends number, B extends number> = `${B}` extends `-${infer N extends number}`
  ? DivideSigned<MultiplySigned<A, -1>, N>
  : DivideSigned<A, B>;

type TermOf<Factors extends string[], N extends number> = N extends 0 ? [] : [[Factors, N]];

type MergeFactors<A extends string[], B extends string[], Done extends string[] = []> = A extends [
  infer X extends string,
  ...infer RestA extends string[],
]
  ? B extends [infer Y extends string, ...infer RestB extends string[]]
    ? CompareTexts<X, Y> extends "after"
      ? MergeFactors<A, RestB, [...Done, Y]>
      : MergeFactors<RestA, B, [...Done, X]>
    : [...Done, ...A]
  : [...Done, ...B];

/** Both in order; `undefined` where one of B is not in A. */
type WithoutFactors<A extends string[], B extends string[], Done extends string[] = []> = B extends [
  infer Y extends string,
  ...infer RestB extends string[],
]
  ? A extends [infer X extends string, ...infer RestA extends string[]]
    ? X extends Y
      ? WithoutFactors<RestA, RestB, Done>
      : WithoutFactors<RestA, B, [...Done, X]>
    : undefined
  : [...Done, ...A];
