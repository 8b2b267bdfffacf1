import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ts } from "ts-morph";

// Which messages the types of a function can give, read from the sources: its signature names types, which name others, and some of
// these the templates of messages, as `typeof axisOutOfRange`.

const root = resolve(import.meta.dirname, "../..");

/** What a file declares, and where what it imports and hands on comes from. */
interface Source {
  readonly path: string;
  readonly declared: ReadonlyMap<string, readonly ts.Node[]>;
  readonly imported: ReadonlyMap<string, Origin>;
  /** Files of which everything is handed on. */
  readonly whole: readonly string[];
}

interface Origin {
  readonly path: string;
  readonly name: string;
}

/** The templates that stand in the types of a function that the package exports. */
export function messagesOfFunction(name: string): ReadonlySet<string> {
  const templates = new Set<string>();
  const seen = new Set<string>();
  const visit = (origin: Origin): void => {
    const found = declarationsOf(origin);
    if (!found) return;
    const key = `${found.source.path} ${found.name}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const declaration of found.declarations) {
      for (const name of namesIn(declaration)) {
        const template = templateOf({ path: found.source.path, name });
        if (template !== undefined) templates.add(template);
        visit({ path: found.source.path, name });
      }
    }
  };
  visit({ path: resolve(root, "compiler/language.ts"), name });
  return templates;
}

/** The text of a constant that is a message, `{op}: …`. */
function templateOf(origin: Origin): string | undefined {
  const [declaration] = declarationsOf(origin)?.declarations ?? [];
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const { initializer } = declaration;
  return ts.isStringLiteral(initializer) && /^(\w+|\{\w*\}): /.test(initializer.text) ? initializer.text : undefined;
}

function declarationsOf({
  path,
  name,
}: Origin): { source: Source; name: string; declarations: readonly ts.Node[] } | undefined {
  const source = sourceAt(path);
  const declarations = source.declared.get(name);
  if (declarations) return { source, name, declarations };
  const imported = source.imported.get(name);
  if (imported) return declarationsOf(imported);
  for (const whole of source.whole) {
    const found = declarationsOf({ path: whole, name });
    if (found) return found;
  }
  return undefined;
}

/** The names of types and of values in a declaration, but for what a function does. Of a constant with a type, those of that. */
const namesIn = once((declaration: ts.Node): string[] => {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) || (ts.isArrowFunction(node.parent) && node === node.parent.body)) return;
    if (ts.isTypeReferenceNode(node)) names.push(firstOf(node.typeName));
    if (ts.isTypeQueryNode(node)) names.push(firstOf(node.exprName));
    if (ts.isExpressionWithTypeArguments(node) || ts.isCallExpression(node)) names.push(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  visit((ts.isVariableDeclaration(declaration) && declaration.type) || declaration);
  return names;
});

const firstOf = (name: ts.EntityName): string => (ts.isIdentifier(name) ? name.text : firstOf(name.left));

const sourceAt = once((path: string): Source => {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext, true);
  const declared = new Map<string, ts.Node[]>();
  const imported = new Map<string, Origin>();
  const whole: string[] = [];
  const declare = (name: string, node: ts.Node) => declared.set(name, [...(declared.get(name) ?? []), node]);
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) declare(one.name.getText(), one);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement)
    ) {
      declare(statement.name!.text, statement);
    } else if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const from = pathOf(path, statement.moduleSpecifier);
      if (from === undefined) continue;
      const clause = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
      if (!clause) whole.push(from);
      else if (ts.isNamedImports(clause) || ts.isNamedExports(clause)) {
        for (const { name, propertyName } of clause.elements) {
          imported.set(name.text, { path: from, name: (propertyName ?? name).text });
        }
      }
    }
  }
  return { path, declared, imported, whole };
});

function pathOf(importer: string, specifier: ts.Expression | undefined): string | undefined {
  if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return undefined;
  const path = resolve(dirname(importer), specifier.text.replace(/\.js$/, ".ts"));
  return existsSync(path) ? path : undefined;
}

/** The function, which computes once for each argument. */
function once<A, R>(compute: (of: A) => R): (of: A) => R {
  const known = new Map<A, R>();
  return (of) => {
    if (!known.has(of)) known.set(of, compute(of));
    return known.get(of)!;
  };
}
