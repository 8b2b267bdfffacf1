import { type FloorDivideDims, floorDivideDims, type MultiplyDimsNow, multiplyDims } from "../../types/arithmetic.js";
import type { Divide } from "../../types/digits.js";
import type { Dim, IsUnknown, Same, SameBeside, Shape, SplitFirst, SplitLast, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type ProductOf, productOf } from "../../types/product.js";
import { type Show, type ShowDim, show } from "../../types/show.js";
import type { CheckDim } from "./checkDims.js";
import { type CheckPattern, namesOf, type Sides, type SidesGiven, sidesOf } from "./pattern.js";
import type { IsNoSize } from "./windows/sizes.js";

/** Sizes of axes that a pattern names. */
export type PatternSizes = Readonly<Record<string, Dim>>;

// A pattern is bound to a shape: first the axes before "...", then those behind it, from the end. `Env` has the sizes that are known, `Pairs`
// what has to be equal, or a multiple, which is judged afterwards: while a size is a type parameter, that may stay open.

interface Bound<Env, Dots, Pairs> {
  env: Env;
  dots: Dots;
  pairs: Pairs;
}

type Wrong<What, Names = never> = { wrong: What; names: Names };

/** The pattern, which each call says, settles what is asked of type parameters. */
type Bind<P extends string, S, O> = Sides<P> extends { in: infer T } ? Front<T, S, O, [], P> : "unknown";

type Front<T, S, Env, Pairs extends unknown[], Now> = T extends [infer A, ...infer R]
  ? A extends "..."
    ? Back<R, S, Env, Pairs, Now>
    : SplitFirst<S> extends infer Split
      ? Split extends [infer D extends Dim, infer Rest]
        ? One<A, D, Env, Pairs, Now> extends infer N
          ? N extends Bound<infer E, unknown, infer Q extends unknown[]>
            ? Front<R, Rest, E, Q, Now>
            : N
          : never
        : Split extends []
          ? Wrong<"rank">
          : "unknown"
      : never
  : SplitFirst<S> extends [unknown, unknown]
    ? Wrong<"rank">
    : Bound<Env, "none", Pairs>;

type Back<T, S, Env, Pairs extends unknown[], Now> = T extends [...infer R, infer A]
  ? SplitLast<S> extends infer Split
    ? Split extends [infer Rest, infer D extends Dim]
      ? One<A, D, Env, Pairs, Now> extends infer N
        ? N extends Bound<infer E, unknown, infer Q extends unknown[]>
          ? Back<R, Rest, E, Q, Now>
          : N
        : never
      : Split extends []
        ? Wrong<"rank">
        : "unknown"
    : never
  : Bound<Env, { s: S }, Pairs>;

/** One axis: a word, or a group of words of which the size of one may be open. */
type One<A, D extends Dim, Env, Pairs extends unknown[], Now> = A extends string
  ? A extends "1"
    ? Equal<"1", 1, D, Env, Pairs>
    : A extends keyof Env
      ? Equal<A, Env[A], D, Env, Pairs>
      : Bound<Env & { [_ in A]: D }, 0, Pairs>
  : OpenNames<A, Env> extends infer O
    ? O extends []
      ? Equal<Join<A>, Product<A, Env, Now>, D, Env, Pairs>
      : O extends [infer K extends string]
        ? Bound<
            Env & { [_ in K]: FloorDivideDims<D, Product<A, Env, Now>> },
            0,
            [...Pairs, ["divides", Join<A>, Product<A, Env, Now>, D]]
          >
        : Wrong<"open", Join<O>>
    : never;

/** What is seen to be equal is not put down. X is a type parameter: a calculation in its place would wait within generic functions. */
type Equal<A, X, D, Env, Pairs extends unknown[]> =
  Same<X, D> extends true ? Bound<Env, 0, Pairs> : Bound<Env, 0, [...Pairs, ["equal", A, X, D]]>;

type OpenNames<A, Env, Done extends unknown[] = []> = A extends [infer K, ...infer R]
  ? K extends keyof Env | "1"
    ? OpenNames<R, Env, Done>
    : OpenNames<R, Env, [...Done, K]>
  : Done;

