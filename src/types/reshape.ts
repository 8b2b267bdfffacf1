import type { Times } from "./arithmetic.js";
import type { Divide } from "./digits.js";
import type { Box, Dim, Same, SameBeside, Shape, SplitFirst, SplitLast, UnknownShape } from "./dim.js";
import { fill, type Message } from "./message.js";
import { type DividePolynomials, dividePolynomials, type Polynomial } from "./polynomial.js";
import { type PrintTerms, printTerms } from "./print-terms.js";
import { type ExpandFactors, type Factors, type ProductOf, productOf, productTerms } from "./product.js";
import { type Show, type ShowDim, show } from "./show.js";

/**
 * The shape that a reshape gives: as it is asked for, with the one -1 in it worked out. `number` in its place if a size is
 * unknown, or if it cannot be (see `CheckReshape`).
 *
 * @example
 * type A = InferReshape<["batch", 28, 28], [-1, 784]>; // ["batch", 784]
 * type B = InferReshape<["batch", 28, 28], ["batch", -1]>; // ["batch", 784]
 * type C = InferReshape<["batch", 28, 28], [-1]>; // ["batch*784"]
 */
export type InferReshape<From extends Shape, To extends Shape> =
  SplitPrefix<From, To> extends infer Split
    ? Split extends [infer Prefix extends Shape, infer RestFrom, infer RestTo extends Shape]
      ? RestTo extends [-1]
        ? [...Prefix, ProductOf<RestFrom>]
        : [...Prefix, ...FillIn<RestTo, Solve<RestFrom, RestTo>>]
      : UnknownShape
    : never;

/** `inferReshape(["batch", 28, 28], [-1, 784])` is `["batch", 784]`. For shapes that `checkReshape` has accepted. */
export function inferReshape(from: readonly Dim[], to: readonly Dim[]): Dim[] {
  const [restFrom, restTo] = dropPrefix(from, to);
  const solved = solve(restFrom, restTo);
  return to.map((dim) => (dim === -1 && solved !== undefined ? solved : dim));
}

/**
 * `unknown` if a shape can be reshaped to another one, else the message.
 *
 * @example
 * type A = CheckReshape<["batch", 28, 28], ["batch", 700]>;
 * // "reshape: [batch, 28, 28] has batch*784 elements, [batch, 700] has batch*700"
 * type B = CheckReshape<["batch", 28, 28], [-1, 100]>;
 * // "reshape: [batch, 28, 28] does not fit [-1, 100]: batch*784 is not a multiple of 100"
 * type C = CheckReshape<["batch", 28, 28], [-1, -1]>; // "reshape: only one axis may be -1, got [-1, -1]"
 */
export type CheckReshape<From extends Shape, To extends Shape> = true extends
  | HasOpen<To>
  | EndsIn<To, 1>
  | EndsIn<From, 1>
  ? CheckElements<From, To> // settled for more type parameters
  : IsJoined<From, To> extends true
    ? unknown
    : CheckElements<From, To>;

/** Is there a -1 among the sizes? A type parameter is none. */
type HasOpen<S> =
  SplitFirst<S> extends [infer D, infer Rest] ? (SameBeside<D, -1, S> extends true ? true : HasOpen<Rest>) : false;

type EndsIn<S, D> = SplitLast<S> extends [unknown, infer Last] ? SameBeside<Last, D, S> : false;

type CheckElements<From extends Shape, To extends Shape> =
  SplitPrefix<From, To> extends infer Split
    ? Split extends [unknown, infer RestFrom, infer RestTo]
      ? RestTo extends [-1]
        ? unknown
        : ReshapeMessage<From, To, Solve<RestFrom, RestTo>>
      : unknown
    : never;

/** The same message from shapes at hand, or `undefined`. */
export function checkReshape(from: readonly Dim[], to: readonly Dim[]): string | undefined {
  const open = to.filter((dim) => dim === -1).length;
  if (open > 1) return fill(severalOpen, { to: show(to) });
  const [restFrom, restTo] = dropPrefix(from, to);
  if (solve(restFrom, restTo) !== undefined) return undefined;
  const given = { from: show(from), to: show(to), m: productOf(from) };
  if (open === 0) return fill(unequalElements, { ...given, n: productOf(to) });
  return fill(notMultiple, { ...given, n: productOf(to.filter((dim) => dim !== -1)) });
}

