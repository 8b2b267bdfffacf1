import type { Message, Problem } from "../types/message.js";
import type { AboveOne, Counts, NoShare, Positives, Shares, SignedShares } from "./option-checks.js";
import {
  type count,
  listOf,
  type notTaken,
  type OptionRule,
  type positive,
  type probability,
  type signedShare,
} from "./options.js";

/** A rule for one value, or a list of two: along two axes, or two bounds. */
export function oneOrTwo(rule: OptionRule): OptionRule {
  const isTwo = (value: unknown) => listOf(rule).accepts(value) && (value as readonly unknown[]).length === 2;
  return { takes: `${rule.takes}, or two of them`, accepts: (value) => rule.accepts(value) || isTwo(value) };
}

/** What `oneOrTwo` takes, of numbers. */
export type OneOrTwo = number | readonly [number, number];

/** What `checkOption` says of one positive integer or two, as `CheckCount` does of one: `unknown` where nothing is wrong. */
export type CheckCounts<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof count
>[CountOrTwo[Text<V>]];

/** The same of positive numbers, but for those that are too small for float32. */
export type CheckPositives<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof positive
>[PositiveOrTwo[Text<V>]];

/** The same of shares, from 0 to 1, and of shares in either direction, from -1. */
export type CheckShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof probability
>[ShareOrTwo[Text<V>]];
export type CheckSignedShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof signedShare
>[SignedShareOrTwo[Text<V>]];

interface Given<Op extends string, Option extends string, V, Rule extends OptionRule> {
  readonly [text: string]: unknown;
  readonly refused: Problem<
    Message<typeof notTaken, { op: Op; option: Option; given: Text<V>; takes: `${Rule["takes"]}, or two of them` }>
  >;
}

/** As messages have it. */
type Text<V> = V extends number
  ? `${V}`
  : V extends readonly [infer First extends number, infer Second extends number]
    ? `[${First}, ${Second}]`
    : "";

// By the text of what is given, `"refused"` where it is one of some numbers, or has it, or any other text. They are no mapped types,
// which would cost TypeScript 70,000 instantiations each.

interface CountOrTwo extends Counts {
  readonly [text: InTwo<NoCount>]: "refused";
}

interface PositiveOrTwo extends Positives {
  readonly [text: InTwo<NotPositive>]: "refused";
}

interface ShareOrTwo extends Shares {
  readonly [text: InTwo<NoShare>]: "refused";
}

interface SignedShareOrTwo extends SignedShares {
  readonly [text: InTwo<AboveOne | `-${AboveOne}`>]: "refused";
}

type InTwo<Refused extends string> = `[${Refused}, ${string}]` | `[${string}, ${Refused}]`;

type NotPositive = "0" | `-${string}`;
type NoCount = NotPositive | `${string}.${string}` | `${string}e${string}`;
