import { ts } from "ts-morph";
import type { Machine, Written } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import { Scope } from "./scope.js";

/** A function of a program as one that can be called, which computes its body by looking at it. */
export function closure(machine: Machine, node: Written, outer: Scope): unknown {
  const { body, parameters } = node;
  const isPlain = !node.asteriskToken && !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (!body || !isPlain) throw notEvaluated(node, "is no plain function");
  const f = (...given: unknown[]): unknown => {
    machine.counted(f, node);
    const scope = new Scope(outer);
    parameters.forEach(({ name, dotDotDotToken, initializer }, i) => {
      const isLeftOut = given[i] === undefined && initializer !== undefined;
      const value = isLeftOut ? machine.evaluate(initializer, scope) : given[i];
      machine.bind(name, dotDotDotToken ? given.slice(i) : value, scope);
    });
    if (!ts.isBlock(body)) return machine.evaluate(body, scope);
    const completion = machine.run(body.statements, scope);
    return typeof completion === "object" ? completion.returned : undefined;
  };
  // The language asks functions how many parameters they have.
  const required = parameters.findIndex(({ initializer, dotDotDotToken }) => initializer ?? dotDotDotToken);
  return Object.defineProperty(f, "length", { value: required < 0 ? parameters.length : required });
}
