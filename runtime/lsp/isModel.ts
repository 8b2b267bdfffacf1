import type { ts } from "ts-morph";

/** Whether an expression is a model, by its type. */
export function isModel(checker: ts.TypeChecker, node: ts.Node): boolean {
  const type = checker.getTypeAtLocation(node);
  return ["inputs", "output", "variables", "expectParameters"].every((name) => type.getProperty(name));
}
