import type { Compatible } from "./compatible.js";
import type { Box } from "./dim.js";
import { fill, type Message } from "./message.js";

/** The element types a tensor can have. uint8 is what is fed and stored, such as the bytes of images: `cast` makes numbers of it. */
export type DType = "float32" | "int32" | "bool" | "uint8";

export const wrongDType = "{op}: takes {allowed}, got {dtype}; use cast() first";

/**
 * `unknown` where an op takes dtype `D`, else the message. An unknown dtype is left to the runtime. Of a type parameter, the first
 * question sees what it extends, as `D extends Allowed` does not: it is settled for `D extends "float32" | "int32"`.
 */
export type CheckDType<Op extends string, D extends DType, Allowed extends DType> = { d: D } extends {
  d: infer _ extends Allowed;
}
  ? unknown
  : CheckDTypeByValue<Op, D, Allowed>;

/** The same, for rules whose `Allowed` is still to be found, as a member of a type parameter: of those, the first question is not sound. */
export type CheckDTypeByValue<Op extends string, D extends DType, Allowed extends DType> = D extends Allowed
  ? unknown
  : [Allowed] extends [D]
    ? unknown
    : Message<typeof wrongDType, { op: Op; allowed: List<Allowed>; dtype: D }>;

/** Runtime twin of `CheckDType`. */
export function checkDType(op: string, dtype: DType, allowed: readonly DType[]): string | undefined {
  if (allowed.includes(dtype)) return undefined;
  return fill(wrongDType, { op, allowed: allowed.join(" or "), dtype });
}

/** The allowed dtypes in words. Written out: TypeScript does not keep the order of a union. */
type List<Allowed extends DType> = [Allowed] extends ["float32"]
  ? "float32"
  : [Allowed] extends ["int32"]
    ? "int32"
    : [Allowed] extends ["bool"]
      ? "bool"
      : "float32 or int32";

export const unequalDTypes = "{op}: dtypes {first} and {second} differ; use cast() on one of them";

/** `unknown` where two operands have one dtype, else the message. */
export type CheckSameDType<Op extends string, D extends DType, E extends DType> =
  Box<D> extends Box<E>
    ? unknown
    : Compatible<D, E> extends true
      ? unknown
      : Message<typeof unequalDTypes, { op: Op; first: D; second: E }>;

/** Runtime twin of `CheckSameDType`. */
export function checkSameDType(op: string, a: DType, b: DType): string | undefined {
  return a === b ? undefined : fill(unequalDTypes, { op, first: a, second: b });
}
