import type { DType } from "../../ir/dtype.js";
import type { Message, Problem } from "../../types/message.js";

export const notWhole = "{op}: takes int32, but the value is {n}";

/**
 * `unknown` unless a number stands where int32 is asked for and is a fraction, else the message. It is looked up and not asked by a
 * condition, so that within generic functions a number that is a type parameter is taken, and whole ones for every dtype.
 */
export type CheckWhole<Op extends string, V, D extends DType> = ByDType<Op, V>[D];

interface ByDType<Op extends string, V> extends Readonly<Record<Exclude<DType, "int32">, unknown>> {
  readonly int32: Given<Op, V>[Fractions[TextOf<V>]];
}

interface Given<Op extends string, V> {
  readonly [text: string]: unknown;
  readonly fraction: Problem<Message<typeof notWhole, { op: Op; n: TextOf<V> }>>;
}

interface Fractions {
  readonly [text: string]: string;
  readonly [text: `${string}.${bigint}` | `${string}.0${string}` | `${string}e-${string}`]: "fraction";
}

type TextOf<V> = V extends number ? `${V}` : "";
