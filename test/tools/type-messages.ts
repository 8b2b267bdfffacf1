import { type ArrowFunction, Node, Project, type SourceFile, SyntaxKind } from "ts-morph";
import { quotedIn } from "../../runtime/check/quoted.js";
import type { Diagnostic } from "./compilers.js";

/**
 * The tables of rejected programs in `test-d/rejected*.ts` have the message as the key, and a function with the mistake as
 * the value. Here they are compared with what a compiler really says.
 */

/** One rejected program. */
interface Rejected {
  /** What must be said of it. */
  readonly message: string;
  /** Whether the message is a literal type of ours, and so stands in quotes; else it is in TypeScript's own words. */
  readonly quoted: boolean;
  readonly program: ArrowFunction;
}

const directive = /@ts-expect-error/g;

/** The text of a table for a compiler that is to show its errors. As many lines, in the same places. */
export function showErrors(text: string): string {
  return text.replace(directive, "(rejected)      ");
}

/**
 * What is wrong with the errors that a compiler found in a table: a message that is missing, another one instead, a second
 * error in one program, an error outside of them, or one that does not stand on an argument.
 *
 * @param file the table's path
 * @param text the table as the compiler saw it
 * @param diagnostics what the compiler found there
 */
export function problemsOfTable(file: string, text: string, diagnostics: readonly Diagnostic[]): string[] {
  const source = parse(file, text);
  const problems: string[] = [];
  const told = new Set<Diagnostic>();
  for (const { message, quoted, program } of rejectedIn(source)) {
    const own = diagnostics.filter((diagnostic) => isWithin(program, diagnostic, source));
    for (const diagnostic of own) told.add(diagnostic);
    const place = `${file}:${program.getStartLineNumber()}`;
    if (own.length !== 1) {
      const texts = own.map(({ text }) => `\n    ${text}`).join("");
      problems.push(`${place}: ${own.length} errors instead of one; wanted ${message}${texts}`);
    } else if (quoted ? !quotedIn(own[0]!.text).includes(message) : !own[0]!.text.includes(message)) {
      problems.push(`${place}: wanted ${message}, got\n    ${own[0]!.text}`);
    } else if (quoted && !standsOnArgument(program, own[0]!, source)) {
      problems.push(`${place}: the error does not stand on an argument, but at column ${own[0]!.column}`);
    }
  }
  for (const { line, text } of diagnostics.filter((diagnostic) => !told.has(diagnostic))) {
    problems.push(`${file}:${line}: an error outside of the rejected programs: ${text}`);
  }
  return problems;
}

/** How many programs a table holds. */
export function countRejected(file: string, text: string): number {
  return rejectedIn(parse(file, text)).length;
}

/** A file's syntax tree. */
export function parse(file: string, text: string): SourceFile {
  return new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile(file, text);
}

/** The entries of a table file's exported objects. `inTypeScriptsWords` is the one whose messages are not ours. */
function rejectedIn(source: SourceFile): Rejected[] {
  return source.getVariableDeclarations().flatMap((table) => {
    const object = table.getInitializer();
    if (!table.isExported() || !Node.isObjectLiteralExpression(object)) return [];
    const quoted = table.getName() !== "inTypeScriptsWords";
    return object.getProperties().map((property) => {
      const entry = property.asKindOrThrow(SyntaxKind.PropertyAssignment);
      const message = entry.getNameNode().asKindOrThrow(SyntaxKind.StringLiteral).getLiteralValue();
      return { message, quoted, program: entry.getInitializerIfKindOrThrow(SyntaxKind.ArrowFunction) };
    });
  });
}

function positionOf({ line, column }: Diagnostic, source: SourceFile): number {
  return source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
}

function isWithin(program: ArrowFunction, diagnostic: Diagnostic, source: SourceFile): boolean {
  const position = positionOf(diagnostic, source);
  return position >= program.getBody().getStart() && position < program.getEnd();
}

/** Whether an error stands on an argument of a call, or on a part of one. */
function standsOnArgument(program: ArrowFunction, diagnostic: Diagnostic, source: SourceFile): boolean {
  let node = source.getDescendantAtPos(positionOf(diagnostic, source));
  for (; node && node !== program; node = node.getParent()) {
    const parent = node.getParent();
    if (Node.isCallExpression(parent) && parent.getArguments().includes(node)) return true;
  }
  return false;
}
