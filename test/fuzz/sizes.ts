import type { OpName } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import type { Dim } from "../../src/types/dim.js";

/** The names that stand for some sizes throughout a program. */
export type SizeNames = ReadonlyMap<number, string>;

/** A shape with names for those of its sizes that have one. */
export function named(shape: readonly number[], names: SizeNames): Dim[] {
  return shape.map((size) => names.get(size) ?? size);
}

/** Attributes with names for sizes, wherever the op takes dims. */
export function namedAttributes(
  { dims = [] }: OpDefinition<OpName>,
  attributes: object,
  names: SizeNames,
): Record<string, unknown> {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    return typeof value === "number" ? (names.get(value) ?? value) : value;
  };
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, dims.includes(key) ? rename(value) : value]),
  );
}
