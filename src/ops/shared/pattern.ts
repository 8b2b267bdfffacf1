import { fill, type Message } from "../../types/message.js";

// Patterns as einops writes them: "b (h w) c -> b h w c". Before the arrow are the axes that come in, behind it those that go out. Each is
// a name, 1, a group of names in parentheses for an axis that is their product, or "..." for all axes that are not named, which may also stand
// in a group that goes out.

/** An axis of a pattern: a word, or the words of a group. */
type Item = string | string[];

type Words<T extends string, Done extends string[] = []> = T extends `${infer W} ${infer R}`
  ? Words<R, W extends "" ? Done : [...Done, W]>
  : T extends ""
    ? Done
    : [...Done, T];

type Items<T extends string> = T extends `${infer A}(${infer G})${infer R}`
  ? [...Words<A>, Words<G>, ...Items<R>]
  : Words<T>;

/** The axes of both sides. */
export type Sides<P extends string> = P extends `${infer L}->${infer R}` ? { in: Items<L>; out: Items<R> } : "no arrow";

/** A pattern, read. */
export interface SidesGiven {
  readonly in: readonly Item[];
  readonly out: readonly Item[];
}

const wordsOf = (text: string) => text.split(" ").filter((word) => word !== "");

function itemsOf(text: string): Item[] {
  const open = text.indexOf("(");
  const close = text.indexOf(")", open + 1);
  if (open < 0 || close < 0) return wordsOf(text);
  return [...wordsOf(text.slice(0, open)), wordsOf(text.slice(open + 1, close)), ...itemsOf(text.slice(close + 1))];
}

/** Runtime twin of `Sides`. */
export function sidesOf(pattern: string): SidesGiven | undefined {
  const arrow = pattern.indexOf("->");
  if (arrow < 0) return undefined;
  return { in: itemsOf(pattern.slice(0, arrow)), out: itemsOf(pattern.slice(arrow + 2)) };
}

export const noArrow = "{op}: {item} has no ->";
export const notAxisName = "{op}: {item} does not name an axis";
export const namedTwice = "{op}: axis {item} is named twice on one side";
export const fromNowhere = "{op}: axis {item} does not come in";
export const lostAxis = "{op}: axis {item} does not go out; reduce() takes axes away";

/** `unknown` where a pattern says what becomes of each axis, else the message. */
export type CheckPattern<Op extends string, P extends string> = string extends P
  ? unknown
  : Sides<P> extends { in: infer T extends unknown[]; out: infer U extends unknown[] }
    ? CheckSides<Op, T, U, AllWords<T>, AllWords<U>>
    : Message<typeof noArrow, { op: Op; item: P extends "" ? '""' : P }>;

type CheckSides<Op extends string, T extends unknown[], U extends unknown[], In, Out> =
  FirstBad<[...T, ...AllWords<U>]> extends infer W extends string
    ? Message<typeof notAxisName, { op: Op; item: W }>
    : FirstTwice<In> extends infer W extends string
      ? Message<typeof namedTwice, { op: Op; item: W }>
      : FirstTwice<Out> extends infer W extends string
        ? Message<typeof namedTwice, { op: Op; item: W }>
        : FirstMissing<Out, In> extends infer W extends string
          ? Message<typeof fromNowhere, { op: Op; item: W }>
          : Op extends "rearrange"
            ? FirstMissing<In, Out> extends infer W extends string
              ? Message<typeof lostAxis, { op: Op; item: W }>
              : unknown
            : unknown;

/** All words of a side, those in groups too, but for 1. */
type AllWords<T, Done extends string[] = []> = T extends [infer A, ...infer R]
  ? A extends string[]
    ? AllWords<R, [...Done, ...WithoutOnes<A>]>
    : AllWords<R, [...Done, ...WithoutOnes<[A]>]>
  : Done;

type WithoutOnes<A, Done extends string[] = []> = A extends [infer W extends string, ...infer R]
  ? WithoutOnes<R, W extends "1" ? Done : [...Done, W]>
  : Done;

/** "..." is no name within a group that comes in, which would have to be taken apart. */
type FirstBad<T> = T extends [infer A, ...infer R]
  ? A extends [infer W extends string, ...infer Others]
    ? IsBad<W> extends true
      ? W
      : FirstBad<[Others, ...R]>
    : A extends "..."
      ? FirstBad<R>
      : A extends string
        ? IsBad<A> extends true
          ? A
          : FirstBad<R>
        : FirstBad<R>
  : undefined;

type IsBad<W extends string> = W extends "1"
  ? false
  : W extends `${number}` | `${string}${"(" | ")" | "." | "," | "-" | ">"}${string}`
    ? true
    : false;

type FirstTwice<L> = L extends [infer W, ...infer R] ? (W extends R[number] ? W : FirstTwice<R>) : undefined;

type FirstMissing<L, Among> = L extends [infer W, ...infer R]
  ? Among extends unknown[]
    ? W extends Among[number]
      ? FirstMissing<R, Among>
      : W
    : undefined
  : undefined;

/** Runtime twin of `CheckPattern`. */
export function checkPattern(op: string, pattern: string): string | undefined {
  const sides = sidesOf(pattern);
  if (!sides) return fill(noArrow, { op, item: pattern || '""' });
  const isBad = (word: string) =>
    word !== "1" && (/[().,>-]/.test(word) || (word.trim() === word && !Number.isNaN(Number(word))));
  const bad = [...sides.in, ...sides.out.flat()]
    .flatMap((item) => (typeof item === "string" ? (item === "..." ? [] : [item]) : item))
    .find(isBad);
  if (bad !== undefined) return fill(notAxisName, { op, item: bad });
  const [coming, going] = [sides.in, sides.out].map(namesOf) as [string[], string[]];
  const twice = [coming, going].flatMap((names) => names.filter((name, i) => names.includes(name, i + 1)))[0];
  if (twice !== undefined) return fill(namedTwice, { op, item: twice });
  const fresh = going.find((name) => !coming.includes(name));
  if (fresh !== undefined) return fill(fromNowhere, { op, item: fresh });
  const lost = op === "rearrange" ? coming.find((name) => !going.includes(name)) : undefined;
  return lost === undefined ? undefined : fill(lostAxis, { op, item: lost });
}

/** All words of a side, but for 1. */
export function namesOf(items: readonly Item[]): string[] {
  return items.flat().filter((word) => word !== "1");
}
