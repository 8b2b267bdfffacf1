import { ts } from "ts-morph";

/** Where the code of a program reads or writes what a symbol stands for, by whatever name it is imported. */
export function referencesTo(program: ts.Program, symbol: ts.Symbol): ts.Expression[] {
  const checker = program.getTypeChecker();
  const declaration = symbol.valueDeclaration!;
  const own = declaration.getSourceFile();
  const isOfFile = ts.findAncestor(declaration, ts.isFunctionLike) === undefined;
  const isSame = (node: ts.Identifier) => symbolOf(checker, node) === symbol;
  return (isOfFile ? program.getSourceFiles() : [own]).flatMap((file) => {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) return [];
    const names = [
      symbol.name,
      ...(file === own
        ? []
        : importedIn(file)
            .filter(isSame)
            .map(({ text }) => text)),
    ];
    return identifiers(file, new Set(names))
      .filter((node) => !isNamed(node) && isSame(node))
      .map((node) => (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node));
  });
}

/** What an identifier stands for where it is a value: of `{ units }` that is not the property. */
export function symbolOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function importedIn(file: ts.SourceFile): ts.Identifier[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const { name, namedBindings } = importClause ?? {};
    const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    return [...(name ? [name] : []), ...named.map((one) => one.name)];
  });
}

function identifiers(file: ts.SourceFile, names: ReadonlySet<string>): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) found.push(node);
    ts.forEachChild(node, visit);
  };
  if ([...names].some((name) => file.text.includes(name))) visit(file);
  return found;
}

/** Whether a name is declared, imported, exported or asked for its type there: nothing is done with a value. */
function isNamed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent))
    return parent.name === node;
  return (
    ts.isImportClause(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isQualifiedName(parent)
  );
}