/**
 * Both shapes without the sizes that they begin with in common, and these. A batch axis that stays is thus out of the
 * question before anything is multiplied, also within a generic function: `[B, H, W]` to `[B, -1]` has an answer.
 */
type SplitPrefix<From, To, Prefix extends Shape = []> =
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

/**
 * Is one shape the other with two neighbouring axes made one: `[B, T, H, D]` and `[B, T, Times<H, D>]`? Thus heads are taken
 * apart and put together again within generic functions, where nothing can be multiplied or compared by value.
 */
type IsJoined<From, To> = IsOneOf<From, Joined<To>> extends true ? true : IsOneOf<To, Joined<From>>;

type IsOneOf<S, Shapes> = { s: S } extends { s: Shapes } ? true : false;

/** The shapes that are this one with two neighbouring axes made one. */
type Joined<S> = SplitFirst<S> extends [infer First extends Dim, infer Rest] ? JoinedTo<First, Rest, []> : never;

type JoinedTo<X extends Dim, S, Before extends Shape> =
  SplitFirst<S> extends [infer Y extends Dim, infer Rest extends Shape]
    ? [...Before, Times<X, Y>, ...Rest] | JoinedTo<Y, Rest, [...Before, X]>
    : never;

/** As `IsUnknown`, but settled for a type parameter once the shape beside it is known. */
type IsWide<D, Beside> = { same: <T>() => T extends Box<D> ? 1 : 2; beside: Beside extends [] ? 1 : 2 } extends Wide
  ? true
  : false;

type Wide =
  | { same: <T>() => T extends Box<number> ? 1 : 2 }
  | { same: <T>() => T extends Box<string> ? 1 : 2 }
  | { same: <T>() => T extends Box<Dim> ? 1 : 2 }
  | { beside: 3 };

function dropPrefix(from: readonly Dim[], to: readonly Dim[]): [from: readonly Dim[], to: readonly Dim[]] {
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [from.slice(same), to.slice(same)];
}

/**
 * What the -1 stands for. Without a -1, it is 1 if the products agree. Else what is wrong.
 */
type Solve<From, To> =
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

function solve(from: readonly Dim[], to: readonly Dim[]): Dim | undefined {
  const quotient = dividePolynomials(productTerms(from), productTerms(to.filter((dim) => dim !== -1)));
  if (quotient === undefined) return undefined;
  const solved = printTerms(quotient);
  return to.includes(-1) || solved === 1 ? solved : undefined;
}

/** The sizes other than -1, and a list as long as there are of those. */
type WithoutOpen<S, Known extends Shape = [], Open extends unknown[] = []> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D extends Dim, infer Rest]
      ? D extends -1
        ? WithoutOpen<Rest, Known, [...Open, D]>
        : WithoutOpen<Rest, [...Known, D], Open>
      : Split extends []
        ? [Known, Open]
        : "unknown"
    : never;

/** A type parameter among the sizes is no -1. */
type FillIn<S extends Shape, D> = {
  [Axis in keyof S]: SameBeside<S[Axis], -1, S> extends true ? (D extends Problem ? number : D) : S[Axis];
};

type Problem = "several" | "differs" | "no multiple";

/** What is said of each. */
export const severalOpen = "reshape: only one axis may be -1, got {to}";
export const unequalElements = "reshape: {from} has {m} elements, {to} has {n}";
export const notMultiple = "reshape: {from} does not fit {to}: {m} is not a multiple of {n}";

type ReshapeMessage<From extends Shape, To extends Shape, Solved> = Solved extends "several"
  ? Message<typeof severalOpen, { to: Show<To> }>
  : Solved extends "differs"
    ? Message<
        typeof unequalElements,
        { from: Show<From>; m: ShowDim<ProductOf<From>>; to: Show<To>; n: ShowDim<ProductOf<To>> }
      >
    : Solved extends "no multiple"
      ? Message<
          typeof notMultiple,
          { from: Show<From>; to: Show<To>; m: ShowDim<ProductOf<From>>; n: ShowDim<KnownProduct<To>> }
        >
      : unknown;

type KnownProduct<To> = WithoutOpen<To> extends [infer Known, unknown] ? ProductOf<Known> : number;
