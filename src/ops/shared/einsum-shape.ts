import type { ShapeOf } from "../../ir/tensor.js";
import { type Broadcast, broadcast, type CheckBroadcast, checkBroadcast } from "../../types/broadcast.js";
import type { IsWide } from "../../types/common-prefix.js";
import type { Dim, IsUnknown, Same, Shape, SplitFirst, SplitLast, UnknownShape } from "../../types/dim.js";
import type { Equation, ParseEquation } from "../../types/equation.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, type ShowDim, show } from "../../types/show.js";

export const axesNotNamed = "{op}: {equation}: {indices} does not name the axes of {shape}";
export const indexDiffers = "{op}: {equation}: index {index} is {x}, but {y} in {where}, {shape}";

// Binding an index to a size compares nothing, so it is settled within a generic function: sizes are an intersection of
// { index: size }, with the first size that is known, and what has to agree is put down as pairs, which are judged one by one.

/** What one operand says: the sizes of its indices, the axes of `...`, and pairs that have to agree. */
interface Bound<Sizes, Dots, Pairs> {
  readonly sizes: Sizes;
  readonly dots: Dots;
  readonly pairs: Pairs;
}

type BindFirst<I, S, Sizes, Dots, Pairs extends unknown[]> = I extends [infer Index extends string, ...infer Rest]
  ? Index extends "..."
    ? BindLast<Rest, S, Sizes, Dots, Pairs>
    : SplitFirst<S> extends infer Split
      ? Split extends [infer D extends Dim, infer Others]
        ? BindFirst<Rest, Others, AddIndex<Sizes, Index, D>, Dots, [...Pairs, ...PairOf<Sizes, Index, D>]>
        : Split extends []
          ? "rank"
          : Bound<Sizes, Dots, Pairs>
      : never
  : SplitFirst<S> extends [unknown, unknown]
    ? "rank"
    : Bound<Sizes, Dots, Pairs>;

/** What follows `...` is read from the end, so that a generic `...B` is what is left over. */
type BindLast<I, S, Sizes, Dots, Pairs extends unknown[]> = I extends [...infer Rest, infer Index extends string]
  ? SplitLast<S> extends infer Split
    ? Split extends [infer Others, infer D extends Dim]
      ? BindLast<Rest, Others, AddIndex<Sizes, Index, D>, Dots, [...Pairs, ...PairOf<Sizes, Index, D>]>
      : Split extends []
        ? "rank"
        : Bound<Sizes, "unknown", Pairs>
    : never
  : Dots extends { s: infer Before }
    ? Bound<Sizes, { s: Join<Before, S> }, [...Pairs, ["...", Before, S]]>
    : Bound<Sizes, { s: S }, Pairs>;

/**
 * The axes of two operands' `...` broadcast. The same is asked first: within `{ s: … }` TypeScript looks at this a second time, with type
 * parameters that have lost their constraints, and `infer X extends Shape` would then wait.
 */
type Join<A, B> =
  Same<[A], [B]> extends true
    ? A
    : { a: A; b: B } extends { a: infer X extends Shape; b: infer Y extends Shape }
      ? Broadcast<X, Y>
      : UnknownShape;

type AddIndex<Sizes, Index extends string, D> =
  IsWide<D, Index> extends true ? Sizes : Index extends keyof Sizes ? Sizes : Sizes & { [_ in Index]: D };
type PairOf<Sizes, Index extends string, D> =
  IsWide<D, Index> extends true ? [] : Index extends keyof Sizes ? [[Index, Sizes[Index], D]] : [];

/** One walk over all operands: what is to be compared in each, and the sizes of all indices. */
export type Walk<Inputs, T, Sizes = unknown, Dots = "none", Places extends unknown[] = []> = T extends [
  infer First,
  ...infer Others,
]
  ? Inputs extends [infer I extends string[], ...infer OtherInputs]
    ? BindFirst<I, ShapeOf<First>, Sizes, Dots, []> extends infer B
      ? B extends Bound<infer Next, infer NextDots, infer Pairs>
        ? Walk<OtherInputs, Others, Next, NextDots, [...Places, Pairs]>
        : { places: [...Places, { rank: I }]; sizes: "wrong"; dots: Dots }
      : never
    : { places: Places; sizes: "wrong"; dots: Dots }
  : { places: Places; sizes: Inputs extends [] ? Sizes : "wrong"; dots: Dots };

/** `unknown` where operand K fits those before it, else the message. */
export type CheckOperand<Op extends string, E extends string, T, K> =
  IsUnknown<E> extends true
    ? unknown
    : Walk<ParseEquation<E>["inputs"], T> extends { places: infer Places }
      ? CheckPlace<Op, E, Places[K & keyof Places], `operand ${K & string}`, ShapeOf<T[K & keyof T]>>
      : never;

