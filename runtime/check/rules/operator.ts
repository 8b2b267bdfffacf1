import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { imported, localName } from "../imports.js";
import { shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";

export const operator: NodeRule = {
  id: "operator",
  title: "An operator of JavaScript's between tensors",
  help: "Tensors are worked on by functions: add(x, 1), multiply(x, y), greater(x, 0). JavaScript's operators are for numbers.",
  codes: [2362, 2363, 2365, 2367],
  explain(node, { checker }) {
    const whole = ts.isBinaryExpression(node) && opOf(node) ? node : node.parent;
    const op = whole && ts.isBinaryExpression(whole) ? opOf(whole) : undefined;
    if (!op || !ts.isBinaryExpression(whole) || !hasTensor(whole, checker)) return undefined;
    const { left, right } = whole;
    const file = node.getSourceFile();
    const assigned = isAssignment(whole) ? `${left.getText()} = ` : "";
    const call = `${assigned}${localName(file, op)}(${left.getText()}, ${right.getText()})`;
    return {
      what: `${whole.operatorToken.getText()} is for numbers, but ${shorten((isTensor(checker, left) ? left : right).getText())} is a tensor.`,
      fix: fix(`Call ${op}:`, replace(whole, call), imported(file, op)),
    };
  },
};

const ops: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusToken, "add"],
  [ts.SyntaxKind.MinusToken, "subtract"],
  [ts.SyntaxKind.AsteriskToken, "multiply"],
  [ts.SyntaxKind.SlashToken, "divide"],
  [ts.SyntaxKind.AsteriskAsteriskToken, "pow"],
  [ts.SyntaxKind.PercentToken, "mod"],
  [ts.SyntaxKind.LessThanToken, "less"],
  [ts.SyntaxKind.LessThanEqualsToken, "lessEqual"],
  [ts.SyntaxKind.GreaterThanToken, "greater"],
  [ts.SyntaxKind.GreaterThanEqualsToken, "greaterEqual"],
]);

/** Operators of which TypeScript refuses those alone that compare a tensor with what is none. */
const comparing: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsToken, "equal"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "equal"],
  [ts.SyntaxKind.ExclamationEqualsToken, "notEqual"],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "notEqual"],
]);

/** Operators that assign what they give. */
const assigning: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusEqualsToken, "add"],
  [ts.SyntaxKind.MinusEqualsToken, "subtract"],
  [ts.SyntaxKind.AsteriskEqualsToken, "multiply"],
  [ts.SyntaxKind.SlashEqualsToken, "divide"],
]);

/** Whether an operator stands there beside a tensor, of those that TypeScript refuses there. */
export function isBetweenTensors(node: ts.Node, checker: ts.TypeChecker): boolean {
  return ts.isBinaryExpression(node) && isRefused(node) && hasTensor(node, checker);
}

function hasTensor({ left, right }: ts.BinaryExpression, checker: ts.TypeChecker): boolean {
  return [left, right].some((operand) => isTensor(checker, operand));
}

const isRefused = (whole: ts.BinaryExpression) => opOf(whole) !== undefined && !comparing.has(whole.operatorToken.kind);

const opOf = ({ operatorToken: { kind } }: ts.BinaryExpression) =>
  ops.get(kind) ?? comparing.get(kind) ?? assigning.get(kind);

const isAssignment = ({ operatorToken }: ts.BinaryExpression) => assigning.has(operatorToken.kind);
