import { ts } from "ts-morph";
import type { Machine } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import type { Scope } from "./scope.js";

/** What stands between two operands, by its sign, without those that compute one of them only. */
const operators: Readonly<Record<string, (a: any, b: any) => unknown>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
};

export function binary(machine: Machine, node: ts.BinaryExpression, scope: Scope): unknown {
  const left = () => machine.evaluate(node.left, scope);
  const right = () => machine.evaluate(node.right, scope);
  const sign = node.operatorToken.getText();
  if (sign === "&&") return left() && right();
  if (sign === "||") return left() || right();
  if (sign === "??") return left() ?? right();
  if (sign === "=") return assign(machine, node.left, scope, right());
  // `+=`, and what else has a sign before the one of assignment.
  const compute = operators[sign] ?? operators[sign.replace(/=$/, "")];
  if (!compute) throw notEvaluated(node, "is not computed here");
  const value = machine.counted(compute(left(), right()), node);
  return operators[sign] ? value : assign(machine, node.left, scope, value);
}

export function unary(
  machine: Machine,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  scope: Scope,
): unknown {
  const value = machine.evaluate(node.operand, scope) as number;
  const { operator } = node;
  if (operator === ts.SyntaxKind.MinusToken) return -value;
  if (operator === ts.SyntaxKind.PlusToken) return +value;
  if (operator === ts.SyntaxKind.ExclamationToken) return !value;
  if (operator === ts.SyntaxKind.TildeToken) return ~value;
  const next = operator === ts.SyntaxKind.PlusPlusToken ? value + 1 : value - 1;
  assign(machine, node.operand, scope, next);
  return ts.isPrefixUnaryExpression(node) ? next : value;
}

/** Changes a variable of what is being computed. What is declared outside of all functions is the file's, which is not run. */
function assign(machine: Machine, target: ts.Expression, scope: Scope, value: unknown): unknown {
  const symbol = ts.isIdentifier(target) ? machine.checker.getSymbolAtLocation(target) : undefined;
  const variable = symbol && scope.find(symbol);
  if (!variable || !machine.isOwn(variable)) throw notEvaluated(target, "is nothing that is changed here");
  variable.value = value;
  return value;
}
