import type { NdArray } from "../../../src/ir/array.js";
import { exactText } from "../../../src/ir/attributes.js";
import type { DType } from "../../../src/ir/dtype.js";
import { shortestFloat } from "../../../src/ir/shortestFloat.js";
import type { Dim } from "../../../src/types/dim.js";
import { key, textLiteral } from "./identifiers.js";

/** The type of a tensor: `Tensor<["batch", 512]>`. */
export function tensorType({ shape, dtype }: { readonly shape: readonly Dim[]; readonly dtype: DType }): string {
  const dims = `[${shape.map(literal).join(", ")}]`;
  return dtype === "float32" ? `Tensor<${dims}>` : `Tensor<${dims}, "${dtype}">`;
}

/** A number: of float32 the shortest that is rounded to it. */
export function numberLiteral(value: number, dtype: DType): string {
  if (Object.is(value, -0)) return "-0";
  return String(dtype === "float32" ? shortestFloat(value) : value);
}

/** The numbers of an array, in row-major order. */
export function arrayLiteral({ data, dtype }: NdArray): string {
  return `[${Array.from(data as ArrayLike<number>, (value) => numberLiteral(value, dtype)).join(", ")}]`;
}

/** A value of attributes: numbers, texts, lists and objects of these. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, entry]) => `${key(name)}: ${literal(entry)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? textLiteral(value) : exactText(value, String);
}
