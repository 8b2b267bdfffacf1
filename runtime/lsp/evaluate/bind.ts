import { ts } from "ts-morph";
import { keyOf } from "./keyOf.js";
import type { Machine } from "./machine.js";
import { memberOf } from "./memberOf.js";
import type { Scope } from "./scope.js";

/** Declares a name, or those of a pattern, `{ units, ...rest }` or `[a, b]`, with the parts of a value. */
export function bind(machine: Machine, name: ts.BindingName, value: unknown, scope: Scope): void {
  if (ts.isIdentifier(name)) machine.own(scope.declare(machine.checker.getSymbolAtLocation(name)!, value));
  else if (ts.isArrayBindingPattern(name)) bindElements(machine, name, value, scope);
  else bindMembers(machine, name, value, scope);
}

function bindElements(machine: Machine, pattern: ts.ArrayBindingPattern, value: unknown, scope: Scope): void {
  const values = machine.counted([...(value as Iterable<unknown>)], pattern);
  pattern.elements.forEach((element, i) => {
    if (ts.isOmittedExpression(element)) return;
    const { name, initializer, dotDotDotToken } = element;
    bind(machine, name, dotDotDotToken ? values.slice(i) : defaulted(machine, values[i], initializer, scope), scope);
  });
}

function bindMembers(machine: Machine, pattern: ts.ObjectBindingPattern, value: unknown, scope: Scope): void {
  const taken = new Set<string>();
  for (const { propertyName, name, initializer, dotDotDotToken } of pattern.elements) {
    if (dotDotDotToken) {
      const others = Object.entries(value as object).filter(([key]) => !taken.has(key));
      bind(machine, name, Object.fromEntries(others), scope);
      continue;
    }
    const key = keyOf(machine, propertyName ?? (name as ts.Identifier), scope);
    taken.add(key);
    bind(machine, name, defaulted(machine, memberOf(value, key, name), initializer, scope), scope);
  }
}

function defaulted(machine: Machine, value: unknown, initializer: ts.Expression | undefined, scope: Scope): unknown {
  return value === undefined && initializer ? machine.evaluate(initializer, scope) : value;
}
