import type { Divide, Multiply, Subtract } from "./digits.js";
import {
  type AddPolynomials,
  addPolynomials,
  type Constant,
  constantTerms,
  type DividePolynomials,
  dividePolynomials,
  type MultiplyByTerm,
  multiplyByTerm,
  type Polynomial,
  type PolynomialValue,
  subtractPolynomials,
  type Term,
} from "./polynomial.js";
import { type PrintSum, printSum } from "./print-terms.js";
import type { DivideSigned } from "./signed.js";
import { type SplitTopLevel, splitTopLevel } from "./split.js";
import { type ReadTerms, readTerms } from "./terms.js";

// A quotient that does not come out even is a factor of its own, `ceil(width/2)`, and has one text, too: what divides
// evenly stands outside, `floor((width*2+3)/2)` is `width+1`; a fraction is reduced, `floor(width*2/4)` is `floor(width/2)`;
// a quotient of a quotient is one; and of `ceil(width/2)` and `floor((width+1)/2)`, which are equal, the first is taken.

/** Which way a division is rounded. */
export type Rounding = "floor" | "ceil";

/** A / B: by 0 it is undefined. */
export type DivideRounded<A, B, Round extends Rounding> = B extends [[[], infer N extends number]]
  ? FloorBy<Round extends "ceil" ? AddPolynomials<A, Constant<Decrease<N>>> : A, N>
  : B extends []
    ? undefined
    : DividePolynomials<A, B> extends infer Quotient extends Polynomial
      ? Quotient
      : [[[`${Round}(${Dividend<A>}/${Divisor<B>})`], 1]];

export function divideRounded(a: PolynomialValue, b: PolynomialValue, round: Rounding): PolynomialValue | undefined {
  if (b.length === 0) return undefined;
  const [[factors, n]] = b as readonly [PolynomialValue[number]];
  if (factors.length === 0) return floorBy(round === "ceil" ? addPolynomials(a, constantTerms(n - 1)) : a, n);
  return dividePolynomials(a, b) ?? [[[`${round}(${dividend(a)}/${divisor(b)})`], 1]];
}

/** floor(A / N). */
type FloorBy<A, N extends number> = N extends 1
  ? A
  : Whole<A, N> extends [infer Even, infer Left]
    ? AddPolynomials<Even, FloorFraction<Left, N>>
    : never;

function floorBy(a: PolynomialValue, n: number): PolynomialValue {
  const even = wholes(a, n);
  return addPolynomials(even, floorFraction(subtractPolynomials(a, multiplyByTerm(even, [[], n])), n));
}

/** Each coefficient's quotient, and its rest. */
type Whole<A, N extends number, Even extends Polynomial = [], Left extends Polynomial = []> = A extends [
  infer X extends Term,
  ...infer Rest extends Polynomial,
]
  ? DivideSigned<X[1], N> extends [infer Quotient extends number, infer Remainder extends number]
    ? Whole<
        Rest,
        N,
        Quotient extends 0 ? Even : [...Even, [X[0], Quotient]],
        Remainder extends 0 ? Left : [...Left, [X[0], Remainder]]
      >
    : never
  : [Even, Left];

function wholes(a: PolynomialValue, n: number): PolynomialValue {
  return a.flatMap(([factors, coefficient]): PolynomialValue => {
    const quotient = Math.floor(coefficient / n);
    return quotient === 0 ? [] : [[factors, quotient]];
  });
}

/** floor(A / N), all coefficients being below N. */
type FloorFraction<A, N extends number> = A extends [] | [[[], number]]
  ? []
  : CommonDivisor<A, N> extends infer D extends number
    ? D extends 1
      ? OnlyQuotient<A> extends [infer Inner, infer M extends number, infer Others]
        ? FloorBy<AddPolynomials<Inner, MultiplyByTerm<Others, [[], M]>>, Multiply<N, M>>
        : Quotient<A, N>
      : Divide<N, D> extends [infer M extends number, 0]
        ? FloorBy<Whole<A, D>[0], M>
        : never
    : never;

function floorFraction(a: PolynomialValue, n: number): PolynomialValue {
  if (a.length === 0 || a[0]![0].length === 0) return [];
  const d = commonDivisor(a, n);
  if (d > 1) return floorBy(wholes(a, d), n / d);
  const quotient = onlyQuotient(a);
  if (quotient === undefined) return [[[quotientText(a, n)], 1]];
  const [inner, m, others] = quotient;
  return floorBy(addPolynomials(inner, multiplyByTerm(others, [[], m])), n * m);
}

