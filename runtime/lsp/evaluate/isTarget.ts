import { ts } from "ts-morph";
import { isWrapping } from "./isWrapping.js";

const { SyntaxKind } = ts;

/** Whether a value is put in the place of an expression, or it is deleted. */
export function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator === SyntaxKind.PlusPlusToken || parent.operator === SyntaxKind.MinusMinusToken;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return parent.left === node && kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  const isPattern = ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent);
  return (
    (isPattern || isWrapping(parent) || ts.isObjectLiteralElementLike(parent) || ts.isSpreadElement(parent)) &&
    isTarget(parent)
  );
}