/** The product of the sizes that are known. It begins with the first of them: 1 times a type parameter would stay to be read. */
type Product<A, Env, Now> = A extends [infer K extends string, ...infer R]
  ? Env extends { [_ in K]: infer D extends Dim }
    ? Times<R, Env, D, Now>
    : Product<R, Env, Now>
  : 1;
type Times<A, Env, Done extends Dim, Now> = A extends [infer K extends string, ...infer R]
  ? Env extends { [_ in K]: infer D extends Dim }
    ? Times<R, Env, MultiplyDimsNow<Done, D, Now>, Now>
    : Times<R, Env, Done, Now>
  : Done;

type Join<A, Done extends string = ""> = A extends [infer K extends string, ...infer R]
  ? Join<R, Done extends "" ? K : `${Done} ${K}`>
  : Done;

/** The shape that goes out. */
export type Rearranged<P extends string, S, O> =
  Bind<P, S, O> extends Bound<infer Env, infer Dots, unknown>
    ? Sides<P> extends { out: infer U }
      ? Output<U, Env, Dots, P>
      : UnknownShape
    : UnknownShape;

type Output<T, Env, Dots, Now, Done extends Shape = []> = T extends [infer A, ...infer R]
  ? A extends "..."
    ? Dots extends { s: infer S extends Shape }
      ? Output<R, Env, Dots, Now, [...Done, ...S]>
      : UnknownShape
    : A extends "1"
      ? Output<R, Env, Dots, Now, [...Done, 1]>
      : A extends string
        ? Env extends { [_ in A]: infer D extends Dim }
          ? Output<R, Env, Dots, Now, [...Done, D]>
          : Output<R, Env, Dots, Now, [...Done, number]>
        : Output<R, Env, Dots, Now, [...Done, Product<A, WithDots<A, Env, Dots>, Now>]>
  : Done;

/** The sizes that are known, among them that of all axes that are not named, where a group asks for it. */
type WithDots<A, Env, Dots> = A extends string[]
  ? "..." extends A[number]
    ? Dots extends { s: infer S }
      ? Env & { "...": ProductOf<S> }
      : Env
    : Env
  : Env;

export const otherAxes = "{op}: {item} does not name the axes of {shape}";
export const openGroup = "{op}: the sizes of {item} are not said; say all but one";
export const noMultipleOf = "{op}: {item} of {shape}: {n} is not a multiple of {m}";
export const otherSize = "{op}: {item} of {shape} is {n}, not {m}";
export const strangeAxis = "{op}: the pattern has no axis {item}";

/** `unknown` where a shape has the axes that a pattern names, else the message. `Now` settles it within generic functions. */
export type CheckRearranged<Op extends string, P extends string, S, O, Now> =
  unknown extends CheckPattern<Op, P>
    ? Bind<P, S, O> extends infer B
      ? B extends Bound<unknown, unknown, infer Pairs>
        ? CheckPairs<Pairs, Op, S, Now>
        : B extends Wrong<infer What, infer Names extends string>
          ? What extends "rank"
            ? Message<typeof otherAxes, { op: Op; item: P; shape: Show<S> }>
            : Message<typeof openGroup, { op: Op; item: Names }>
          : unknown
      : never
    : unknown;

type CheckPairs<Pairs, Op extends string, S, Now> = Pairs extends [
  [infer Kind, infer A extends string, infer X, infer D],
  ...infer R,
]
  ? Kind extends "equal"
    ? CheckEqual<X, D, A, R, Op, S, Now>
    : SameBeside<HasRest<D, X>, "yes", Now> extends true
      ? Message<typeof noMultipleOf, { op: Op; item: A; shape: Show<S>; n: ShowDim<D>; m: ShowDim<X> }>
      : CheckPairs<R, Op, S, Now>
  : unknown;

type CheckEqual<X, D, A extends string, R, Op extends string, S, Now> =
  Same<X, D> extends true
    ? CheckPairs<R, Op, S, Now>
    : IsUnknown<X> extends true
      ? CheckPairs<R, Op, S, Now>
      : IsUnknown<D> extends true
        ? CheckPairs<R, Op, S, Now>
        : Message<typeof otherSize, { op: Op; item: A; shape: Show<S>; n: ShowDim<D>; m: ShowDim<X> }>;

