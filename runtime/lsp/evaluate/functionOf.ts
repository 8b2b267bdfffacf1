import { ts } from "ts-morph";
import { implementation } from "./implementation.js";
import { isWrapping } from "./isWrapping.js";
import type { Written } from "./machine.js";
import { symbolOf } from "./referencesTo.js";

/** The function that an expression stands for, where it is written in the program. */
export function functionOf(checker: ts.TypeChecker, node: ts.Expression): Written | undefined {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
  if (isWrapping(node)) return functionOf(checker, node.expression);
  const symbol = ts.isIdentifier(node) ? symbolOf(checker, node) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return implementation(symbol);
  const isFixed = ts.isVariableDeclaration(declaration) && ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const;
  return isFixed && declaration.initializer ? functionOf(checker, declaration.initializer) : undefined;
}
