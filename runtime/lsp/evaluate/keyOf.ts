import { ts } from "ts-morph";
import type { Machine } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import type { Scope } from "./scope.js";

/** The name of a property as a text. */
export function keyOf(machine: Machine, name: ts.PropertyName, scope: Scope): string {
  if (ts.isComputedPropertyName(name)) return String(machine.evaluate(name.expression, scope));
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  throw notEvaluated(name, "is not computed here");
}
