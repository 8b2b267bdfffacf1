import { type CeilDivideDims, ceilDivideDims, type SubtractDims, subtractDims } from "../../types/arithmetic.js";
import type { Add, Compare, Subtract } from "../../types/digits.js";
import type {
  Batched,
  Box,
  Dim,
  IsUnknown,
  SameBeside,
  Shape,
  SplitFirst,
  SplitLast,
  UnknownShape,
} from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, type ShowDim, show } from "../../types/show.js";

/** The items of a text such as `":, 1:-1, ..., 0"`, read. */
export type Items<T extends string, Done extends unknown[] = []> = T extends `${infer Head},${infer Rest}`
  ? Items<Rest, [...Done, ReadItem<Trim<Head>>]>
  : [...Done, ReadItem<Trim<T>>];

type Trim<T extends string> = T extends ` ${infer R}` ? Trim<R> : T extends `${infer R} ` ? Trim<R> : T;

/**
 * What an item says of its axis, before the axis is known. `keep` is a size of its own, `less` how much shorter the axis becomes; each
 * with its stride. `needs` is how long the axis has to be.
 */
interface Read<Kind, N, Step, Needs, T> {
  kind: Kind;
  n: N;
  step: Step;
  needs: Needs;
  text: T;
}

type ReadItem<T extends string> = T extends "..." | "new"
  ? T
  : T extends `${infer From}:${infer To}:${infer Step}`
    ? [Trim<From>, Trim<To>, Trim<Step>] extends ["", "", "-1"]
      ? Read<"less", 0, 1, 0, T>
      : Trim<Step> extends ""
        ? ReadRange<Trim<From>, Trim<To>, 1, T>
        : ReadRange<Trim<From>, Trim<To>, Natural<Trim<Step>>, T>
    : T extends `${infer From}:${infer To}`
      ? ReadRange<Trim<From>, Trim<To>, 1, T>
      : T extends `-${infer N}`
        ? Read<"drop", 0, Natural<N>, Natural<N>, T>
        : Natural<T> extends infer N extends number
          ? Read<"drop", 0, 1, Add<N, 1>, T>
          : Read<"bad", 0, 1, 1, T>;

/** A whole number, or "bad". */
type Natural<T extends string> = T extends `${bigint}`
  ? T extends `-${string}`
    ? "bad"
    : T extends `${infer N extends number}`
      ? N
      : "bad"
  : "bad";

type ReadRange<From extends string, To extends string, Step, T> = From extends `-${infer A}`
  ? To extends ""
    ? Keep<Natural<A>, Step, Natural<A>, T>
    : To extends `-${infer B}`
      ? Keep<Difference<Natural<A>, Natural<B>>, Step, Natural<A>, T>
      : Read<"bad", 0, 1, 1, T>
  : (From extends "" ? 0 : Natural<From>) extends infer A extends number
    ? To extends ""
      ? Less<A, Step, T>
      : To extends `-${infer B}`
        ? Natural<B> extends infer M extends number
          ? Less<Add<A, M>, Step, T>
          : Read<"bad", 0, 1, 1, T>
        : Keep<Difference<Natural<To>, A>, Step, Natural<To>, T>
    : Read<"bad", 0, 1, 1, T>;

type Difference<A, B> = A extends number ? (B extends number ? Subtract<A, B> : "bad") : "bad";
type Keep<N, Step, Needs, T> = N extends 0 ? Read<"bad", 0, 1, 1, T> : Read<"keep", N, Step, Needs, T>;
/** All of an axis may be nothing; what is left out of it leaves something. */
type Less<N extends number, Step, T> = Read<"less", N, Step, N extends 0 ? 0 : Add<N, 1>, T>;

/** Can it be read? Numbers everywhere, and a stride from 1 on. */
type IsRead<Item> =
  Item extends Read<"keep" | "less" | "drop", number, infer Step, number, string>
    ? Step extends number
      ? Step extends 0
        ? false
        : true
      : false
    : false;

/** The size of a slice of an axis. */
type SizeOf<D extends Dim, Item> =
  Item extends Read<"keep", infer N extends number, infer Step extends number, unknown, unknown>
    ? CeilDivideDims<N, Step>
    : Item extends Read<"less", infer N extends number, infer Step extends number, unknown, unknown>
      ? CeilDivideDims<SubtractDims<D, N>, Step>
      : number;

