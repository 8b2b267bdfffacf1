import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { namesHere } from "../elsewhere.js";
import { exported } from "../exported.js";
import type { Edit } from "../finding.js";
import { imported, isOurs, languageImport, localName, unimported, withoutSpecifier } from "../imports.js";
import { type Meant, meantBy } from "./meant.js";
import type { NodeRule } from "./node-rule.js";

export const otherName: NodeRule = {
  id: "other-name",
  title: "A name that is not there",
  help: 'Layers, ops, losses and optimizers have Keras\'s names in camel case, and come from "shapewright"; sessions and callbacks from "shapewright/runtime", datasets from "shapewright/data". docs/keras.md has all names side by side.',
  codes: [2304, 2305, 2339, 2551, 2552, 2693, 2724],
  explain(place, { checker }) {
    const specifier = [place, place.parent].find(ts.isImportSpecifier);
    const node = specifier ? (specifier.propertyName ?? specifier.name) : place;
    if (!ts.isIdentifier(node)) return undefined;
    const file = node.getSourceFile();
    const module = specifier ? moduleOf(specifier) : namespaceOf(node, checker);
    if (module === undefined && (!languageImport(file) || ts.isPropertyAccessExpression(node.parent))) return undefined;
    const meant = meantBy(node.text, valuesOf(checker, file));
    if (!meant || (module === undefined && !isMeant(node, meant))) return undefined;
    const { is, words, isGuess } = meant;
    const within = withinFunction(node);
    if (within && meant.name === node.text) {
      const what = `${within.name.text} is a function, and holds no others: ${node.text} is exported by itself.`;
      return {
        what,
        fix: fix("Write it so:", ...editsOf(node, undefined, module, { ...meant, name: meant.name }, checker)),
      };
    }
    const what = `${module ? `"${module}" exports no ${node.text}` : `${node.text} is not imported`}${is}.`;
    const edits =
      meant.name === undefined ? [] : editsOf(node, specifier, module, { ...meant, name: meant.name }, checker);
    return { what, fix: { ...fix(words, ...edits), ...(isGuess && { isGuess }) } };
  },
};

/** The one of our modules that something is imported from. */
function moduleOf(specifier: ts.ImportSpecifier): string | undefined {
  const from = specifier.parent.parent.parent.moduleSpecifier;
  return ts.isStringLiteral(from) && isOurs(from.text) ? from.text : undefined;
}

/** The function in which a name is looked up as in a namespace: `sw.optimizers` of `sw.optimizers.adam`. */
function withinFunction({ parent }: ts.Identifier): ts.PropertyAccessExpression | undefined {
  const holder = ts.isPropertyAccessExpression(parent) ? parent.expression : undefined;
  return holder && ts.isPropertyAccessExpression(holder) ? holder : undefined;
}

/** What a name is looked up in: `sw` of `sw.Linear`, and of `sw.optimizers.adam`, where `sw.optimizers` is a function. */
function lookedUpIn(node: ts.Identifier): ts.Expression | undefined {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== node) return undefined;
  return withinFunction(node)?.expression ?? parent.expression;
}

/** The one of our modules that a name is a member of: of `sw.Linear`, after `import * as sw`. */
function namespaceOf(node: ts.Identifier, checker: ts.TypeChecker): string | undefined {
  const namespace = lookedUpIn(node);
  const declaration = namespace && checker.getSymbolAtLocation(namespace)?.declarations?.[0];
  if (!declaration || !ts.isNamespaceImport(declaration)) return undefined;
  const from = declaration.parent.parent.moduleSpecifier;
  return ts.isStringLiteral(from) && isOurs(from.text) ? from.text : undefined;
}

/** The names of the language that are values: a type stands in no call. Of a file that imports nothing of it, what the tables name. */
function valuesOf(checker: ts.TypeChecker, file: ts.SourceFile): string[] {
  if (!languageImport(file)) return namesHere();
  const own = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  return [...exported(checker, file)]
    .filter(([, symbol]) => own(symbol).flags & ts.SymbolFlags.Value)
    .map(([name]) => name);
}

/** Whether a name that is declared nowhere is one of ours: it is that to the letter, or stands for a function of another spelling. */
function isMeant({ text, parent }: ts.Identifier, { name, isGuess }: Meant): boolean {
  if (name === undefined || isGuess) return false;
  const isCalled = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression.getText() === text;
  return name === text || isCalled;
}

function editsOf(
  node: ts.Identifier,
  specifier: ts.ImportSpecifier | undefined,
  module: string | undefined,
  meant: Meant & { readonly name: string },
  checker: ts.TypeChecker,
): (Edit | Edit[])[] {
  const file = node.getSourceFile();
  const local = meant.module === "shapewright" ? localName(file, meant.name) : meant.name;
  const isThere = imported(file, meant.name, meant.module).length === 0;
  if (!specifier) {
    const access = ts.isPropertyAccessExpression(node.parent) ? node.parent : undefined;
    const inPlace = access && meant.module === module ? `${lookedUpIn(node)!.getText()}.${meant.name}` : local;
    const added = access && meant.module === module ? [] : imported(file, meant.name, meant.module);
    return [used(access ?? node, inPlace, meant), added, unimported(file, node.text)];
  }
  if (specifier.propertyName) return meant.module === module ? [replace(node, meant.name)] : [];
  const uses = node.text === local ? [] : usesOf(specifier, checker).map((use) => used(use, local, meant));
  if (meant.module === module && !isThere) return [replace(node, meant.name), ...uses];
  return [withoutSpecifier(specifier), ...uses, imported(file, meant.name, meant.module)];
}

/** Puts a name in the place of another: without `new`, as nothing here is a class, and with the options that a call without any has elsewhere. */
function used(node: ts.Expression, name: string, { call }: Meant): Edit {
  const { parent } = node;
  const isCalled = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
  if (isCalled && call && !parent.arguments?.length) return replace(parent, call.replace(/^\w+/, name));
  if (!ts.isNewExpression(parent) || !isCalled) {
    if (ts.isShorthandPropertyAssignment(parent)) return replace(node, `${node.getText()}: ${name}`);
    return replace(node, ts.isExportSpecifier(parent) && !parent.propertyName ? `${name} as ${node.getText()}` : name);
  }
  return { ...replace(node, name), start: parent.getStart() };
}

/** Where an imported name stands in its file, the import itself left out: the same name may be a parameter, or a key. */
function usesOf({ name }: ts.ImportSpecifier, checker: ts.TypeChecker): ts.Identifier[] {
  const own = checker.getSymbolAtLocation(name);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && node.text === name.text && symbolOf(node, checker) === own) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(name.getSourceFile());
  return found;
}

function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}
