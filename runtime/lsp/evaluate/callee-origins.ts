import type { ts } from "ts-morph";
import { aliased, importedName } from "./importedName.js";
import { isAccess } from "./isAccess.js";

/** What an expression begins with: `layers` of `layers.dense`. */
function rootOf(checker: ts.TypeChecker, node: ts.Expression): ts.Symbol | undefined {
  return isAccess(node) ? rootOf(checker, node.expression) : checker.getSymbolAtLocation(node);
}

/** Whether an expression is what the language exports, or a member of it. */
export function isOfLanguage(checker: ts.TypeChecker, node: ts.Expression): boolean {
  for (let at = rootOf(checker, node); at; at = aliased(checker, at)) if (importedName(at) !== undefined) return true;
  return false;
}

/** Whether an expression is, or is a member of, what is there anyhow. */
export function isAmbient(checker: ts.TypeChecker, node: ts.Expression): boolean {
  return (rootOf(checker, node)?.declarations ?? []).every((one) => one.getSourceFile().isDeclarationFile);
}
