import { ts } from "ts-morph";
import { keyOf } from "./keyOf.js";
import type { Machine } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import type { Scope } from "./scope.js";

export function record(machine: Machine, node: ts.ObjectLiteralExpression, scope: Scope): object {
  const entries = node.properties.flatMap((property): [string, unknown][] => {
    if (ts.isSpreadAssignment(property)) return Object.entries(Object(machine.evaluate(property.expression, scope)));
    if (ts.isPropertyAssignment(property))
      return [[keyOf(machine, property.name, scope), machine.evaluate(property.initializer, scope)]];
    if (ts.isShorthandPropertyAssignment(property))
      return [[property.name.text, machine.evaluate(property.name, scope)]];
    throw notEvaluated(property, "is not computed here");
  });
  return Object.fromEntries(entries);
}

/** The elements of a list, or the arguments of a call. */
export function list(machine: Machine, elements: readonly ts.Expression[], scope: Scope): unknown[] {
  return elements.flatMap((element) => {
    if (!ts.isSpreadElement(element)) return [machine.evaluate(element, scope)];
    return machine.counted([...(machine.evaluate(element.expression, scope) as Iterable<unknown>)], element);
  });
}

export function template(machine: Machine, { head, templateSpans }: ts.TemplateExpression, scope: Scope): string {
  const parts = templateSpans.map(({ expression, literal }) => `${machine.evaluate(expression, scope)}${literal.text}`);
  return head.text + parts.join("");
}
