import { ts } from "ts-morph";
import { languageImport } from "./imports.js";

/** The functions that the language exports, by their names, where a file imports anything of it. */
export function exported(checker: ts.TypeChecker, file: ts.SourceFile): ReadonlyMap<string, ts.Symbol> {
  const specifier = languageImport(file)?.moduleSpecifier;
  const module = specifier && checker.getSymbolAtLocation(specifier);
  return new Map(module ? checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]) : []);
}

/** What calls of an exported function give, overload by overload. */
export function gives(checker: ts.TypeChecker, symbol: ts.Symbol, node: ts.Node): readonly ts.Type[] {
  const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return checker
    .getTypeOfSymbolAtLocation(own, node)
    .getCallSignatures()
    .map((signature) => signature.getReturnType());
}
