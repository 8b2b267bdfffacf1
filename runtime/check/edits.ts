import { ts } from "ts-morph";
import type { Dim } from "../../src/types/dim.js";
import type { Edit, Fix } from "./finding.js";
import { imported, localName } from "./imports.js";

/** What to write instead, in words, and the edits that do it where there are any. */
export function fix(words: string, ...edits: readonly (Edit | readonly Edit[])[]): Fix {
  return { words, edits: edits.flat() };
}

export function replace(node: ts.Node, text: string): Edit {
  return { file: node.getSourceFile().fileName, start: node.getStart(), end: node.end, text };
}

export function insertBefore(node: ts.Node, text: string): Edit {
  return { ...replace(node, text), end: node.getStart() };
}

export function insertAfter(node: ts.Node, text: string): Edit {
  return { ...replace(node, text), start: node.end };
}

/**
 * Puts a call of one of the language's functions around an expression, and imports the function.
 *
 * @param further the other arguments, as text: `"float32"`
 */
export function wrap(node: ts.Node, callee: string, further?: string): Edit[] {
  const after = further === undefined ? ")" : `, ${further})`;
  const file = node.getSourceFile();
  // Of `{ mask }` it is the value that is wrapped, and not the name.
  const key = ts.isShorthandPropertyAssignment(node.parent) ? `${node.getText()}: ` : "";
  return [insertBefore(node, `${key}${localName(file, callee)}(`), insertAfter(node, after), ...imported(file, callee)];
}

/** A shape as code: `["batch", 28, 28]`. */
export function shapeAsCode(shape: readonly (Dim | undefined)[]): string {
  return `[${shape.map((dim) => (dim === undefined ? "?" : JSON.stringify(dim))).join(", ")}]`;
}

/** A shape as messages have it, read back: `[batch, 28, ?]`. An unknown rank is `undefined`. */
export function parseShape(text: string): (Dim | undefined)[] | undefined {
  const inside = text.slice(1, -1);
  if (inside === "...") return undefined;
  if (inside === "") return [];
  return inside
    .split(", ")
    .map((dim) => (dim === "?" ? undefined : /^-?\d/.test(dim) && !Number.isNaN(Number(dim)) ? Number(dim) : dim));
}

/** The value of an option in an object literal. */
export function option(object: ts.Node | undefined, name: string): ts.Expression | undefined {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const property = object.properties.find((candidate) => candidate.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** Sets an option in an object literal: replaces its value, or adds it. */
export function setOption(object: ts.ObjectLiteralExpression, name: string, value: string): Edit {
  const old = option(object, name);
  if (old) return replace(old, value);
  const last = object.properties.at(-1);
  return last ? insertAfter(last, `, ${name}: ${value}`) : replace(object, `{ ${name}: ${value} }`);
}
