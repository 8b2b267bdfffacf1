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
  codes: [2362, 2363, 2365],
  explain(node, { checker }) {
    const whole = ts.isBinaryExpression(node) && opOf(node) ? node : node.parent;
    if (!whole || !ts.isBinaryExpression(whole) || !isBetweenTensors(whole, checker)) return undefined;
    const op = opOf(whole)!;
    const { left, right } = whole;
    const file = node.getSourceFile();
    const call = `${localName(file, op)}(${left.getText()}, ${right.getText()})`;
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

/** Whether JavaScript's operator stands there beside a tensor. */
export function isBetweenTensors(node: ts.Node, checker: ts.TypeChecker): boolean {
  return (
    ts.isBinaryExpression(node) &&
    opOf(node) !== undefined &&
    [node.left, node.right].some((operand) => isTensor(checker, operand))
  );
}

const opOf = ({ operatorToken }: ts.BinaryExpression) => ops.get(operatorToken.kind);
