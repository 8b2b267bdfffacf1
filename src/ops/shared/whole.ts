import type { DType } from "../../ir/dtype.js";
import type { LongInteger } from "../../ir/option-checks.js";
import type { Message, Problem } from "../../types/message.js";

export const notWhole = "{op}: takes int32, but the value is {n}";
export const beyondInt32 = "{op}: takes int32 (-2147483648 to 2147483647), but the value is {n}";

/**
 * `unknown` unless a number stands where int32 is asked for and is a fraction, or beyond int32, else the message. It is looked up and not
 * asked by a condition, so that within generic functions a number that is a type parameter is taken, and whole ones for every dtype. Of
 * integers between 2³¹ and 3 billions 2³¹ alone is refused: the others are at run time.
 */
export type CheckWhole<Op extends string, V, D extends DType> = ByDType<Op, V>[D];

interface ByDType<Op extends string, V> extends Readonly<Record<Exclude<DType, "int32">, unknown>> {
  readonly int32: OfFraction<Op, V>[Fractions[TextOf<V>]];
}

interface OfFraction<Op extends string, V> {
  readonly [text: string]: OfInteger<Op, V>[Beyond[TextOf<V>]];
  readonly fraction: Problem<Message<typeof notWhole, { op: Op; n: TextOf<V> }>>;
}

interface OfInteger<Op extends string, V> {
  readonly [text: string]: unknown;
  readonly beyond: Problem<Message<typeof beyondInt32, { op: Op; n: TextOf<V> }>>;
}

interface Fractions {
  readonly [text: string]: string;
  readonly [text: `${string}.${bigint}` | `${string}.0${string}` | `${string}e-${string}`]: "fraction";
}

interface Beyond {
  readonly [text: string]: string;
  readonly [text: LongInteger | `${bigint}e+${string}`]: "beyond";
  readonly 2147483648: "beyond";
}

type TextOf<V> = V extends number ? `${V}` : "";
