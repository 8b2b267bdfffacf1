import { dropPrefix, type SplitPrefix } from "./common-prefix.js";
import type { Dim, Same, SameBeside, Shape, SplitFirst, SplitLast, UnknownShape } from "./dim.js";
import type { IsJoined } from "./joined-axes.js";
import { fill, type Message } from "./message.js";
import { type Problem, type Solve, solve, type WithoutOpen } from "./open-axis.js";
import { type ProductOf, productOf } from "./product.js";
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
  HasOpen<To> extends false
    ? To
    : SplitPrefix<From, To> extends infer Split
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
  : MustBeJoined<From, To>;

/** An alias of its own, as that of what is left over is: while they are open, within a generic function, editors show them by these names. */
type MustBeJoined<From extends Shape, To extends Shape> =
  IsJoined<From, To> extends true ? unknown : CheckElements<From, To>;

/** Is there a -1 among the sizes? A type parameter is none. */
type HasOpen<S> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D, infer Rest]
      ? SameBeside<D, -1, S> extends true
        ? true
        : HasOpen<Rest>
      : Split extends []
        ? false
        : "unknown"
    : never;

type EndsIn<S, D> = SplitLast<S> extends [unknown, infer Last] ? SameBeside<Last, D, S> : false;

type CheckElements<From extends Shape, To extends Shape> =
  SplitPrefix<From, To> extends infer Split
    ? Split extends [unknown, infer RestFrom, infer RestTo]
      ? Same<WithoutOnes<RestFrom>, WithoutOnes<RestTo>> extends true
        ? unknown // settled for type parameters: [B, C] to [B, 1, 1, C]
        : RestTo extends [-1]
          ? unknown
          : MustReshape<From, To, RestFrom, RestTo>
      : unknown
    : never;

/** A shape without its axes of size 1. */
type WithoutOnes<S, Others extends readonly unknown[] = []> =
  SplitFirst<S> extends [infer D, infer Rest]
    ? WithoutOnes<Rest, SameBeside<D, 1, S> extends true ? Others : [...Others, D]>
    : Others;

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

/** A type parameter among the sizes is no -1. */
type FillIn<S extends Shape, D> = {
  [Axis in keyof S]: SameBeside<S[Axis], -1, S> extends true ? (D extends Problem ? number : D) : S[Axis];
};

/** What is said of each. */
export const severalOpen = "reshape: only one axis may be -1, got {to}";
export const unequalElements = "reshape: {from} has {m} elements, {to} has {n}";
export const notMultiple = "reshape: {from} does not fit {to}: {m} is not a multiple of {n}";

/** An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustReshape<From extends Shape, To extends Shape, RestFrom, RestTo> =
  Solve<RestFrom, RestTo> extends infer Solved ? ReshapeMessage<From, To, Solved> : never;

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
