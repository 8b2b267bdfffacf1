import { ts } from "ts-morph";
import type { Edit } from "./finding.js";

const language = "shapewright";

/** Whether a module is one of this package's. */
export const isOurs = (module: string) => module === language || module.startsWith(`${language}/`);

/** What a function of the language is called in a file: `dense`, or `sw.dense` after `import * as sw from "shapewright"`. */
export function localName(file: ts.SourceFile, name: string): string {
  const named = importsOf(file);
  const element = named.find(({ propertyName }) => propertyName?.text === name);
  const bindings = named.length === 0 ? languageImport(file)?.importClause?.namedBindings : undefined;
  if (bindings && ts.isNamespaceImport(bindings)) return `${bindings.name.text}.${name}`;
  return element?.name.text ?? name;
}

const aliases = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

/** What one of our modules calls what a file may have imported under another name. */
export function exportedName(name: ts.Identifier): string {
  const file = name.getSourceFile();
  const known = aliases.get(file) ?? aliasesOf(file);
  aliases.set(file, known);
  return known.get(name.text) ?? name.text;
}

function aliasesOf(file: ts.SourceFile): ReadonlyMap<string, string> {
  const ours = file.statements.filter(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      isOurs(statement.moduleSpecifier.text),
  );
  const specifiers = ours.flatMap((statement) => {
    const names = (statement as ts.ImportDeclaration).importClause?.namedBindings;
    return names && ts.isNamedImports(names) ? [...names.elements] : [];
  });
  return new Map(
    specifiers.flatMap(({ name, propertyName }) => (propertyName ? [[name.text, propertyName.text] as const] : [])),
  );
}

/** Adds a name to what a file imports from the language, or from another of our modules, unless it is there already. */
export function imported(file: ts.SourceFile, name: string, module = language): Edit[] {
  const elements = importsOf(file, module);
  if (elements.some((element) => (element.propertyName ?? element.name).text === name)) return [];
  if (elements.length === 0) {
    // After `import * as sw`, it is sw.name.
    if (module === language && localName(file, name) !== name) return [];
    const first = file.statements.find(ts.isImportDeclaration)?.getStart(file) ?? 0;
    return [edit(file, first, first, `import { ${name} } from "${module}";\n`, name, module)];
  }
  const next = elements.find((element) => element.name.text.toLowerCase() > name.toLowerCase());
  if (next) return [edit(file, next.getStart(file), next.getStart(file), `${name}, `, name, module)];
  const { end } = elements.at(-1)!;
  return [edit(file, end, end, `, ${name}`, name, module)];
}

/** Takes away what is imported by one specifier; the import, where nothing is left of it. */
export function withoutSpecifier(specifier: ts.ImportSpecifier): Edit {
  const file = specifier.getSourceFile();
  const { elements } = specifier.parent;
  const index = elements.indexOf(specifier);
  const [before, next] = [elements[index - 1], elements[index + 1]];
  const plain = (start: number, end: number) => ({ file: file.fileName, start, end, text: "" });
  if (next) return plain(specifier.getStart(file), next.getStart(file));
  if (before) return plain(before.end, specifier.end);
  const whole = specifier.parent.parent.parent;
  return plain(whole.getStart(file), whole.end + (file.text[whole.end] === "\n" ? 1 : 0));
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

function edit(file: ts.SourceFile, start: number, end: number, text: string, imports: string, from = language): Edit {
  return { file: file.fileName, start, end, text, imports, ...(from !== language && { from }) };
}

function importsOf(file: ts.SourceFile, module = language): readonly ts.ImportSpecifier[] {
  return file.statements.flatMap((statement) => {
    const clause = isImportOf(statement, module) ? statement.importClause : undefined;
    const names = clause?.namedBindings;
    return names && ts.isNamedImports(names) && !clause.isTypeOnly ? [...names.elements] : [];
  });
}

/** What a file imports from the language. */
export function languageImport(file: ts.SourceFile): ts.ImportDeclaration | undefined {
  return file.statements.find((statement): statement is ts.ImportDeclaration => isImportOf(statement, language));
}

function isImportOf(statement: ts.Statement, module: string): statement is ts.ImportDeclaration {
  return (
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text === module
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
