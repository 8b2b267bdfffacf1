import type { Times } from "./arithmetic.js";
import { type TermsOf, termsOf } from "./canonical.js";
import type { Dim, IsUnknown, Same, SplitFirst } from "./dim.js";
import {
  type Constant,
  constantTerms,
  type MultiplyPolynomials,
  multiplyPolynomials,
  type PolynomialValue,
} from "./polynomial.js";
import { type PrintTerms, printTerms } from "./print-terms.js";

/**
 * The number of elements as one size: `ProductOf<["batch", 28, 28]>` is `"batch*784"`, of a scalar 1. `number` if a size
 * is unknown.
 */
export type ProductOf<S> =
  Factors<S> extends [infer Names extends Dim[], infer N extends number]
    ? Names extends []
      ? N
      : PrintTerms<ExpandFactors<Names, N>>
    : number;

/** `productOf(["batch", 28, 28])` is `"batch*784"`. */
export function productOf(shape: readonly Dim[]): Dim {
  return printTerms(productTerms(shape));
}

/** The same as terms: `productTerms(["batch", "time-1"])` is `[[["batch", "time"], 1], [["batch"], -1]]`. */
export function productTerms(shape: readonly Dim[]): PolynomialValue {
  return shape.map(termsOf).reduce(multiplyPolynomials, constantTerms(1));
}

/** A shape's product taken apart: the sizes with names, and the product of the numbers. `"unknown"` if a size is. */
export type Factors<S, Names extends Dim[] = [], N extends number = 1> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer Rest]
      ? IsUnknown<D> extends true
        ? "unknown"
        : D extends number
          ? Factors<Rest, Names, MultiplyNumbers<N, D>>
          : Factors<Rest, [...Names, D], N>
      : Split extends []
        ? number extends N
          ? "unknown"
          : [Names, N]
        : "unknown"
    : never;

/** Names and number as the terms of one size. */
export type ExpandFactors<Names extends Dim[], N extends number> = ExpandNames<Names, Constant<N>>;

type ExpandNames<Names extends Dim[], Product> = Names extends [infer Name extends Dim, ...infer Rest extends Dim[]]
  ? ExpandNames<Rest, MultiplyPolynomials<Product, TermsOf<Name>>>
  : Product;

type MultiplyNumbers<A extends number, B extends number> =
  Same<A, 1> extends true ? B : Same<B, 1> extends true ? A : Times<A, B>;
