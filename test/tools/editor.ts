import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript-6.0";

/** What an editor asks of TypeScript's language service about one file, as it is being written. */
export interface Editor {
  /** Puts another text in the file's place, as typing does. */
  write(text: string): void;
  /** What is shown where the mouse stands on the first letter of `at`, where that first stands in the file. */
  hover(at: string): string;
  /** The names that are offered behind `at`. */
  completions(at: string): string[];
  /** All files that are read for it, with their types. */
  program(): ts.Program;
}

const root = resolve(import.meta.dirname, "../..");

/**
 * Opens a file in an editor.
 *
 * @param text what stands in it first
 * @param folder where it lies
 * @param options the compiler's, where they are not those of a project that finds the package's sources under its name
 */
export function editor(text: string, folder = root, options: ts.CompilerOptions = {}): Editor {
  const file = join(folder, "written.ts");
  let [version, current] = [0, text];
  const settings: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    customConditions: ["shapewright-source"],
    ...options,
  };
  // Other files stay as they are. An editor's server keeps them, too, and watches them instead of asking for them at each letter.
  const exists = remembering(ts.sys.fileExists);
  const directoryExists = remembering(ts.sys.directoryExists);
  const kept = remembering((name: string) =>
    exists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined,
  );
  const service = ts.createLanguageService({
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot: (name) => (name === file ? ts.ScriptSnapshot.fromString(current) : kept(name)),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (name) => name === file || exists(name),
    readFile: ts.sys.readFile,
    directoryExists,
  });
  const place = (at: string) => {
    const found = current.indexOf(at);
    if (found < 0) throw new Error(`"${at}" does not stand in the file`);
    return found;
  };
  return {
    write(text) {
      current = text;
      version++;
    },
    hover: (at) => ts.displayPartsToString(service.getQuickInfoAtPosition(file, place(at))?.displayParts),
    completions: (at) =>
      (service.getCompletionsAtPosition(file, place(at) + at.length, undefined)?.entries ?? []).map(({ name }) => name),
    program: () => service.getProgram()!,
  };
}

/** A function that is asked once for each name. */
function remembering<T>(ask: (name: string) => T): (name: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (name) => {
    const known = answers.get(name) ?? { answer: ask(name) };
    answers.set(name, known);
    return known.answer;
  };
}
