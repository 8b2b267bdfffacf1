import ts from "typescript-6.0";

/**
 * Options of the functions that modules export which may be one of several words, and whose docs do not say one of these. An editor shows
 * the docs where the mouse stands on an option, and of its type the word that stands there, or a name.
 *
 * @param program of whose files the modules that the first one imports are looked at
 */
export function unsaidWords(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(program.getRootFileNames()[0]!)!;
  const modules = file.statements.filter(ts.isImportDeclaration).map(({ moduleSpecifier }) => moduleSpecifier);
  const unsaid = new Set<string>();
  for (const { name, type } of modules.flatMap((module) => functionsOf(checker, module))) {
    const given = type.getCallSignatures().flatMap((signature) => signature.getParameters());
    const options = given.flatMap((parameter) =>
      checker.getPropertiesOfType(checker.getNonNullableType(checker.getTypeOfSymbol(parameter))).filter(isOption),
    );
    for (const option of options) {
      const docs = docsOf(checker, option);
      const missing = wordsOf(checker, checker.getTypeOfSymbol(option)).filter((word) => !docs.includes(`"${word}"`));
      if (missing.length > 0) unsaid.add(`${name}: ${option.name}: ${[...new Set(missing)].join(", ")}`);
    }
  }
  return [...unsaid];
}

function functionsOf(checker: ts.TypeChecker, module: ts.Expression): { name: string; type: ts.Type }[] {
  return checker.getExportsOfModule(checker.getSymbolAtLocation(module)!).flatMap((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return own.valueDeclaration ? [{ name: symbol.name, type: checker.getTypeOfSymbol(own) }] : [];
  });
}

/** Options stand in interfaces that are named so; a dtype's words are those of every tensor. */
function isOption({ name, declarations = [] }: ts.Symbol): boolean {
  const [declaration] = declarations;
  return name !== "dtype" && declaration !== undefined && ts.isInterfaceDeclaration(declaration.parent)
    ? /(?:Options?|Settings|Betas)$/.test(declaration.parent.name.text)
    : false;
}

/** The words among what a type may be, also where it is the parameter's that a call infers. */
function wordsOf(checker: ts.TypeChecker, type: ts.Type): string[] {
  if (type.isUnionOrIntersection()) return type.types.flatMap((part) => wordsOf(checker, part));
  if (type.isStringLiteral()) return [type.value];
  const constraint = type.isTypeParameter() ? checker.getBaseConstraintOfType(type) : undefined;
  return constraint ? wordsOf(checker, constraint) : [];
}

function docsOf(checker: ts.TypeChecker, option: ts.Symbol): string {
  const tags = option.getJsDocTags(checker).map(({ text }) => ts.displayPartsToString(text));
  return [ts.displayPartsToString(option.getDocumentationComment(checker)), ...tags].join(" ");
}
