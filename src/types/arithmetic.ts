import { type TermsOf, termsOf } from "./canonical.js";
import type { Add, AreNatural, Divide, Multiply, Subtract } from "./digits.js";
import type { Dim, IsUnknown, Same, SameBeside, SameNow } from "./dim.js";
import {
  type AddPolynomials,
  addPolynomials,
  type MultiplyPolynomials,
  multiplyPolynomials,
  type Polynomial,
  type SubtractPolynomials,
  subtractPolynomials,
} from "./polynomial.js";
import { type PrintTerms, printTerms } from "./print-terms.js";
import { type DivideRounded, divideRounded, type Rounding } from "./quotient.js";

// Sizes are added, multiplied and divided whether they are numbers or names. A result with a name in it is a text in one
// form, so that two ways to the same size are the same type: a sum of products in a fixed order, with whole coefficients
// behind the names (`batch*28`) and the constant last (`width-2`). canonical.ts has the form, quotient.ts that of divisions.
// Unknown sizes give `number`. A rule and its function always agree; ir/evaluate.ts reads the texts.
//
// Inside a generic function, a size that is a type parameter leaves the short name of the rule to be read in a hover:
// `Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]>`. Only adding 0 and multiplying or dividing by 1 are settled before that.

/** A size plus another: `AddDims<28, 2>` is 30, `AddDims<"width", 3>` is `"width+3"`, `AddDims<"width-2", 2>` is `"width"`. */
export type AddDims<A extends Dim, B extends Dim> = Same<B, 0> extends true ? A : Plus<A, B>;

/** `addDims(28, 2)` is 30, `addDims("width", 3)` is `"width+3"`. */
export function addDims(a: Dim, b: Dim): Dim {
  if (b === 0) return a;
  return typeof a === "number" && typeof b === "number" ? a + b : printTerms(addPolynomials(termsOf(a), termsOf(b)));
}

/** A size less another: `SubtractDims<28, 2>` is 26, `SubtractDims<"width", 2>` is `"width-2"`. A size below zero is `number`. */
export type SubtractDims<A extends Dim, B extends Dim> = Same<B, 0> extends true ? A : Minus<A, B>;

/** `subtractDims(28, 2)` is 26, `subtractDims("width", 2)` is `"width-2"`. */
export function subtractDims(a: Dim, b: Dim): Dim {
  if (b === 0) return a;
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : printTerms(subtractPolynomials(termsOf(a), termsOf(b)));
}

/** A size times another: `MultiplyDims<28, 28>` is 784, `MultiplyDims<28, "batch">` is `"batch*28"`. */
export type MultiplyDims<A extends Dim, B extends Dim> = Same<B, 1> extends true ? A : Times<A, B>;

/**
 * `MultiplyDims` where a call says what `Now` is: a type parameter is then not 1, and within generic functions this is `Times<A, B>`, as
 * people write it.
 */
export type MultiplyDimsNow<A extends Dim, B extends Dim, Now> = SameNow<B, 1, Now> extends true ? A : Times<A, B>;

/** `multiplyDims(28, 28)` is 784, `multiplyDims(28, "batch")` is `"batch*28"`. */
export function multiplyDims(a: Dim, b: Dim): Dim {
  if (b === 1) return a;
  return typeof a === "number" && typeof b === "number"
    ? a * b + 0 // -0 is 0
    : printTerms(multiplyPolynomials(termsOf(a), termsOf(b)));
}

/** A size over another, rounded down: `FloorDivideDims<27, 2>` is 13, `FloorDivideDims<"width", 2>` is `"floor(width/2)"`. By 0 it is `number`. */
export type FloorDivideDims<A extends Dim, B extends Dim> = Same<B, 1> extends true ? A : Floor<A, B>;

/**
 * One of `B` equal parts of A: as `FloorDivideDims`, and within generic functions the other factor of a product, `PartOf<Times<U, 4>, 4>`
 * is U. Of what is no product, TypeScript finds other factors, of which A is not made, or any `Dim`. The rule waits until `Beside` is
 * known, as that of `SameBeside`.
 */
export type PartOf<A extends Dim, B extends Dim, Beside = B> = {
  of: A;
  beside: Beside extends 0 ? "none" : "some";
} extends {
  of: Times<infer X extends Dim, infer Y extends Dim> | infer _;
  beside: "some";
}
  ? SameBeside<{ of: A; by: B }, { of: Times<X, Y>; by: Y }, Beside> extends true
    ? SameBeside<X, Dim, Beside> extends true
      ? FloorDivideDims<A, B>
      : X
    : FloorDivideDims<A, B>
  : FloorDivideDims<A, B>;

