import { ts } from "ts-morph";
import * as language from "../../../compiler/language.js";
import { globals } from "./globals.js";
import type { Machine } from "./machine.js";
import { memberOf } from "./memberOf.js";
import { notEvaluated } from "./notEvaluated.js";
import { Scope, type Variable } from "./scope.js";

/** What a name stands for: a variable of a function, a function or a constant of a file, what the language exports, or what is JavaScript's. */
export function valueOfName(
  machine: Machine,
  node: ts.Node,
  symbol: ts.Symbol | undefined,
  scope: Scope,
  constants: Map<ts.Symbol, Variable>,
): unknown {
  if (!symbol) throw notEvaluated(node, "is nothing that is known");
  const found = scope.find(symbol) ?? constants.get(symbol);
  if (found) return found.value;
  const value = declared(machine, node, symbol);
  constants.set(symbol, { value });
  return value;
}

function declared(machine: Machine, node: ts.Node, symbol: ts.Symbol): unknown {
  for (let at: ts.Symbol | undefined = symbol; at; at = aliased(machine, at)) {
    const imported = importedName(at);
    if (imported === "*") return language;
    if (imported !== undefined) return memberOf(language, imported, node);
    const [declaration] = at.declarations ?? [];
    if (!declaration) break;
    if (ts.isFunctionDeclaration(declaration)) return machine.closure(implementation(at) ?? declaration, new Scope());
    if (ts.isVariableDeclaration(declaration) && isConstant(declaration) && declaration.initializer)
      return machine.evaluate(declaration.initializer, new Scope());
  }
  const isGlobal = (symbol.declarations ?? []).every(isAmbient);
  if (isGlobal && Object.hasOwn(globals, symbol.name)) return globals[symbol.name];
  throw notEvaluated(node, "is nothing that is known without running the file");
}

/** Whether a declaration is of what is there anyhow, in a module or not. */
function isAmbient(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().isDeclarationFile;
}

function aliased({ checker }: Machine, symbol: ts.Symbol): ts.Symbol | undefined {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getImmediateAliasedSymbol(symbol) : undefined;
}

/** The name that the language exports what a name stands for by, "*" for all of it; undefined for what is not imported from it. */
function importedName(symbol: ts.Symbol): string | undefined {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration) return undefined;
  if (ts.isNamespaceImport(declaration)) return isOfLanguage(declaration.parent.parent) ? "*" : undefined;
  if (!ts.isImportSpecifier(declaration) && !ts.isExportSpecifier(declaration)) return undefined;
  const name = (declaration.propertyName ?? declaration.name).text;
  const whole = ts.isImportSpecifier(declaration) ? declaration.parent.parent.parent : declaration.parent.parent;
  return isOfLanguage(whole) ? name : undefined;
}

function isOfLanguage({ moduleSpecifier }: { readonly moduleSpecifier?: ts.Expression | undefined }): boolean {
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === "shapewright";
}

/** Of a function with overloads, the one that has a body. */
function implementation({ declarations = [] }: ts.Symbol): ts.FunctionDeclaration | undefined {
  return declarations.filter(ts.isFunctionDeclaration).find(({ body }) => body !== undefined);
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}
