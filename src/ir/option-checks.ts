import type { Message, Problem } from "../types/message.js";
import type { count, int32, integer, natural, notTaken, positiveInt32, rate } from "./options.js";

// What `checkOption` says of a number, as types say it. They tell numbers apart by their texts: NaN and infinite numbers are of the type
// `number`, of which nothing is said, nor of a union.
//
// The check stands beside the number, `units: U & CheckCount<"dense", "units", U>`: in its place, U would not be inferred from what is
// calculated within generic functions. It is looked up and not asked by a condition: what a text that is still open may be, `number`, is
// looked up there, too, and found to be taken.

/**
 * `unknown` where a number is a positive integer, or nothing is known of it, else the message.
 *
 * @example type Of = CheckCount<"dense", "units", -3>; // Problem<"dense: units is -3, but must be a positive integer">
 */
export type CheckCount<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof count.takes
>[Counts[`${N}`]];

/** The same of integers from 0. */
export type CheckNatural<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof natural.takes
>[Naturals[`${N}`]];

/** The same of integers. */
export type CheckInteger<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof integer.takes
>[Integers[`${N}`]];

/** The same of integers of int32, but for those that are too large. */
export type CheckInt32<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof int32.takes
>[Integers[`${N}`]];

/** The same of positive integers of int32, but for those that are too large. */
export type CheckPositiveInt32<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof positiveInt32.takes
>[Counts[`${N}`]];

/** The same of the shares that are dropped. */
export type CheckRate<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof rate.takes
>[Rates[`${N}`]];

interface Given<Op extends string, Option extends string, N extends number, Takes extends string> {
  readonly [text: string]: unknown;
  readonly refused: Problem<Message<typeof notTaken, { op: Op; option: Option; given: N; takes: Takes }>>;
}

/** By the text of a number, `"refused"` or any other text. One with an exponent is a fraction, or beyond all integers. */
interface Integers {
  readonly [text: string]: string;
  readonly [text: `${string}.${string}` | `${string}e${string}`]: "refused";
}

interface Naturals extends Integers {
  readonly [text: `-${string}`]: "refused";
}

interface Counts extends Naturals {
  readonly 0: "refused";
}

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** What comes after the first digit is one of digits alone, since 1.5e-7 is taken: `bigint` stands for those that begin with no 0. */
interface Rates extends Readonly<Record<Digit, "refused">> {
  readonly [text: string]: string;
  readonly [text: `-${string}` | `${string}e+${string}`]: "refused";
  readonly [text: `${Digit}${bigint}` | `${Digit}${bigint}.${string}` | `${Digit}0${string}`]: "refused";
  readonly [text: `${Digit}.${"" | "0" | "00" | "000" | "0000" | "00000"}${bigint}`]: "refused";
}
