import { IndentationText, NewLineKind, Project, QuoteKind, type SourceFile } from "ts-morph";
import { visible } from "../../../src/ir/checkName.js";
import type { OpName } from "../../../src/ir/node.js";
import { registry } from "../../../src/ops/registry.js";
import { uncalled } from "./helperNames.js";
import { lineWidth } from "./layout.js";

/** A module that is being written. */
export interface ModuleParts {
  /** The lines of the comment at its top. */
  readonly head: readonly string[];
  /** What it imports from the helper. */
  readonly helpers: ReadonlySet<string>;
  /** Adds its declarations. */
  declare(file: SourceFile): void;
}

/** The module that generated code runs on. */
const helperModule = "shapewright/kernels";

/** Helpers that are types. */
const types = new Set(["Size", "Tensor"]);

/** A module's text. What is added to it is laid out already: to have it formatted once more took longer than to write it. */
export function moduleText({ head, helpers, declare }: ModuleParts): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      newLineKind: NewLineKind.LineFeed,
      quoteKind: QuoteKind.Double,
      insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
    },
  });
  const start = [docComment(head), importText(helpers), ...madeKernels(helpers)].join("\n");
  const file = project.createSourceFile("generated.ts", `${start}\n`);
  declare(file);
  return file.getFullText();
}

/** A comment for documentation. */
export function docComment(lines: readonly string[]): string {
  // A path may hold what would end the comment.
  const [first, ...rest] = lines.map((line) => visible(line).replaceAll("*/", "*\\/"));
  if (rest.length === 0) return `/** ${first} */`;
  return ["/**", ...[first, ...rest].map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}

function importText(helpers: ReadonlySet<string>): string {
  const imported = new Set([...helpers].flatMap((name) => (isMade(name) ? [makerOf(name), `${name}Op`] : [name])));
  const names = [...imported]
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => (types.has(name) ? `type ${name}` : name));
  const line = `import { ${names.join(", ")} } from "${helperModule}";`;
  if (line.length <= lineWidth) return line;
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${helperModule}";`;
}

/** The functions of ops, made from their definitions. */
function madeKernels(helpers: ReadonlySet<string>): string[] {
  const made = [...helpers].filter(isMade).sort();
  const lines = made.map((name) => `const ${name} = ${makerOf(name)}(${name}Op);`);
  return lines.length > 0 ? ["", ...lines] : [];
}

function isMade(name: string): boolean {
  return Object.hasOwn(registry, name) && !uncalled.includes(name as OpName);
}

function makerOf(name: string): string {
  const definition = registry[name as OpName];
  if ("inPlace" in definition) return "updateKernel";
  return "whole" in definition ? "wholeKernel" : "kernel";
}
