import type { Dim } from "../types/dim.js";
import type { Message, Problem } from "../types/message.js";
import type {
  between,
  count,
  fromOne,
  fromTwo,
  groupCount,
  int32,
  integer,
  natural,
  notNegative,
  notNegativeOrList,
  notNegativeOrNull,
  notTaken,
  OptionRule,
  percentage,
  positive,
  positiveInt32,
  probability,
  rate,
  someShare,
  upToZero,
} from "./options.js";

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
  typeof count
>[Counts[`${N}`]];

/** The same where a size that has a name may stand, too. */
export type CheckCountOrName<Op extends string, Option extends string, N extends Dim> = Given<
  Op,
  Option,
  N,
  typeof count
>[CountsOrNames[`${N}`]];

/** The same of numbers of groups, which -1 is, too. */
export type CheckGroupCount<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof groupCount
>[GroupCounts[`${N}`]];

/** The same of integers from 2. */
export type CheckFromTwo<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof fromTwo
>[FromTwo[`${N}`]];

/** The same of integers from 0. */
export type CheckNatural<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof natural
>[Naturals[`${N}`]];

/** The same of integers. */
export type CheckInteger<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof integer
>[Integers[`${N}`]];

/** The same of integers of int32, beside which a rule may take something else. */
export type CheckInt32<
  Op extends string,
  Option extends string,
  N extends number,
  Rule extends OptionRule = typeof int32,
> = Given<Op, Option, N, Rule>[Int32[`${N}`]];

/** The same of positive integers of int32. */
export type CheckPositiveInt32<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof positiveInt32
>[PositiveInt32[`${N}`]];

/** The same of the shares that are dropped, or kept. */
export type CheckRate<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof rate
>[Rates[`${N}`]];

/** The same of shares that may be all. */
export type CheckProbability<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof probability
>[Shares[`${N}`]];

/** The same of shares that may be all, but not nothing. */
export type CheckSomeShare<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof someShare
>[SomeShares[`${N}`]];

/** The same of shares in hundredths, but for fractions above 100. */
export type CheckPercentage<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof percentage
>[Percentages[`${N}`]];

/** The same of positive numbers, but for those that are too small for float32. */
export type CheckPositive<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof positive
>[Positives[`${N}`]];

/** The same of numbers from 0. */
export type CheckNotNegative<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof notNegative
>[NotNegatives[`${N}`]];

/** The same of such numbers, or null. */
export type CheckNotNegativeOrNull<Op extends string, Option extends string, N extends number | null> = Given<
  Op,
  Option,
  N,
  typeof notNegativeOrNull
>[NotNegatives[`${N}`]];

/** The same of a number in whose place a list may stand. */
export type CheckNotNegativeOrList<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof notNegativeOrList
>[NotNegatives[`${N}`]];

/** The same of numbers up to 0. */
export type CheckUpToZero<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof upToZero
>[UpToZero[`${N}`]];

/** The same of numbers from 1. */
export type CheckFromOne<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof fromOne
>[FromOne[`${N}`]];

/** The same of shares that are neither nothing nor all. */
export type CheckBetween<Op extends string, Option extends string, N extends number> = Given<
  Op,
  Option,
  N,
  typeof between
>[Betweens[`${N}`]];

/** By what `checkOption` refuses a number with: `"refused"` has the message, every other text has `unknown`. */
export interface Given<Op extends string, Option extends string, N extends Dim | null, Rule extends OptionRule> {
  readonly [text: string]: unknown;
  readonly refused: Problem<Message<typeof notTaken, { op: Op; option: Option; given: `${N}`; takes: Rule["takes"] }>>;
}

/** By the text of a number, `"refused"` or any other text. */
export interface NotNegatives {
  readonly [text: string]: string;
  readonly [text: `-${string}`]: "refused";
}

export interface Positives extends NotNegatives {
  readonly 0: "refused";
}

/** One with an exponent is a fraction, or beyond all integers. Of those with 16 digits, 2⁵³ alone is refused: others are refused at runtime. */
interface Integers {
  readonly [text: string]: string;
  readonly [text: `${string}.${string}` | `${string}e${string}`]: "refused";
  readonly [text: AndSixteen<`${Sign}${Digit}`>]: "refused";
  readonly 9007199254740992: "refused";
}

/** What has more digits than int32 holds: 10 digits from 3 billions on, and all of more. */
export type LongInteger = AndNine<`${Sign}${Digit}${bigint}` | `${Sign}${Exclude<Digit, 1 | 2>}`>;

/** Of those with 10 digits, 2³¹ and those from 3 billions are refused. */
interface Int32 extends Integers {
  readonly [text: LongInteger]: "refused";
  readonly 2147483648: "refused";
}

interface Naturals extends Integers {
  readonly [text: `-${string}`]: "refused";
}

export interface Counts extends Naturals {
  readonly 0: "refused";
}

/** What calculates a size, such as `10-edges`, may begin with a digit, but not with a sign. */
export interface CountsOrNames {
  readonly [text: string]: string;
  readonly [text: `-${string}` | `${number}.${number}` | `${number}e${"+" | "-"}${number}`]: "refused";
  readonly 0: "refused";
}

interface GroupCounts extends Integers {
  readonly 0: "refused";
  readonly [text: `-${Exclude<Digit, 1>}${string}` | `-1${0 | Digit}${string}`]: "refused";
}

interface FromTwo extends Counts {
  readonly 1: "refused";
}

interface PositiveInt32 extends Int32, Counts {}

type Sign = "" | "-";
type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A text with so many characters behind it, or more: of texts that follow one another, all but the last stand for one. */
type AndNine<Text extends string> =
  `${Text}${string}${string}${string}${string}${string}${string}${string}${string}${string}${string}`;
type AndSixteen<Text extends string> =
  `${AndNine<Text>}${string}${string}${string}${string}${string}${string}${string}`;

/** What comes after the first digit is one of digits alone, since 1.5e-7 is taken: `bigint` stands for those that begin with no 0. */
type LongAboveOne =
  | `${string}e+${string}`
  | `${Digit}${bigint}`
  | `${Digit}${bigint}.${string}`
  | `${Digit}0${string}`
  | `${Digit}.${"" | "0" | "00" | "000" | "0000" | "00000"}${bigint}`;

/** No mapped type: that would cost TypeScript 7,000 instantiations. */
export interface Shares extends NotNegatives, Readonly<Record<Exclude<Digit, 1>, "refused">> {
  readonly [text: LongAboveOne]: "refused";
}

export interface SignedShares extends Readonly<Record<`${Sign}${Exclude<Digit, 1>}`, "refused">> {
  readonly [text: string]: string;
  readonly [text: `${Sign}${LongAboveOne}`]: "refused";
}

/** 100 itself has three digits, too. */
interface Percentages extends NotNegatives {
  readonly [text: `${string}e+${string}`]: "refused";
  readonly [text: `1${Digit}${bigint}` | `10${Digit}${string}` | `100${0 | Digit}${string}`]: "refused";
  readonly [text: `${Exclude<Digit, 1>}${0 | Digit}${bigint}`]: "refused";
}

interface SomeShares extends Shares {
  readonly 0: "refused";
}

interface Rates extends Shares {
  readonly 1: "refused";
}

interface Betweens extends Rates {
  readonly 0: "refused";
}

interface UpToZero {
  readonly [text: string]: string;
  readonly [text: `${Digit}${string}` | `0.${string}`]: "refused";
}

interface FromOne extends Positives {
  readonly [text: `0.${string}` | `${string}e-${string}`]: "refused";
}
