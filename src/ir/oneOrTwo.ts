import type { Message, Problem } from "../types/message.js";
import type { Counts, Positives, Shares, SignedShares } from "./option-checks.js";
import {
  type bitCount,
  type count,
  listOf,
  type notTaken,
  type OptionRule,
  type oddCount,
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
>[Either<Counts[First<V>], Counts[Second<V>]>];

/** The same of odd ones. */
export type CheckOddCounts<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof oddCount
>[Either<OddCounts[First<V>], OddCounts[Second<V>]>];

interface OddCounts extends Counts {
  readonly [text: `${string}${0 | 2 | 4 | 6 | 8}`]: "refused";
}

/** The same of positive numbers, but for those that are too small for float32. */
export type CheckPositives<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof positive
>[Either<Positives[First<V>], Positives[Second<V>]>];

/** The same of shares, from 0 to 1, and of shares in either direction, from -1. */
export type CheckShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof probability
>[Either<Shares[First<V>], Shares[Second<V>]>];
export type CheckSignedShares<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof signedShare
>[Either<SignedShares[First<V>], SignedShares[Second<V>]>];

/** The same of how many of 8 bits are kept. */
export type CheckBitCounts<Op extends string, Option extends string, V extends OneOrTwo> = Given<
  Op,
  Option,
  V,
  typeof bitCount
>[Either<BitCounts[First<V>], BitCounts[Second<V>]>];

interface BitCounts extends Counts {
  readonly 9: "refused";
  readonly [text: `${Digit}${0 | Digit}${string}`]: "refused";
}

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

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

type First<V> = V extends number ? `${V}` : V extends readonly [infer First extends number, unknown] ? `${First}` : "";
type Second<V> = V extends readonly [unknown, infer Second extends number] ? `${Second}` : "";

/**
 * `"refused"` where one of two is, or any other text. A table of the texts of two would have thrice as many patterns, of which a compiler
 * compares each with each.
 */
type Either<One extends string, Other extends string> = Verdicts[`${One},${Other}`];

interface Verdicts {
  readonly [text: string]: string;
  readonly [text: `refused,${string}` | `${string},refused`]: "refused";
}
