import type { DType } from "../../ir/dtype.js";
import type { LongInteger } from "../../ir/option-checks.js";
import type { Message, Problem } from "../../types/message.js";

export const notWhole = "{op}: takes int32, but the value is {n}";
export const beyondInt32 = "{op}: takes int32 (-2147483648 to 2147483647), but the value is {n}";

/**
 * `unknown` unless a number stands where int32 is asked for and is a fraction, or beyond int32, else the message. It is looked up and not
 * asked by a condition, so that within generic functions a number that is a type parameter is taken, and whole ones for every dtype.
 */
export type CheckWhole<Op extends string, V, D extends DType> = ByDType<Op, V>[D];

interface ByDType<Op extends string, V> extends Readonly<Record<Exclude<DType, "int32">, unknown>> {
  readonly int32: Problems<Op, TextOf<V>>[Fault<TextOf<V>>];
}

interface Problems<Op extends string, Text extends string> {
  readonly [text: string]: unknown;
  readonly fraction: Problem<Messages<Op, Text>["fraction"]>;
  readonly beyond: Problem<Messages<Op, Text>["beyond"]>;
}

/** `unknown` where int32 has the number of a text, else the message. */
export type CheckHeldByInt32<Op extends string, Text extends string> = Messages<Op, Text>[Fault<Text>];

interface Messages<Op extends string, Text extends string> {
  readonly [text: string]: unknown;
  readonly fraction: Message<typeof notWhole, { op: Op; n: Text }>;
  readonly beyond: Message<typeof beyondInt32, { op: Op; n: Text }>;
}

/**
 * Why int32 has not the number of a text, "fraction" or "beyond", else any other text. Of integers between 2³¹ and 3 billions 2³¹ alone is
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

type TextOf<V> = V extends number ? `${V}` : "";