/** The shape of slices: items before an ellipsis from the front, those behind it from the end; axes that no item names stay. */
export type At<S extends Shape, T extends string> = string extends T
  ? UnknownShape
  : Box<unknown> extends Box<S>
    ? UnknownShape
    : AtFront<S, Items<T>, []>;

type AtFront<S, I extends unknown[], Done extends Shape> = I extends [infer Item, ...infer Others]
  ? Item extends "..."
    ? AtEnd<S, Others, Done, []>
    : Item extends "new"
      ? AtFront<S, Others, [...Done, 1]>
      : SplitFirst<S> extends infer Split
        ? Split extends [infer D extends Dim, infer Rest]
          ? Item extends { kind: "drop" }
            ? AtFront<Rest, Others, Done>
            : AtFront<Rest, Others, [...Done, SizeOf<D, Item>]>
          : UnknownShape
        : never
  : { s: S } extends { s: infer Tail extends Shape }
    ? [...Done, ...Tail]
    : UnknownShape;

type AtEnd<S, I extends unknown[], Front extends Shape, Done extends Shape> = I extends [...infer Others, infer Item]
  ? Item extends "new"
    ? AtEnd<S, Others, Front, [1, ...Done]>
    : SplitLast<S> extends infer Split
      ? Split extends [infer Rest, infer D extends Dim]
        ? Item extends { kind: "drop" }
          ? AtEnd<Rest, Others, Front, Done>
          : AtEnd<Rest, Others, Front, [SizeOf<D, Item>, ...Done]>
        : UnknownShape
      : never
  : { s: S } extends { s: infer Middle extends Shape }
    ? Front extends []
      ? Batched<Middle, Done, Front>
      : [...Front, ...Middle, ...Done]
    : UnknownShape;

export const notSlice = "at: {item} is not a slice; write a:b, a:b:step, a number, ... or new";
export const backwardSlice = "at: {item} steps backwards, which only ::-1 does, over all of an axis";
export const tooManySlices = "at: {item} names more axes than {shape} has";
export const outsideAxis = "at: {item} reaches out of an axis of size {n} in {shape}";

/** `unknown` where a text names slices that a shape has, else the message. `Now` settles it within generic functions. */
export type CheckAt<S extends Shape, T extends string, Now> = string extends T
  ? unknown
  : CheckFront<S, Items<T>, { all: S; text: T }, Now>;

interface Whole {
  all: Shape;
  text: string;
}

type CheckFront<S, I extends unknown[], W extends Whole, Now> = I extends [infer Item, ...infer Others]
  ? Item extends "..."
    ? CheckEnd<S, Others, W, Now>
    : Item extends "new"
      ? CheckFront<S, Others, W, Now>
      : IsRead<Item> extends false
        ? NotSlice<Item>
        : SplitFirst<S> extends infer Split
          ? Split extends [infer D, infer Rest]
            ? SameBeside<TooShort<D, Item>, "yes", Now> extends true
              ? Outside<D, Item, W>
              : CheckFront<Rest, Others, W, Now>
            : Split extends []
              ? TooMany<W>
              : unknown
          : never
  : unknown;

type CheckEnd<S, I extends unknown[], W extends Whole, Now> = I extends [...infer Others, infer Item]
  ? Item extends "new"
    ? CheckEnd<S, Others, W, Now>
    : IsRead<Item> extends false
      ? NotSlice<Item>
      : SplitLast<S> extends infer Split
        ? Split extends [infer Rest, infer D]
          ? SameBeside<TooShort<D, Item>, "yes", Now> extends true
            ? Outside<D, Item, W>
            : CheckEnd<Rest, Others, W, Now>
          : Split extends []
            ? TooMany<W>
            : unknown
        : never
  : unknown;

type TextOf<Item> = Item extends { text: infer T extends string } ? (T extends "" ? '""' : T) : "...";
type NotSlice<Item> =
  IsBackward<TextOf<Item>> extends true
    ? Message<typeof backwardSlice, { item: TextOf<Item> }>
    : Message<typeof notSlice, { item: TextOf<Item> }>;

/** Numbers with a step below 0. */
type IsBackward<T extends string> = T extends `${infer From}:${infer To}:${infer Step}`
  ? Trim<Step> extends "-0"
    ? false
    : `${Trim<From>}:${Trim<To>}:${Trim<Step>}` extends `${"" | bigint}:${"" | bigint}:-${bigint}`
      ? true
      : false
  : false;
