import { ts } from "ts-morph";
import { exportedName } from "./imports.js";
import { describe, isTensor } from "./shapes.js";

const longest = 60;

/** The name that a call's function goes by: `dense` for `dense(x)`, for `layers.dense(x)`, and for `d(x)` after `import { dense as d }`. */
export function calledName(call: ts.CallExpression): string {
  const callee = call.expression;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? exportedName(callee) : callee.getText();
}

/**
 * A call as one line, for a chain of shapes: without the operand that the chain comes from, options without their
 * braces, other tensors with their shapes. `dense(units: 128)`, `dot(W [784, 10])`, `flatten()`.
 */
export function callAsStep(checker: ts.TypeChecker, call: ts.CallExpression, from?: ts.Node): string {
  const parts = call.arguments.flatMap((argument) => {
    if (argument === from) return [];
    if (ts.isArrayLiteralExpression(argument) && from && argument.elements.includes(from as ts.Expression)) {
      return argument.elements.filter((element) => element !== from).map((element) => asArgument(checker, element));
    }
    return [asArgument(checker, argument)];
  });
  return shorten(`${calledName(call)}(${parts.filter(Boolean).join(", ")})`);
}

/** Source text on one line, cut where it is long. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/,\s*([)\]}])/g, "$1");
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

function asArgument(checker: ts.TypeChecker, argument: ts.Expression): string {
  if (ts.isObjectLiteralExpression(argument)) {
    return argument.properties.map((property) => property.getText()).join(", ");
  }
  if (isTensor(checker, argument)) {
    const name = ts.isIdentifier(argument) ? argument.text : "…";
    return `${name} ${describe(checker, argument) ?? ""}`.trim();
  }
  return ts.isArrowFunction(argument) || ts.isFunctionExpression(argument) ? "…" : argument.getText();
}
