import { inWords } from "../../../ir/inWords.js";
import { refuse } from "../../../ir/refuse.js";
import type { IsUnknown, SameNow } from "../../../types/dim.js";
import { fill, type Message, type Problem } from "../../../types/message.js";
import type { AxisPadding, SequencePadding } from "../../../types/window.js";
import type { WindowPadding } from "./attributes.js";
import { axisNames, type SpatialRank } from "./images.js";

/** A size for a sequence's axis: a number, or a list of it. */
export type Single = number | readonly [time: number];

/** A size for each of two axes, `[height, width]`; a single number stands for both. */
export type Pair = number | readonly [height: number, width: number];

/** A size for each of three axes, `[depth, height, width]`; a single number stands for all. */
export type Triple = number | readonly [depth: number, height: number, width: number];

/** How many places stand before and after an axis: one number for both. */
export type PaddedBy = number | readonly [before: number, after: number];

/** The same for each of two axes; a single number stands for all. */
export type PairEdges = number | readonly [height: PaddedBy, width: PaddedBy];

/** The same for each of three axes. */
export type TripleEdges = number | readonly [depth: PaddedBy, height: PaddedBy, width: PaddedBy];

/** A padding for each of two axes. */
export type PairPadding = "same" | "valid" | PairEdges;

/** A padding for each of three axes. */
export type TriplePadding = "same" | "valid" | TripleEdges;

/** The size along one axis of sizes given. */
export type SizeAt<Sizes, Axis extends number> = Sizes extends number
  ? Sizes
  : Sizes extends readonly number[]
    ? Sizes[Axis]
    : number;

/** The padding along one of several axes. */
export type PaddingAt<P, Axis extends number> = P extends readonly unknown[]
  ? AsPadding<P[Axis]>
  : P extends AxisPadding
    ? P
    : never;

type AsPadding<P> = P extends AxisPadding ? P : number;

export const notSizes = "{op}: {option} are positive integers, got {given}";

/**
 * `unknown` where sizes are positive integers, or are not known, else the message.
 *
 * @typeParam Beside any other type parameter that a call settles
 * @example type Message = CheckSizes<"conv2d", "strides", [2, 0], "now">; // "conv2d: strides are positive integers, got [2, 0]"
 */
export type CheckSizes<Op extends string, Option extends string, Sizes, Beside> =
  SameNow<HasNoSize<Sizes>, true, Beside> extends true
    ? Message<typeof notSizes, { op: Op; option: Option; given: ShowSizes<Sizes> }>
    : unknown;

type HasNoSize<Sizes> = Sizes extends readonly number[]
  ? true extends { [Axis in keyof Sizes]: IsNoSize<Sizes[Axis]> }[number]
    ? true
    : false
  : IsNoSize<Sizes>;

/** Is it a number that no size is? */
export type IsNoSize<N> =
  IsUnknown<N> extends true
    ? false
    : N extends number
      ? `${N}` extends "0" | `-${string}` | `${string}.${string}` | `${string}e${string}`
        ? true
        : false
      : false;

export type ShowSizes<Sizes> = Sizes extends readonly number[]
  ? `[${Join<Sizes>}]`
  : Sizes extends number
    ? `${Sizes}`
    : "?";

type Join<Sizes> = Sizes extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends []
    ? `${First}`
    : `${First}, ${Join<Rest>}`
  : "";

/** Runtime twin of `CheckSizes`; it asks for the number of sizes too. */
function checkSizes(op: string, option: string, sizes: unknown, rank: SpatialRank): string | undefined {
  if (sizes === undefined) return `${op}: ${option} is missing; write { ${option}: 3 }, or a number for each axis`;
  const list: readonly unknown[] = Array.isArray(sizes) ? Array.from(sizes) : [sizes];
  if (!list.every((size) => Number.isSafeInteger(size) && (size as number) > 0)) {
    return fill(notSizes, { op, option, given: showSizes(sizes) });
  }
  return checkCount(op, option, sizes, rank);
}

/** Sizes as messages have them, whatever they are. */
export function showSizes(sizes: unknown): string {
  return Array.isArray(sizes) ? `[${Array.from(sizes, inWords).join(", ")}]` : quoted(sizes);
}

