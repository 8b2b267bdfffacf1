import { Body } from "../ir/body.js";
import { makeNode } from "../ir/makeNode.js";
import type { Node } from "../ir/node.js";
import type { Dim } from "../types/dim.js";
import { rebuild } from "./rebuild.js";
import { definitionOf } from "./registry.js";

/** A node's attributes with every dim among them mapped; the same object where none changes. */
export function mapDims({ op, attributes }: Node, map: (dim: Dim) => Dim): Node["attributes"] {
  const { dims = [] } = definitionOf(op);
  const bodies = Object.entries(attributes).flatMap(([name, value]) =>
    value instanceof Body ? [[name, bodyWithDims(value, map)]] : [],
  );
  const changed = dims.flatMap((name) => {
    const value = (attributes as Readonly<Record<string, unknown>>)[name];
    const mapped = mapNested(value, map);
    return mapped === value ? [] : [[name, mapped]];
  });
  const all = [
    ...changed,
    ...bodies.filter(([name, body]) => (attributes as Record<string, unknown>)[name as string] !== body),
  ];
  return all.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(all) };
}

/** A body with every dim in it mapped; the same one where none changes. */
function bodyWithDims(body: Body, map: (dim: Dim) => Dim): Body {
  const parameters = body.parameters.map((node) => {
    const attributes = mapDims(node, map);
    return attributes === node.attributes ? node : makeNode(definitionOf(node.op), [], attributes);
  });
  const known = new Map(body.parameters.map((node, i) => [node, parameters[i]!]));
  const results = rebuild(body.results, known, (node) => mapDims(node, map));
  return results.every((node, i) => node === body.results[i]) ? body : new Body(parameters, results);
}

function mapNested(value: unknown, map: (dim: Dim) => Dim): unknown {
  if (typeof value === "string" || typeof value === "number") return map(value);
  if (!Array.isArray(value)) return value;
  const mapped = value.map((entry) => mapNested(entry, map));
  return mapped.every((entry, i) => entry === value[i]) ? value : mapped;
}