/** `floorDivideDims(27, 2)` is 13, `floorDivideDims("width", 2)` is `"floor(width/2)"`. */
export function floorDivideDims(a: Dim, b: Dim): Dim {
  return divideDims(a, b, "floor");
}

/** A size over another, rounded up: `CeilDivideDims<27, 2>` is 14, `CeilDivideDims<"width", 2>` is `"ceil(width/2)"`. By 0 it is `number`. */
export type CeilDivideDims<A extends Dim, B extends Dim> = Same<B, 1> extends true ? A : Ceil<A, B>;

/** `ceilDivideDims(27, 2)` is 14, `ceilDivideDims("width", 2)` is `"ceil(width/2)"`. */
export function ceilDivideDims(a: Dim, b: Dim): Dim {
  return divideDims(a, b, "ceil");
}

/** A + B, in the words of a hover. */
export type Plus<A extends Dim, B extends Dim> =
  EitherUnknown<A, B> extends true
    ? number
    : A extends number
      ? B extends number
        ? AreNatural<A, B> extends true
          ? Add<A, B>
          : number
        : AddTexts<A, B>
      : AddTexts<A, B>;

/** A - B. */
export type Minus<A extends Dim, B extends Dim> =
  EitherUnknown<A, B> extends true
    ? number
    : A extends number
      ? B extends number
        ? AreNatural<A, B> extends true
          ? Subtract<A, B> extends infer Difference extends number
            ? Difference
            : number
          : number
        : SubtractTexts<A, B>
      : SubtractTexts<A, B>;

/** A * B. */
export type Times<A extends Dim, B extends Dim> =
  EitherUnknown<A, B> extends true
    ? number
    : A extends number
      ? B extends number
        ? AreNatural<A, B> extends true
          ? Multiply<A, B>
          : number
        : MultiplyTexts<A, B>
      : MultiplyTexts<A, B>;

/** A / B, rounded down: of numbers a number, also while they are open, so that a quotient can be a count of channels. */
export type Floor<A extends Dim, B extends Dim> =
  EitherUnknown<A, B> extends true
    ? number
    : A extends number
      ? B extends number
        ? DivideDims<A, B, "floor"> extends infer N extends number
          ? N
          : number
        : DivideOpen<A, B, "floor">
      : DivideOpen<A, B, "floor">;

/** A / B, rounded up. */
export type Ceil<A extends Dim, B extends Dim> = EitherUnknown<A, B> extends true ? number : DivideOpen<A, B, "ceil">;

/** That it is a dim is said last: while sizes are open, TypeScript would go through all rules to find it out. */
type DivideOpen<A extends Dim, B extends Dim, Round extends Rounding> =
  DivideDims<A, B, Round> extends infer D extends Dim ? D : number;

type AddTexts<A extends Dim, B extends Dim> =
  AddPolynomials<TermsOf<A>, TermsOf<B>> extends infer P ? PrintTerms<P> : never;
type SubtractTexts<A extends Dim, B extends Dim> =
  SubtractPolynomials<TermsOf<A>, TermsOf<B>> extends infer P ? PrintTerms<P> : never;
type MultiplyTexts<A extends Dim, B extends Dim> =
  MultiplyPolynomials<TermsOf<A>, TermsOf<B>> extends infer P ? PrintTerms<P> : never;

type EitherUnknown<A, B> = IsUnknown<A> extends true ? true : IsUnknown<B>;

type DivideDims<A extends Dim, B extends Dim, Round extends Rounding> = B extends number
  ? A extends number
    ? AreNatural<A, B> extends true
      ? DivideNumbers<A, B, Round>
      : number
    : AreNatural<B, B> extends true
      ? DivideTexts<A, B, Round>
      : number
  : DivideTexts<A, B, Round>;

type DivideTexts<A extends Dim, B extends Dim, Round extends Rounding> =
  DivideRounded<TermsOf<A>, TermsOf<B>, Round> extends infer Quotient extends Polynomial
    ? PrintTerms<Quotient>
    : number;

function divideDims(a: Dim, b: Dim, rounding: Rounding): Dim {
  if (b === 1) return a;
  if (typeof a === "number" && typeof b === "number") return Math[rounding](a / b) + 0; // -0 is 0
  const quotient = divideRounded(termsOf(a), termsOf(b), rounding);
  return quotient ? printTerms(quotient) : Number.NaN;
}

type DivideNumbers<A extends number, B extends number, Round extends Rounding> =
  Divide<A, B> extends [infer Quotient extends number, infer Rest]
    ? Round extends "floor"
      ? Quotient
      : Rest extends 0
        ? Quotient
        : Add<Quotient, 1>
    : number;
