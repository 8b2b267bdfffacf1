import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

/** The TypeScript versions that the types must work under, by the names of their packages. */
export const compilers = ["typescript-5.9", "typescript-6.0", "typescript"] as const;

export type Compiler = (typeof compilers)[number];

/** One error of a compiler. */
export interface Diagnostic {
  /** The file, by the name that it was given under; of other files, the path within the project. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The whole message, with its further lines. */
  readonly text: string;
}

const root = resolve(import.meta.dirname, "../..");

/**
 * Checks files with a compiler under the project's own options. They are laid out in a folder for temporary files, so that
 * every compiler reads them as they are given here, not as they stand in the project.
 *
 * @param files texts by path
 * @param paths where they find the package: its sources, which are checked too, unless said otherwise
 */
export async function check(
  compiler: Compiler,
  files: ReadonlyMap<string, string>,
  paths: Readonly<Record<string, readonly string[]>> = sources,
): Promise<Diagnostic[]> {
  return inFolder(files, paths, {}, async (folder) => diagnosticsIn(await runCompiler(compiler, folder), folder));
}

/**
 * What a compiler finds in one file, `programs.ts`, and the declarations that it writes of it.
 *
 * @param paths where it finds the package's declarations: of sources it would write those, too
 */
export async function declarationsOf(
  compiler: Compiler,
  text: string,
  paths: Readonly<Record<string, readonly string[]>>,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly declarations: string }> {
  const written = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noErrorTruncation: true,
    noUnusedLocals: false,
  };
  return inFolder(new Map([["programs.ts", text]]), paths, written, async (folder) => ({
    diagnostics: diagnosticsIn(await runCompiler(compiler, folder), folder),
    declarations: readFileSync(join(folder, "programs.d.ts"), "utf8"),
  }));
}

/** Lays files out in a folder with a tsconfig of its own, for as long as something is done there. */
async function inFolder<T>(
  files: ReadonlyMap<string, string>,
  paths: Readonly<Record<string, readonly string[]>>,
  options: object,
  done: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-types-")));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config([...files.keys()], paths, options)));
    return await done(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The version that a compiler says it is. */
export async function versionOf(compiler: Compiler): Promise<string> {
  return (await runCompiler(compiler, root, "--version")).trim().replace("Version ", "");
}

const sources = {
  shapewright: [join(root, "compiler/language.ts")],
  "shapewright/kernels": [join(root, "runtime/kernels/index.ts")],
  "shapewright/runtime": [join(root, "runtime/index.ts")],
  "shapewright/data": [join(root, "runtime/datasets/index.ts")],
};

function config(files: readonly string[], paths: Readonly<Record<string, readonly string[]>>, options: object) {
  return {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      typeRoots: [join(root, "node_modules/@types")],
      paths: { ...paths, tsd: [join(root, "test/tools/strict-tsd.ts")] },
      ...options,
    },
    include: [],
    files,
  };
}

/** Runs a compiler in a folder; returns what it prints. That it fails is no failure of ours: it has found errors. */
export function runCompiler(compiler: Compiler, folder: string, ...options: string[]): Promise<string> {
  const { bin } = createRequire(import.meta.url)(`${compiler}/package.json`) as { bin: { tsc: string } };
  const script = join(root, "node_modules", compiler, bin.tsc);
  return new Promise((done, failed) => {
    execFile(process.execPath, [script, "--pretty", "false", ...options], { cwd: folder }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") failed(error);
      else if (stderr) failed(new Error(`${compiler}: ${stderr}`));
      else done(stdout);
    });
  });
}

/** Reads `file(line,column): error TS1234: message`, with indented lines that go on with the message. */
function diagnosticsIn(output: string, folder: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of output.split(/\r?\n(?! )/)) {
    const match = /^(.+?)\((\d+),(\d+)\): error (.*)$/s.exec(text);
    if (match) {
      const path = resolve(folder, match[1]!);
      const file = relative(path.startsWith(folder) ? folder : root, path);
      found.push({ file, line: Number(match[2]), column: Number(match[3]), text: match[4]! });
    } else if (text.trim() !== "") {
      found.push({ file: "tsconfig.json", line: 0, column: 0, text });
    }
  }
  return found;
}
