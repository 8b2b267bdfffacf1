import { Body } from "./body.js";
import type { Node } from "./node.js";

/**
 * A value of attributes as text, exactly as JSON where it has a text, and so for what it has not: `NaN`, `-Infinity`, `-0`.
 *
 * @param reference the text for a function or a typed array
 */
export function exactText(value: unknown, reference: (value: object) => string): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "function" || ArrayBuffer.isView(value)) return reference(value);
  if (value instanceof Body) return bodyText(value, reference);
  if (Array.isArray(value)) return `[${value.map((entry) => exactText(entry, reference)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (isPlain(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${exactText(entry, reference)}`).join(",")}}`;
}

/** Whether JSON says all of a record exactly, as is so of nearly all attributes: it is much faster. */
function isPlain(record: object): boolean {
  for (const name in record) {
    const value: unknown = record[name as keyof typeof record];
    if (value !== undefined && !(Array.isArray(value) ? value.every(isPlainValue) : isPlainValue(value))) return false;
  }
  return true;
}

function isPlainValue(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === "string" || typeof value === "boolean";
}

/** Its nodes with numbers for what they read. */
function bodyText({ parameters, nodes, results }: Body, reference: (value: object) => string): string {
  const ids = new Map<Node, number>();
  const add = (node: Node) => ids.set(node, ids.size);
  parameters.forEach(add);
  const lines = nodes.flatMap((node) => {
    if (ids.has(node)) return [];
    add(node);
    return [`${node.op}(${node.inputs.map((input) => ids.get(input))})${attributesKey(node.attributes, reference)}`];
  });
  const given = parameters.map(({ dtype, shape }) => `${dtype}${JSON.stringify(shape)}`);
  return `{${given.join(",")};${lines.join(";")};${results.map((result) => ids.get(result))}}`;
}

/**
 * A text that the attributes of two nodes of one op share exactly when they are the same.
 *
 * @param reference a text for a function or a typed array, of its own unless it is the same
 */
export function attributesKey(attributes: object, reference: (value: object) => string): string {
  for (const _ in attributes) return exactText(inOrder(attributes), reference);
  return "{}";
}

/** Numbers things in the order in which they are first asked for: each gets a text of its own. */
export function numbering(): (value: object) => string {
  const numbers = new Map<object, number>();
  return (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return `#${number}`;
  };
}

/** The record with its entries in the order of their names. */
function inOrder(record: object): object {
  const names = Object.keys(record);
  if (names.every((name, i) => i === 0 || names[i - 1]! < name)) return record;
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
