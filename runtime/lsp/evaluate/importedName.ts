import { ts } from "ts-morph";

/** What a name stands for that is imported or exported by another. */
export function aliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol | undefined {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getImmediateAliasedSymbol(symbol) : undefined;
}

/** The name that the language exports what a name stands for by, "*" for all of it; undefined for what is not imported from it. */
export function importedName(symbol: ts.Symbol): string | undefined {
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