type TooMany<W extends Whole> = Message<typeof tooManySlices, { item: W["text"]; shape: Show<W["all"]> }>;
type Outside<D, Item, W extends Whole> = Message<
  typeof outsideAxis,
  { item: TextOf<Item>; n: ShowDim<D>; shape: Show<W["all"]> }
>;

type TooShort<D, Item> = D extends number
  ? IsUnknown<D> extends true
    ? "unknown"
    : Item extends { needs: infer N extends number }
      ? Compare<D, N> extends "less"
        ? "yes"
        : "no"
      : "unknown"
  : "unknown";

/** What is done along one axis: a block of it, every step-th place or all the other way round, and whether the axis goes. */
export interface AxisSlice {
  readonly begin: Dim;
  readonly size: Dim;
  readonly step: number;
  readonly drop: boolean;
}

/** Runtime twin of `At` and `CheckAt`: what is done along each axis, "new" for new ones; or the message. */
export function readSlices(shape: readonly Dim[], text: string): readonly (AxisSlice | "new")[] | string {
  const items = text.split(",").map((item) => item.trim());
  const dots = items.indexOf("...");
  const message = checkSlices(shape, text, items, dots);
  if (message !== undefined) return message;
  const named = items.filter((item) => item !== "new" && item !== "...").length;
  const rest = Array.from({ length: shape.length - named }, () => ":");
  const all = dots < 0 ? [...items, ...rest] : items.toSpliced(dots, 1, ...rest);
  let axis = 0;
  const read: (AxisSlice | "new")[] = [];
  for (const item of all) {
    if (item === "new") {
      read.push("new");
      continue;
    }
    read.push(sliceOf(shape[axis++]!, item)!);
  }
  return read;
}

/** Runtime twin of `CheckAt`, which begins at the front, and at the end with what stands behind three dots. */
function checkSlices(shape: readonly Dim[], text: string, items: readonly string[], dots: number): string | undefined {
  const axes = [...shape];
  const front = dots < 0 ? items : items.slice(0, dots);
  const back = dots < 0 ? [] : items.slice(dots + 1).reverse();
  for (const [i, item] of [...front, ...back].entries()) {
    if (item === "new") continue;
    if (!range.test(item)) return fill(notSlice, { item: item || '""' });
    if (!sliceOf("n", item)) return fill(/:.*:\s*-/.test(item) ? backwardSlice : notSlice, { item });
    const dim = i < front.length ? axes.shift() : axes.pop();
    if (dim === undefined) return fill(tooManySlices, { item: text, shape: show(shape) });
    if (typeof dim === "number" && dim < sliceOf(dim, item)!.needs) {
      return fill(outsideAxis, { item, n: dim, shape: show(shape) });
    }
  }
  return undefined;
}

const range = /^(-?[1-9]\d*|0|(-?[1-9]\d*|0)?\s*:\s*(-?[1-9]\d*|0)?(\s*:\s*(-?[1-9]\d*)?)?)$/;

function sliceOf(dim: Dim, item: string): (AxisSlice & { readonly needs: number }) | undefined {
  const [from, to, by] = item.split(":").map((part) => part.trim());
  const start = Number(from || 0);
  const begin = start < 0 ? subtractDims(dim, -start) : start;
  if (to === undefined) return { begin, size: 1, step: 1, drop: true, needs: start < 0 ? -start : start + 1 };
  const step = Number(by || 1);
  if (step < 0)
    return from === "" && to === "" && step === -1 ? { begin, size: dim, step, drop: false, needs: 0 } : undefined;
  const end = Number(to);
  if (start >= 0 && (to === "" || end < 0)) {
    const less = to === "" ? start : start - end;
    return { begin, size: subtractDims(dim, less), step, drop: false, needs: less === 0 ? 0 : less + 1 };
  }
  if (start < 0 && to !== "" && end >= 0) return undefined;
  const size = start < 0 ? (to === "" ? -start : end - start) : end - start;
  return size > 0 ? { begin, size, step, drop: false, needs: start < 0 ? -start : end } : undefined;
}

/** The size along an axis. */
export function sizeAfter({ size, step }: AxisSlice): Dim {
  return step > 0 ? ceilDivideDims(size, step) : size;
}