/** `unknown` where a walk has found nothing wrong at one of its places, of shape `S`, else the message. */
export type CheckPlace<Op extends string, E extends string, Place, Where extends string, S> = Place extends unknown[]
  ? CheckPairs<Op, Place, E, Where, S>
  : Place extends { rank: infer I extends string[] }
    ? Message<typeof axesNotNamed, { op: Op; equation: E; indices: Joined<I>; shape: Show<S> }>
    : unknown;

type CheckPairs<Op extends string, Pairs, E extends string, Where extends string, T> = Pairs extends [
  [infer Index extends string, infer X, infer D],
  ...infer Rest,
]
  ? Index extends "..."
    ? { x: X; d: D } extends { x: infer Before extends Shape; d: infer S extends Shape }
      ? CheckBroadcast<Op, Before, S>
      : never
    : SameIndex<Op, Index, X, D, Rest, E, Where, T>
  : unknown;

/** An alias of its own: while it is open, within a generic function, the editor shows it by this name. */
type SameIndex<Op extends string, Index extends string, X, D, Rest, E extends string, Where extends string, T> =
  Same<[X], [D]> extends true
    ? CheckPairs<Op, Rest, E, Where, T>
    : Same<X, D> extends true
      ? CheckPairs<Op, Rest, E, Where, T>
      : IsUnknown<X> extends true
        ? CheckPairs<Op, Rest, E, Where, T>
        : IsUnknown<D> extends true
          ? CheckPairs<Op, Rest, E, Where, T>
          : Message<
              typeof indexDiffers,
              {
                op: Op;
                equation: E;
                index: Index;
                x: ShowDim<X>;
                y: ShowDim<D>;
                where: Where;
                shape: Show<T>;
              }
            >;

type Joined<I> = I extends [infer First extends string, ...infer Rest] ? `${First}${Joined<Rest>}` : "";

/** The shape of an output, by the sizes of its indices. */
export type Result<Output, Sizes, Dots, Done extends Shape> = Output extends [infer Index extends string, ...infer Rest]
  ? Index extends "..."
    ? Dots extends { s: infer S extends Shape }
      ? Result<Rest, Sizes, Dots, [...Done, ...S]>
      : UnknownShape
    : Sizes extends { [_ in Index]: infer D extends Dim }
      ? Result<Rest, Sizes, Dots, [...Done, D]>
      : Result<Rest, Sizes, Dots, [...Done, number]>
  : Done;

/** The shape that an equation gives. */
export type Einsum<E extends string, T> =
  IsUnknown<E> extends true
    ? UnknownShape
    : ParseEquation<E> extends Equation<infer Inputs, infer Output>
      ? Walk<Inputs, T> extends { sizes: infer Sizes; dots: infer Dots }
        ? Sizes extends "wrong"
          ? UnknownShape
          : Result<Output, Sizes, Dots, []>
        : never
      : never;

/** The sizes of all indices so far; those of `...` as one shape. */
export interface IndexSizes {
  readonly sizes: Map<string, Dim>;
  dots: readonly Dim[] | undefined;
}

/** Runtime twin of `CheckOperand`: puts down the sizes of one operand, or says what is wrong with it. */
export function bindOperand(
  op: string,
  equation: string,
  indices: readonly string[],
  where: string,
  shape: readonly Dim[],
  known: IndexSizes,
): string | undefined {
  const at = indices.indexOf("...");
  const named = at < 0 ? indices.length : indices.length - 1;
  if (at < 0 ? shape.length !== named : shape.length < named) {
    return fill(axesNotNamed, { op, equation, indices: indices.join(""), shape: show(shape) });
  }
  const behind = at < 0 ? 0 : named - at;
  const first = indices.slice(0, at < 0 ? named : at).map((index, axis) => [index, shape[axis]!] as const);
  // What follows the ellipsis is read from the end, as the type reads it.
  const last = indices.slice(named - behind + 1).map((index, i) => [index, shape[shape.length - behind + i]!] as const);
  for (const [index, y] of at < 0 ? first : [...first, ...last.reverse()]) {
    const x = known.sizes.get(index) ?? y;
    if (x !== y) return fill(indexDiffers, { op, equation, index, x, y, where, shape: show(shape) });
    known.sizes.set(index, x);
  }
  if (at < 0) return undefined;
  const dots = shape.slice(at, shape.length - behind);
  const before = known.dots ?? dots;
  const wrong = checkBroadcast(op, before, dots);
  if (wrong === undefined) known.dots = broadcast(before, dots);
  return wrong;
}
