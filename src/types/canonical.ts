import type { Dim } from "./dim.js";
import {
  type AddPolynomials,
  addPolynomials,
  type Constant,
  constantTerms,
  type MultiplyPolynomials,
  multiplyPolynomials,
  type Polynomial,
  type PolynomialValue,
  type Term,
} from "./polynomial.js";
import { type DivideRounded, divideRounded, type Rounding } from "./quotient.js";
import { type SplitTopLevel, splitTopLevel } from "./split.js";
import { type ReadTerms, readTerms } from "./terms.js";

/**
 * A size as terms, in the one form that all ways to write it have: parentheses multiplied out, quotients rounded as little
 * as can be. `TermsOf<"(width-2)*3">` is `[[["width"], 3], [[], -6]]`.
 */
export type TermsOf<D extends Dim> = D extends number
  ? Constant<D>
  : D extends `${string}(${string}`
    ? ExpandSum<ReadTerms<D>>
    : ReadTerms<`${D}`>;

/** `termsOf("(width-2)*3")` is `[[["width"], 3], [[], -6]]`. */
export function termsOf(dim: Dim): PolynomialValue {
  if (typeof dim === "number") return constantTerms(dim);
  const terms = readTerms(dim);
  if (!dim.includes("(")) return terms;
  return terms
    .map(([factors, coefficient]) => factors.map(expandFactor).reduce(multiplyPolynomials, constantTerms(coefficient)))
    .reduce(addPolynomials, []);
}

type ExpandSum<P, Sum = []> = P extends [infer X extends Term, ...infer Rest extends Polynomial]
  ? ExpandSum<Rest, AddPolynomials<Sum, ExpandProduct<X[0], Constant<X[1]>>>>
  : Sum;

type ExpandProduct<Factors extends string[], Product> = Factors extends [
  infer Factor extends string,
  ...infer Rest extends string[],
]
  ? ExpandProduct<Rest, MultiplyPolynomials<Product, ExpandFactor<Factor>>>
  : Product;

type ExpandFactor<Factor extends string> = Factor extends `(${infer Inner})`
  ? TermsOf<Inner>
  : Factor extends `${infer Round extends Rounding}(${infer Inner})`
    ? SplitTopLevel<Inner, "/"> extends [infer A extends string, infer B extends string]
      ? DivideRounded<TermsOf<A>, TermsOf<B>, Round> extends infer Quotient extends Polynomial
        ? Quotient
        : [[[Factor], 1]]
      : [[[Factor], 1]]
    : [[[Factor], 1]];

function expandFactor(factor: string): PolynomialValue {
  const [, round, inner] = /^(floor|ceil|)\((.*)\)$/.exec(factor) ?? [];
  if (inner === undefined) return [[[factor], 1]];
  if (round === "") return termsOf(inner);
  const [a = "", b = ""] = splitTopLevel(inner, "/");
  return divideRounded(termsOf(a), termsOf(b), round as Rounding) ?? [[[factor], 1]];
}
