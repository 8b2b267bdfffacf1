import type { Compatible } from "./compatible.js";

/** The element types a tensor can have. */
export type DType = "float32" | "int32" | "bool";

/** `unknown` where an op takes dtype `D`, else the message. An unknown dtype is left to the runtime. */
export type CheckDType<Op extends string, D extends DType, Allowed extends DType> = D extends Allowed
  ? unknown
  : [Allowed] extends [D]
    ? unknown
    : `${Op}: takes ${List<Allowed>}, got ${D}; use cast() first`;

/** Runtime twin of `CheckDType`. */
export function checkDType(op: string, dtype: DType, allowed: readonly DType[]): string | undefined {
  if (allowed.includes(dtype)) return undefined;
  return `${op}: takes ${allowed.join(" or ")}, got ${dtype}; use cast() first`;
}

/** The allowed dtypes in words. Written out: TypeScript does not keep the order of a union. */
type List<Allowed extends DType> = [Allowed] extends ["float32"]
  ? "float32"
  : [Allowed] extends ["int32"]
    ? "int32"
    : [Allowed] extends ["bool"]
      ? "bool"
      : "float32 or int32";

/** `unknown` where two operands have one dtype, else the message. */
export type CheckSameDType<Op extends string, D extends DType, E extends DType> =
  Compatible<D, E> extends true ? unknown : `${Op}: dtypes ${D} and ${E} differ; use cast() on one of them`;

/** Runtime twin of `CheckSameDType`. */
export function checkSameDType(op: string, a: DType, b: DType): string | undefined {
  return a === b ? undefined : `${op}: dtypes ${a} and ${b} differ; use cast() on one of them`;
}
