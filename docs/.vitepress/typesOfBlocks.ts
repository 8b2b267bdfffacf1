import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createTwoslasher, type TwoslashReturn } from "twoslash";
import { packagePaths } from "../../test/tools/declarations.js";

/** Without a slash at its end, or twoslash takes errors for those of another file, and shows none. */
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Types are those of the package's declarations. */
const twoslash = createTwoslasher({
  vfsRoot: root,
  compilerOptions: {
    target: 9, // es2022
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    module: 99, // esnext
    moduleResolution: 100, // bundler
    types: ["node"],
    typeRoots: [`${root}/node_modules/@types`],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    paths: await packagePaths(),
  },
  // What must be refused is shown with its message; `npm run test:docs` says which is.
  handbookOptions: { noErrorValidation: true },
});

/** Programs by a number of theirs, and what twoslash finds in them once a block of theirs is shown. */
const programs = new Map<string, { program: string; types?: TwoslashReturn }>();

/** What stands for a part of a program until it is highlighted, which is known by its first line alone. */
export function blockOf(program: string, from: number, to: number): string {
  const hash = createHash("sha1").update(program).digest("hex");
  if (!programs.has(hash)) programs.set(hash, { program });
  return `// ${hash} ${from} ${to}\n${program.slice(from, to)}`;
}

/** The types of a block, found in the whole program, once for all its blocks: TypeScript begins anew with each program. */
export function typesOfBlock(block: string): TwoslashReturn {
  const [, hash = "", start, end] = /^\/\/ (\w+) (\d+) (\d+)\n/.exec(block)!;
  const entry = programs.get(hash)!;
  entry.types ??= twoslash(entry.program, "ts", { shouldGetHoverInfo: notImported(entry.program) });
  const [from, to] = [Number(start), Number(end)];
  const linesBefore = entry.program.slice(0, from).split("\n").length - 1;
  const nodes = entry.types.nodes
    .filter((node) => from <= node.start && node.start < to)
    // Of parameters and examples the reference tells.
    .map((node) => ({ ...node, tags: [], start: node.start - from, line: node.line - linesBefore }));
  return { ...entry.types, code: entry.program.slice(from, to).trimEnd(), nodes };
}

/** Of names in imports, what hovers say is all that they may be; where they are used, it is what they are there. */
function notImported(program: string): (name: string, start: number) => boolean {
  const imports = [...program.matchAll(/^import [^;]*;/gm)].map(({ 0: { length }, index }) => ({
    index,
    end: index + length,
  }));
  return (_, start) => !imports.some(({ index, end }) => index <= start && start < end);
}
