import { ts } from "ts-morph";

export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Whether an expression is a member of another. */
export function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}
