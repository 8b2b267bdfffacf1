import { ts } from "ts-morph";
import { typedArrayOf } from "./globals.js";
import { isWrapping } from "./isWrapping.js";
import { list, record, template } from "./literals.js";
import type { Machine } from "./machine.js";
import { memberOf } from "./memberOf.js";
import { changing } from "./methods.js";
import { notEvaluated } from "./notEvaluated.js";
import { binary, unary } from "./operations.js";
import type { Scope } from "./scope.js";

const values = new Map<ts.SyntaxKind, unknown>([
  [ts.SyntaxKind.TrueKeyword, true],
  [ts.SyntaxKind.FalseKeyword, false],
  [ts.SyntaxKind.NullKeyword, null],
]);

/** The value of an expression that is no name. */
export function evaluate(machine: Machine, node: ts.Expression, scope: Scope): unknown {
  const of = (part: ts.Expression) => machine.evaluate(part, scope);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (values.has(node.kind)) return values.get(node.kind);
  if (ts.isCallExpression(node)) return called(machine, node, scope);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return machine.closure(node, scope);
  if (ts.isObjectLiteralExpression(node)) return record(machine, node, scope);
  if (ts.isArrayLiteralExpression(node)) return list(machine, node.elements, scope);
  if (ts.isPropertyAccessExpression(node)) return member(machine, node, node.name.text, scope);
  if (ts.isElementAccessExpression(node)) return member(machine, node, of(node.argumentExpression), scope);
  if (ts.isConditionalExpression(node)) return of(of(node.condition) ? node.whenTrue : node.whenFalse);
  if (ts.isBinaryExpression(node)) return binary(machine, node, scope);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(machine, node, scope);
  if (ts.isTemplateExpression(node)) return machine.counted(template(machine, node, scope), node);
  if (ts.isNewExpression(node)) return made(machine, node, scope);
  if (isWrapping(node)) return of(node.expression);
  throw notEvaluated(node, "is not computed here");
}

function called(machine: Machine, node: ts.CallExpression, scope: Scope): unknown {
  if (node.questionDotToken) throw notEvaluated(node, "is not computed here");
  const f = machine.evaluate(node.expression, scope);
  if (typeof f !== "function") throw notEvaluated(node, "is no function that is known");
  return machine.counted(f(...list(machine, node.arguments, scope)), node);
}

function member(
  machine: Machine,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  key: unknown,
  scope: Scope,
): unknown {
  const value = machine.evaluate(node.expression, scope);
  if (node.questionDotToken && (value === undefined || value === null)) return undefined;
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (isList && changing.has(String(key)) && !machine.isOwn(value))
    throw notEvaluated(node, "changes what is made elsewhere");
  return memberOf(value, key, node);
}

/** A list of numbers of one type, of some length or with those of another. */
function made(machine: Machine, node: ts.NewExpression, scope: Scope): unknown {
  const type = typedArrayOf(machine.evaluate(node.expression, scope));
  const [given] = list(machine, node.arguments ?? [], scope);
  if (!type || (typeof given !== "number" && !Array.isArray(given))) throw notEvaluated(node, "is not made here");
  // Counted before there is as much memory taken.
  if (typeof given === "number") machine.counted({ length: given }, node);
  return new type(given as number);
}
