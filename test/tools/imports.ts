import { builtinModules } from "node:module";
import { posix } from "node:path";
import { type Identifier, Node, type Project, type SourceFile, SyntaxKind } from "ts-morph";

/** One import of one file: `import`, `export … from`, `import()`, or an import within a type. */
export interface Import {
  /** The importing file, relative to the root. */
  readonly file: string;
  readonly line: number;
  /** What is written between the quotes. */
  readonly specifier: string;
  /** The imported file, relative to the root; absent for other packages. */
  readonly target?: string;
  /** Whether the import is gone once the types are. */
  readonly typeOnly: boolean;
}

/** What the files of a folder may import. */
export interface FolderRule {
  /** Folders whose files may be imported. */
  readonly folders: readonly string[];
  /** Whether Node's own modules may be imported, and its globals used. */
  readonly node: boolean;
  /** Whether this one of the installed packages may be imported. */
  readonly allowsPackage: (name: string) => boolean;
  /** The two above in words, for messages. */
  readonly packagesInWords: string;
}

/** A tree of sources and its rules. */
export interface Layers {
  /** Absolute path of the tree. */
  readonly root: string;
  /** The package's own name, under which its files may be imported too. */
  readonly packageName: string;
  /** The package's own entry points, by what is imported: `"shapewright"` → `"compiler/language.ts"`. */
  readonly entries: Readonly<Record<string, string>>;
  /** Rules by top-level folder, and by folders and files within these that have one of their own. */
  readonly rules: Readonly<Record<string, FolderRule>>;
  /** Folders and files of one top-level folder, level by level: each may import its own level and those before it. */
  readonly levels?: readonly (readonly string[])[];
}

/** All imports of a project's files. */
export function importsOf(project: Project, layers: Layers): Import[] {
  return project.getSourceFiles().flatMap((file) => importsOfFile(file, layers));
}

/** The imports against the arrow, one message each. */
export function wrongImports(imports: readonly Import[], layers: Layers): string[] {
  return imports.flatMap((found) => {
    const problem = problemOf(found, layers);
    return problem === undefined ? [] : [`${found.file}:${found.line}: imports "${found.specifier}": ${problem}`];
  });
}

/** The files that stand on no level, though others of their folder do: of these, nothing says what they may import. One message each. */
export function withoutLevel(project: Project, { root, levels = [] }: Layers): string[] {
  const parts = levels.flat();
  const ordered = new Set(parts.map((part) => part.split("/")[0]!));
  const files = project.getSourceFiles().map((source) => posix.relative(root, source.getFilePath()));
  return files
    .filter((file) => ordered.has(file.split("/")[0]!) && mostSpecific(file, parts) === undefined)
    .map((file) => `${file}: stands on no level; add it to one of the layers'`);
}

/** Globals that only Node has. */
const nodeGlobals = ["process", "Buffer", "require", "__dirname", "__filename", "setImmediate"];

/** Node's globals in files that are to do without Node, one message each. */
export function wrongGlobals(project: Project, { root, rules }: Layers): string[] {
  const mentioned = new RegExp(`\\b(${nodeGlobals.join("|")})\\b`);
  return project.getSourceFiles().flatMap((source) => {
    const file = posix.relative(root, source.getFilePath());
    if (ruleOf(file, rules)?.node !== false || !mentioned.test(source.getFullText())) return [];
    const used = source.getDescendantsOfKind(SyntaxKind.Identifier).filter(isNodeGlobal);
    return used.map((name) => `${file}:${name.getStartLineNumber()}: uses ${name.getText()}, which only Node has`);
  });
}

/** Whether a name is one of Node's: a value, not a property's name, and not declared in its file. */
function isNodeGlobal(name: Identifier): boolean {
  const parent = name.getParent();
  if (!nodeGlobals.includes(name.getText()) || (hasNameNode(parent) && parent.getNameNode() === name)) return false;
  const others = name.getSourceFile().getDescendantsOfKind(SyntaxKind.Identifier);
  return !others.some((other) => other.getText() === name.getText() && isDeclared(other));
}

function isDeclared(name: Identifier): boolean {
  const parent = name.getParent();
  return Node.isBindingNamed(parent) && parent.getNameNode() === name;
}

function hasNameNode(node: Node): node is Node & { getNameNode(): Node } {
  return "getNameNode" in node;
}

/**
 * The circles of imports, one message each; of a file that stands in several, a shortest one. Imports of types count:
 * such a circle does no harm when the program runs, but neither of its files can be understood or moved without the other.
 */