/** The message for a list of sizes that is not one for each axis. */
export function checkCount(op: string, option: string, list: unknown, rank: SpatialRank): string | undefined {
  if (!Array.isArray(list) || list.length === rank) return undefined;
  return `${op}: ${option} are one number or [${axisNames[rank].join(", ")}], got [${list.join(", ")}]`;
}

/** The sizes along all axes. */
export function sizesOf(op: string, option: string, sizes: number | readonly number[], rank: SpatialRank): number[] {
  refuse("SW_VALUE", op, checkSizes(op, option, sizes, rank));
  return typeof sizes === "number" ? new Array<number>(rank).fill(sizes) : [...sizes];
}

/** A padding as nodes have it. With one axis, a pair is what stands before and after. */
export function paddingGiven(
  op: string,
  padding: SequencePadding | PairPadding | TriplePadding,
  rank: SpatialRank,
  words = '"same", "valid"',
): WindowPadding {
  if (padding === "same" || padding === "valid") return padding;
  return placesGiven(op, "padding", padding, rank, `${words} or `);
}

export const notPlaces = "{op}: {option} is {words}a number of places, got {given}";

/**
 * `unknown` where numbers of places are integers from 0, or are not known, else the message: it is looked up, as that of `CheckCount` is.
 *
 * @typeParam Words what else the option takes: `'"same", "valid" or '`
 */
export type CheckPlaces<Op extends string, Option extends string, Words extends string, P> = GivenPlaces<
  Op,
  Option,
  Words,
  PlacesText<P>
>[Places[PlacesText<P>]];

interface GivenPlaces<Op extends string, Option extends string, Words extends string, Given extends string> {
  readonly [text: string]: unknown;
  readonly refused: Problem<Message<typeof notPlaces, { op: Op; option: Option; words: Words; given: Given }>>;
}

/** What else than places a padding is. */
export type PaddingWords = '"same", "valid" or ';

/** The same of convolutions, which may be causal over one axis. */
export type CausalWords<Op extends string> = Op extends `${string}1d` ? '"same", "valid", "causal" or ' : PaddingWords;

/** By the text of places, `"refused"` or any other text: one of a negative number, a fraction, or one beyond all integers. */
interface Places {
  readonly [text: string]: string;
  readonly [text: `${string}${"-" | "." | "e"}${string}`]: "refused";
}

/** Places as messages have them. Of words, and of what is not known, none. */
type PlacesText<P> = P extends number
  ? `${P}`
  : P extends readonly unknown[]
    ? number extends P["length"]
      ? ""
      : `[${JoinPlaces<P>}]`
    : "";

type JoinPlaces<P> = P extends readonly [infer First, ...infer Rest]
  ? `${PlacesText<First>}${Rest extends [] ? "" : ","}${JoinPlaces<Rest>}`
  : "";

/** How many places stand before and after each axis, from one number, one for each axis, or pairs. */
export function placesGiven(
  op: string,
  option: string,
  places: SequencePadding | PairPadding | TriplePadding,
  rank: SpatialRank,
  words = "",
): (readonly [before: number, after: number])[] {
  const list: readonly PaddedBy[] =
    typeof places === "number" || rank === 1
      ? new Array<PaddedBy>(rank).fill(places as PaddedBy)
      : (places as readonly PaddedBy[]);
  const isCount = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  const pairs = Array.isArray(list) ? Array.from(list, (by) => (typeof by === "number" ? [by, by] : by)) : [];
  if (
    pairs.length !== rank ||
    !pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && Array.from(pair).every(isCount))
  ) {
    refuse("SW_VALUE", op, fill(notPlaces, { op, option, words, given: quoted(places) }));
  }
  return pairs.map(([before, after]) => [before!, after!]);
}

/** Lists of pairs, as they are given; what lies deeper is named alone: it may hold itself. */
function quoted(value: unknown, depth = 2): string {
  if (!Array.isArray(value) || depth === 0) return inWords(value);
  return `[${Array.from(value, (part) => quoted(part, depth - 1)).join(",")}]`;
}
