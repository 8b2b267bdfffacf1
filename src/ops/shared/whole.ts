import type { DType } from "../../ir/dtype.js";
import type { LongInteger } from "../../ir/option-checks.js";
import type { Message, Problem } from "../../types/message.js";

export const notWhole = "{op}: takes int32, but the value is {n}";
export const beyondInt32 = "{op}: takes int32 (-2147483648 to 2147483647), but the value is {n}";
export const notHeld = "{op}: takes {held}, but the value is {n}";

/**
 * `unknown` unless a number stands where a dtype is asked for that has none of it: of int32 a fraction, or one beyond it. It is looked up and
 * not asked by a condition, so that within generic functions a number that is a type parameter is taken, and whole ones for every dtype.
 */
export type CheckWhole<Op extends string, V, D extends DType> = ByDType<Op, TextOf<V>>[D];

interface ByDType<Op extends string, Text extends string> {
  readonly float32: unknown;
  readonly int32: Problems<Messages<Op, Text>>[Fault<Text>];
  readonly uint8: Problems<OfUint8<Op, Text>>[FaultOfUint8<Text>];
  readonly bool: Problems<OfBool<Op, Text>>[FaultOfBool<Text>];
}

interface Problems<M extends Faults> {
  readonly [text: string]: unknown;
  readonly fraction: Problem<M["fraction"]>;
  readonly beyond: Problem<M["beyond"]>;
}

/** `unknown` where int32 has the number of a text, else the message. */
export type CheckHeldByInt32<Op extends string, Text extends string> = Messages<Op, Text>[Fault<Text>];

/** The same of uint8. */
export type CheckHeldByUint8<Op extends string, Text extends string> = OfUint8<Op, Text>[FaultOfUint8<Text>];

/** The same of bool, which has 0 and 1. */
export type CheckHeldByBool<Op extends string, Text extends string> = OfBool<Op, Text>[FaultOfBool<Text>];

interface Faults {
  readonly [text: string]: unknown;
  readonly fraction: string;
  readonly beyond: string;
}

interface Messages<Op extends string, Text extends string> extends Faults {
  readonly fraction: Message<typeof notWhole, { op: Op; n: Text }>;
  readonly beyond: Message<typeof beyondInt32, { op: Op; n: Text }>;
}

interface OfUint8<Op extends string, Text extends string> extends Faults {
  readonly fraction: Message<typeof notHeld, { op: Op; held: "uint8"; n: Text }>;
  readonly beyond: Message<typeof notHeld, { op: Op; held: "uint8 (0 to 255)"; n: Text }>;
}

interface OfBool<Op extends string, Text extends string> extends Faults {
  readonly fraction: Message<typeof notHeld, { op: Op; held: "bool"; n: Text }>;
  readonly beyond: Message<typeof notHeld, { op: Op; held: "bool (true or false)"; n: Text }>;
}

/**
 * Why a dtype has not the number of a text, "fraction" or "beyond", else any other text. Of integers between 2³¹ and 3 billions 2³¹ alone is
 * told: the others are refused at run time.
 */
type Fault<Text extends string> = OfPowers<Text>[Powers[Text]];

interface OfPowers<Text extends string> {
  readonly [text: string]: OfFractions<Text>[Fractions[Text]];
  readonly beyond: "beyond";
}

interface OfFractions<Text extends string> {
  readonly [text: string]: LongIntegers[Text];
  readonly fraction: "fraction";
}

/** Asked for first, since there 1.05e+21 is no fraction. */
interface Powers {
  readonly [text: string]: string;
  readonly [text: `${string}e+${string}`]: "beyond";
}

interface Fractions {
  readonly [text: string]: string;
  readonly [text: `${string}.${bigint}` | `${string}.0${string}` | `${string}e-${string}`]: "fraction";
}

/** Asked for last, since what is long may be so behind a point. */
interface LongIntegers {
  readonly [text: string]: string;
  readonly [text: LongInteger]: "beyond";
  readonly 2147483648: "beyond";
}

/** The same of uint8: what int32 has not, it has not, either. */
type FaultOfUint8<Text extends string> = ForUint8<Text>[Fault<Text>];

interface ForUint8<Text extends string> {
  readonly [text: string]: BeyondUint8[Text];
  readonly fraction: "fraction";
  readonly beyond: "beyond";
}

type FaultOfBool<Text extends string> = ForBool<Text>[Fault<Text>];

interface ForBool<Text extends string> {
  readonly [text: string]: BeyondBool[Text];
  readonly fraction: "fraction";
  readonly beyond: "beyond";
}

/** From 256: of texts that follow one another, all but the last stand for one letter. */
interface BeyondUint8 {
  readonly [text: string]: string;
  readonly [text: `-${string}`]: "beyond";
  readonly [text: `25${6 | 7 | 8 | 9}${string}` | `2${6 | 7 | 8 | 9}${string}${string}`]: "beyond";
  readonly [text: `${3 | 4 | 5 | 6 | 7 | 8 | 9}${string}${string}${string}`]: "beyond";
  readonly [text: `${1 | 2}${string}${string}${string}${string}`]: "beyond";
}

interface BeyondBool {
  readonly [text: string]: string;
  readonly [text: `-${string}` | `1${string}${string}` | `${2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}${string}`]: "beyond";
}

type TextOf<V> = V extends number ? `${V}` : "";
