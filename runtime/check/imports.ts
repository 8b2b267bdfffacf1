import { ts } from "ts-morph";
import type { Edit } from "./finding.js";

/** What a function of the language is called in a file: `dense`, or `sw.dense` after `import * as sw from "shapewright"`. */
export function localName(file: ts.SourceFile, name: string): string {
  const bindings = languageImport(file)?.importClause?.namedBindings;
  if (!bindings) return name;
  if (ts.isNamespaceImport(bindings)) return `${bindings.name.text}.${name}`;
  const element = bindings.elements.find(({ propertyName }) => propertyName?.text === name);
  return element?.name.text ?? name;
}

/** Adds a name to what a file imports from the language, unless it is there already. */
export function imported(file: ts.SourceFile, name: string): Edit[] {
  const elements = importsOf(file);
  if (elements.length === 0 || elements.some((element) => (element.propertyName ?? element.name).text === name))
    return [];
  const next = elements.find((element) => element.name.text.toLowerCase() > name.toLowerCase());
  if (next) return [edit(file, next.getStart(file), next.getStart(file), `${name}, `, name)];
  const { end } = elements.at(-1)!;
  return [edit(file, end, end, `, ${name}`, name)];
}

/** Takes a name away from what a file imports, where it stood in one place only, which another edit takes away. */
export function unimported(file: ts.SourceFile, name: string): Edit[] {
  const elements = importsOf(file);
  const index = elements.findIndex((element) => element.name.text === name);
  if (index < 0 || usesOf(file, name) > 2) return [];
  const [before, own, next] = [elements[index - 1], elements[index]!, elements[index + 1]];
  if (next) return [edit(file, own.getStart(file), next.getStart(file), "", "")];
  return before ? [edit(file, before.end, own.end, "", "")] : [];
}

function edit(file: ts.SourceFile, start: number, end: number, text: string, imports: string): Edit {
  return { file: file.fileName, start, end, text, imports };
}

function importsOf(file: ts.SourceFile): readonly ts.ImportSpecifier[] {
  const names = languageImport(file)?.importClause?.namedBindings;
  return names && ts.isNamedImports(names) ? names.elements : [];
}

/** What a file imports from the language. */
export function languageImport(file: ts.SourceFile): ts.ImportDeclaration | undefined {
  return file.statements.find(isLanguageImport);
}

function isLanguageImport(statement: ts.Statement): statement is ts.ImportDeclaration {
  return (
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text === "shapewright"
  );
}

/** How often an identifier stands in a file, the import itself counted. */
function usesOf(file: ts.SourceFile, name: string): number {
  let uses = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) uses++;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}