type HasRest<D, X> = D extends number
  ? X extends number
    ? true extends IsUnknown<D> | IsUnknown<X> | IsNoSize<X>
      ? "unknown"
      : Divide<D, X> extends [number, 0]
        ? "no"
        : "yes"
    : "unknown"
  : "unknown";

/** `unknown` where a pattern names all axes whose sizes are said, else the message. */
export type CheckPatternSizes<Op extends string, P extends string, O> =
  Sides<P> extends { in: infer T }
    ? Exclude<keyof O, WordsIn<T>> extends infer K extends string
      ? [K] extends [never]
        ? unknown
        : Message<typeof strangeAxis, { op: Op; item: K }>
      : unknown
    : unknown;

/** For each axis whose size is said, `unknown` where it is a dim, else the message. */
export type CheckAxisSizes<Op extends string, O extends PatternSizes> = {
  readonly [K in keyof O]: CheckDim<Op, O[K]>;
};

type WordsIn<T> = T extends [infer A, ...infer R] ? (A extends string[] ? A[number] : A) | WordsIn<R> : never;

/** How a pattern takes a tensor apart: the sizes of all axes that it names, `apart`, and what each axis was `whole`. */
export interface Parts {
  readonly sides: SidesGiven;
  readonly env: ReadonlyMap<string, Dim>;
  /** The dims that "..." stands for. */
  readonly dots: readonly Dim[];
  /** The shape, where groups are the products of their sizes. */
  readonly whole: readonly Dim[];
}

/** Runtime twin of `Bind` and its checks: the parts, or the message. For a pattern that `checkPattern` has accepted. */
export function partsOf(op: string, pattern: string, shape: readonly Dim[], sizes: PatternSizes): Parts | string {
  const sides = sidesOf(pattern)!;
  const strange = Object.keys(sizes).find((name) => !namesOf(sides.in).includes(name));
  if (strange !== undefined) return fill(strangeAxis, { op, item: strange });
  const dotsAt = sides.in.indexOf("...");
  const behind = dotsAt < 0 ? 0 : sides.in.length - dotsAt - 1;
  const before = dotsAt < 0 ? sides.in.length : dotsAt;
  const rank = fill(otherAxes, { op, item: pattern, shape: show(shape) });
  const env = new Map<string, Dim>(Object.entries(sizes));
  const whole = [...shape];
  const pairs: string[] = [];
  const bind = (item: string | string[], axis: number): string | undefined => {
    const words = typeof item === "string" ? [item] : item;
    const names = words.filter((word) => word !== "1");
    const open = names.filter((name) => !env.has(name));
    const dim = shape[axis]!;
    const known = productOf(names.flatMap((name) => env.get(name) ?? []));
    const fields = { op, item: words.join(" "), shape: show(shape), n: dim, m: known };
    if (open.length > 1) return fill(openGroup, { op, item: open.join(" ") });
    if (open.length === 0) {
      if (known !== dim) pairs.push(fill(otherSize, fields));
      return undefined;
    }
    const quotient = floorDivideDims(dim, known);
    if (Number.isNaN(quotient)) return fill(openGroup, { op, item: open.join(" ") });
    if (typeof dim === "number" && typeof known === "number" && dim % known !== 0)
      pairs.push(fill(noMultipleOf, fields));
    env.set(open[0]!, quotient);
    whole[axis] = multiplyDims(quotient, known);
    return undefined;
  };
  for (const [axis, item] of sides.in.slice(0, before).entries()) {
    if (axis >= shape.length) return rank;
    const message = bind(item, axis);
    if (message !== undefined) return message;
  }
  if (dotsAt < 0 && shape.length > before) return rank;
  for (let i = 1; i <= behind; i++) {
    if (before + i > shape.length) return rank;
    const message = bind(sides.in.at(-i)!, shape.length - i);
    if (message !== undefined) return message;
  }
  return pairs[0] ?? { sides, env, dots: shape.slice(before, shape.length - behind), whole };
}
