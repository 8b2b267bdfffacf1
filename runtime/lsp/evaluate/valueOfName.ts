import { ts } from "ts-morph";
import * as language from "../../../compiler/language.js";
import { globals } from "./globals.js";
import { implementation } from "./implementation.js";
import { aliased, importedName } from "./importedName.js";
import { isChanged } from "./isChanged.js";
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
  for (let at: ts.Symbol | undefined = symbol; at; at = aliased(machine.checker, at)) {
    const imported = importedName(at);
    if (imported === "*") return language;
    if (imported !== undefined) return memberOf(language, imported, node);
    const [declaration] = at.declarations ?? [];
    if (!declaration) break;
    if (ts.isFunctionDeclaration(declaration)) return machine.closure(implementation(at) ?? declaration, new Scope());
    if (ts.isVariableDeclaration(declaration) && isConstant(declaration) && declaration.initializer) {
      const value = machine.apart(() => machine.evaluate(declaration.initializer!, new Scope()));
      if (typeof value === "object" && value !== null && isChanged(machine.program, at))
        throw notEvaluated(node, "may be changed where it is not run");
      return value;
    }
  }
  const isGlobal = (symbol.declarations ?? []).every(isAmbient);
  if (isGlobal && Object.hasOwn(globals, symbol.name)) return globals[symbol.name];
  throw notEvaluated(node, "is nothing that is known without running the file");
}

/** Whether a declaration is of what is there anyhow, in a module or not. */
function isAmbient(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().isDeclarationFile;
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}
