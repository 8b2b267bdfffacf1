import type { Node } from "../ir/node.js";
import type { Dim } from "../types/dim.js";
import { definitionOf } from "./registry.js";

/** A node's attributes with every dim among them mapped; the same object where none changes. */
export function mapDims({ op, attributes }: Node, map: (dim: Dim) => Dim): Node["attributes"] {
  const { dims = [] } = definitionOf(op);
  const changed = dims.flatMap((name) => {
    const value = (attributes as Readonly<Record<string, unknown>>)[name];
    const mapped = mapNested(value, map);
    return mapped === value ? [] : [[name, mapped]];
  });
  return changed.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(changed) };
}

function mapNested(value: unknown, map: (dim: Dim) => Dim): unknown {
  if (typeof value === "string" || typeof value === "number") return map(value);
  if (!Array.isArray(value)) return value;
  const mapped = value.map((entry) => mapNested(entry, map));
  return mapped.every((entry, i) => entry === value[i]) ? value : mapped;
}