export function circles(imports: readonly Import[]): string[] {
  const edges = new Map<string, Set<string>>();
  const kept = new Set<string>();
  for (const { file, target, typeOnly } of imports) {
    if (target === undefined) continue;
    edges.set(file, (edges.get(file) ?? new Set()).add(target));
    if (!typeOnly) kept.add(`${file} → ${target}`);
  }
  const told = new Set<string>();
  const messages: string[] = [];
  for (const file of [...edges.keys()].sort()) {
    const circle = told.has(file) ? undefined : shortestCircle(file, edges);
    if (!circle) continue;
    for (const member of circle) told.add(member);
    const ofValues = circle.slice(1).every((target, i) => kept.has(`${circle[i]} → ${target}`));
    messages.push(`${file}: imports in a circle${ofValues ? "" : " (of types)"}: ${circle.join(" → ")}`);
  }
  return messages;
}

function importsOfFile(source: SourceFile, layers: Layers): Import[] {
  const file = posix.relative(layers.root, source.getFilePath());
  const imported = (literal: Node, specifier: string, typeOnly: boolean): Import => {
    const target = targetOf(file, specifier, layers);
    return { file, line: literal.getStartLineNumber(), specifier, typeOnly, ...(target && { target }) };
  };
  const declared = [...source.getImportDeclarations(), ...source.getExportDeclarations()].flatMap((declaration) => {
    const literal = declaration.getModuleSpecifier();
    return literal ? [imported(literal, literal.getLiteralValue(), declaration.isTypeOnly())] : [];
  });
  return [...declared, ...inlineImports(source, imported)];
}

/** `import("…")` within expressions and within types. */
function inlineImports(
  source: SourceFile,
  imported: (node: Node, specifier: string, typeOnly: boolean) => Import,
): Import[] {
  if (!source.getFullText().includes("import(")) return [];
  const calls = source.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const [argument] = call.getArguments();
    const isImport = call.getExpression().getKind() === SyntaxKind.ImportKeyword;
    return isImport && Node.isStringLiteral(argument) ? [imported(call, argument.getLiteralValue(), false)] : [];
  });
  const types = source.getDescendantsOfKind(SyntaxKind.ImportType).map((node) => {
    return imported(node, node.getArgument().getText().slice(1, -1), true);
  });
  return [...calls, ...types];
}

/** The file that a specifier stands for: sources are imported by the names that they are compiled to. */
function targetOf(file: string, specifier: string, { entries }: Layers): string | undefined {
  if (!specifier.startsWith(".")) return entries[specifier];
  return posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
}

function problemOf({ file, specifier, target }: Import, layers: Layers): string | undefined {
  const { rules, packageName } = layers;
  const folder = file.split("/")[0]!;
  const rule = ruleOf(file, rules);
  if (!rule) return `${folder} has no rule; add one to the layers`;
  if (target !== undefined) {
    const to = target.split("/")[0]!;
    if (!rule.folders.includes(to)) return `${folder} may import only ${rule.folders.join(", ")}, not ${to}`;
    return folder === to ? levelProblem(file, target, layers) : undefined;
  }
  const name = packageOf(specifier);
  if (name === packageName) return `package.json has no such entry point under "exports"`;
  const allowed = isBuiltin(specifier) ? rule.node : rule.allowsPackage(name);
  return allowed ? undefined : `${mostSpecific(file, Object.keys(rules))} may import only ${rule.packagesInWords}`;
}

function levelProblem(file: string, target: string, { levels = [] }: Layers): string | undefined {
  const parts = levels.flat();
  const [from, to] = [mostSpecific(file, parts), mostSpecific(target, parts)];
  if (from === undefined || to === undefined) return undefined;
  const levelOf = (part: string) => levels.findIndex((level) => level.includes(part));
  return levelOf(to) <= levelOf(from) ? undefined : `${from} comes before ${to}, and may not import it`;
}

function ruleOf(file: string, rules: Layers["rules"]): FolderRule | undefined {
  const part = mostSpecific(file, Object.keys(rules));
  return part === undefined ? undefined : rules[part];
}

/** The longest of some paths that a file is, or stands in. */
function mostSpecific(file: string, paths: readonly string[]): string | undefined {
  const above = paths.filter((path) => file === path || file.startsWith(`${path}/`));
  return above.sort((a, b) => b.length - a.length)[0];
}

/** The package of a specifier: `"@scope/name"` of `"@scope/name/part"`. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

/** The shortest way from a file back to itself, both ends included. */
function shortestCircle(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  for (const queue = [start]; queue.length > 0; ) {
    const file = queue.shift()!;
    for (const next of edges.get(file) ?? []) {
      if (next === start) return [...wayTo(file, cameFrom), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const before = cameFrom.get(file);
  return before === undefined ? [file] : [...wayTo(before, cameFrom), file];
}
