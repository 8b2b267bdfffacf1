import type { Divide } from "./digits.js";
import type { Dim, Same, Shape, SplitFirst } from "./dim.js";
import { type DividePolynomials, dividePolynomials, type Polynomial } from "./polynomial.js";
import { type PrintTerms, printTerms } from "./print-terms.js";
import { type ExpandFactors, type Factors, productTerms } from "./product.js";

/** What the -1 in a reshape stands for. Without a -1, it is 1 if the products agree. Else what is wrong. */
export type Solve<From, To> =
  WithoutOpen<To> extends [infer Known, infer Open extends unknown[]]
    ? Open["length"] extends 0 | 1
      ? Factors<From> extends infer FactorsFrom
        ? FactorsFrom extends [infer NamesFrom extends Dim[], infer M extends number]
          ? Factors<Known> extends infer FactorsTo
            ? FactorsTo extends [infer NamesTo extends Dim[], infer N extends number]
              ? [NamesFrom, NamesTo] extends [[], []]
                ? SolveNumbers<M, N, Open>
                : SolveTerms<ExpandFactors<NamesFrom, M>, ExpandFactors<NamesTo, N>, Open>
              : number
            : never
          : number
        : never
      : "several"
    : number;

type SolveNumbers<M extends number, N extends number, Open> = Open extends []
  ? M extends N
    ? 1
    : "differs"
  : Divide<M, N> extends [infer Quotient, 0]
    ? Quotient
    : "no multiple";

type SolveTerms<From, To, Open> = Open extends []
  ? Same<From, To> extends true
    ? 1
    : "differs"
  : DividePolynomials<From, To> extends infer Quotient extends Polynomial
    ? PrintTerms<Quotient>
    : "no multiple";

/** Runtime twin of `Solve`: `undefined` where something is wrong. */
export function solve(from: readonly Dim[], to: readonly Dim[]): Dim | undefined {
  const quotient = dividePolynomials(productTerms(from), productTerms(to.filter((dim) => dim !== -1)));
  if (quotient === undefined) return undefined;
  const solved = printTerms(quotient);
  return to.includes(-1) || solved === 1 ? solved : undefined;
}

/** The sizes other than -1, and a list as long as there are of those. */
export type WithoutOpen<S, Known extends Shape = [], Open extends unknown[] = []> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer Rest]
      ? D extends -1
        ? WithoutOpen<Rest, Known, [...Open, D]>
        : WithoutOpen<Rest, [...Known, D], Open>
      : Split extends []
        ? [Known, Open]
        : "unknown"
    : never;

/** What can be wrong. */
export type Problem = "several" | "differs" | "no multiple";