type Quotient<A, N extends number> = A extends [...infer Names, [[], infer C]]
  ? C extends Decrease<N>
    ? [[[`ceil(${Dividend<Names>}/${N})`], 1]]
    : [[[`floor(${Dividend<A>}/${N})`], 1]]
  : [[[`floor(${Dividend<A>}/${N})`], 1]];

function quotientText(a: PolynomialValue, n: number): string {
  const [factors, coefficient] = a.at(-1)!;
  const isCeil = factors.length === 0 && coefficient === n - 1;
  return isCeil ? `ceil(${dividend(a.slice(0, -1))}/${n})` : `floor(${dividend(a)}/${n})`;
}

/**
 * The one quotient by a number in a sum, as what floor divides and by what, and the other terms:
 * floor((floor(a / m) + b) / n) is floor((a + b · m) / (n · m)).
 */
type OnlyQuotient<A, Others extends Polynomial = [], Found extends unknown[] = []> = A extends [
  infer X extends Term,
  ...infer Rest extends Polynomial,
]
  ? ReadQuotient<X> extends [infer Inner extends Polynomial, infer M extends number]
    ? Found extends []
      ? OnlyQuotient<Rest, Others, [Inner, M]>
      : undefined
    : OnlyQuotient<Rest, [...Others, X], Found>
  : Found extends []
    ? undefined
    : [...Found, Others];

function onlyQuotient(a: PolynomialValue): [inner: PolynomialValue, m: number, others: PolynomialValue] | undefined {
  const quotients = a.map(readQuotient);
  const [first, ...more] = quotients.filter((quotient) => quotient !== undefined);
  return first && more.length === 0 ? [...first, a.filter((_, i) => quotients[i] === undefined)] : undefined;
}

type ReadQuotient<X extends Term> = X extends [[`${infer Round extends Rounding}(${infer Inner})`], 1]
  ? SplitTopLevel<Inner, "/"> extends [infer A extends string, `${infer M extends number}`]
    ? [Round extends "ceil" ? AddPolynomials<ReadGroup<A>, Constant<Decrease<M>>> : ReadGroup<A>, M]
    : undefined
  : undefined;

function readQuotient([[factor = "", ...others], coefficient]: PolynomialValue[number]):
  | [inner: PolynomialValue, m: number]
  | undefined {
  const [, round, inner] = /^(floor|ceil)\((.*)\)$/.exec(factor) ?? [];
  if (inner === undefined || others.length > 0 || coefficient !== 1) return undefined;
  const [a, m] = splitTopLevel(inner, "/") as [string, string];
  if (!/^\d+$/.test(m)) return undefined;
  return [round === "ceil" ? addPolynomials(readGroup(a), constantTerms(Number(m) - 1)) : readGroup(a), Number(m)];
}

type ReadGroup<Text extends string> = ReadTerms<Text extends `(${infer Inner})` ? Inner : Text>;

function readGroup(text: string): PolynomialValue {
  return readTerms(text.startsWith("(") ? text.slice(1, -1) : text);
}

/** The greatest number that divides N and the coefficients of all names. */
type CommonDivisor<A, N extends number> = N extends 1
  ? 1
  : A extends [[[string, ...string[]], infer M extends number], ...infer Rest extends Polynomial]
    ? CommonDivisor<Rest, GreatestDivisor<N, M>>
    : N;

function commonDivisor(a: PolynomialValue, n: number): number {
  return a.reduce((d, [factors, coefficient]) => (factors.length === 0 ? d : greatestDivisor(d, coefficient)), n);
}

/** Euclid's. */
type GreatestDivisor<N extends number, M extends number> = M extends 0
  ? N
  : Divide<N, M> extends [unknown, infer Rest extends number]
    ? GreatestDivisor<M, Rest>
    : never;

function greatestDivisor(n: number, m: number): number {
  return m === 0 ? n : greatestDivisor(m, n % m);
}

/** A sum in parentheses. */
type Dividend<A> = A extends [[unknown, infer N extends number]]
  ? `${N}` extends `-${string}`
    ? `(${PrintSum<A>})`
    : PrintSum<A>
  : `(${PrintSum<A>})`;

function dividend(a: PolynomialValue): string {
  return a.length === 1 && a[0]![1] > 0 ? printSum(a) : `(${printSum(a)})`;
}

/** A sum or product in parentheses. */
type Divisor<B> = B extends [[[string], 1]] ? PrintSum<B> : `(${PrintSum<B>})`;

function divisor(b: PolynomialValue): string {
  const [[factors, coefficient]] = b as readonly [PolynomialValue[number]];
  return b.length === 1 && factors.length === 1 && coefficient === 1 ? printSum(b) : `(${printSum(b)})`;
}

type Decrease<N extends number> = Subtract<N, 1> extends infer M extends number ? M : number;
