import type { Message, Problem } from "../types/message.js";
import type { AboveOne, NoShare } from "./option-checks.js";
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
>[Table<NoCount>[Text<V>]];

/** The same of positive numbers, but for those that are too small for float32. */
export type CheckPositives<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof positive
>[Table<NotPositive>[Text<V>]];

/** The same of shares, from 0 to 1, and of shares in either direction, from -1. */
export type CheckShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof probability
>[Table<NoShare>[Text<V>]];
export type CheckSignedShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof signedShare
>[Table<AboveOne | `-${AboveOne}`>[Text<V>]];

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

/** By the text of what is given, `"refused"` where it is one of some numbers, or has it, or any other text. */
type Table<Refused extends string> = Readonly<Record<Refused | InTwo<Refused>, "refused">> & {
  readonly [text: string]: string;
};

type InTwo<Refused extends string> = `[${Refused}, ${string}]` | `[${string}, ${Refused}]`;

type NotPositive = "0" | `-${string}`;
type NoCount = NotPositive | `${string}.${string}` | `${string}e${string}`;
