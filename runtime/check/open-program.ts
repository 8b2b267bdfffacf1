import { dirname } from "node:path";
import { ts } from "ts-morph";
import { augmentingFiles } from "./augmentingFiles.js";
import { compilerHost } from "./compilerHost.js";

/** Files that are checked together, under one configuration. */
export interface OpenedProgram {
  readonly program: ts.Program;
  /** Reads the files as they are on the disk; for a further program. */
  readonly host: ts.CompilerHost;
  /** What the files are instead, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly string[];
  /** What is wrong with the configuration itself. */
  readonly configErrors: readonly ts.Diagnostic[];
}

/** What holds for files above which there is no tsconfig.json: strict, and modules as Node resolves them. */
const defaults: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["*"],
  strict: true,
  skipLibCheck: true,
};

/**
 * Whatever the configuration says: nothing is written; messages are not cut, for they are read; and options that the
 * user's compiler takes are not complained of because this one is newer.
 */
const always: ts.CompilerOptions = {
  noEmit: true,
  incremental: false,
  composite: false,
  noErrorTruncation: true,
  ignoreDeprecations: "6.0",
};

/**
 * Opens files for checking: one program for all that have the same tsconfig.json above them.
 *
 * @param files absolute paths
 */
export function openPrograms(files: readonly string[]): OpenedProgram[] {
  const groups = new Map<string | undefined, string[]>();
  for (const file of files) {
    const config = ts.findConfigFile(dirname(file), ts.sys.fileExists);
    groups.set(config, [...(groups.get(config) ?? []), file]);
  }
  return [...groups].map(([config, own]) => openProgram(config, own));
}

function openProgram(config: string | undefined, files: readonly string[]): OpenedProgram {
  const { options, augmenting, errors } = configured(config);
  const host = compilerHost(options);
  const program = ts.createProgram({ rootNames: [...files, ...augmenting], options, host });
  return { program, host, texts: new Map(), files, configErrors: errors };
}

/** The same files with further texts than are on the disk, by their paths. What is as it was is not read again. */
export function withTexts(opened: OpenedProgram, further: ReadonlyMap<string, string>): OpenedProgram {
  const { host: disk, texts: before } = opened;
  const texts = new Map([...before, ...further]);
  // Only for as long as the program is made: the host lives as long as that, and would hold all programs before it.
  let former: ts.Program | undefined = opened.program;
  const options = former.getCompilerOptions();
  const host: ts.CompilerHost = {
    ...disk,
    readFile: (name) => texts.get(name) ?? disk.readFile(name),
    getSourceFile: (name, ...rest) => {
      const text = texts.get(name);
      const known = former?.getSourceFile(name);
      if (text === undefined || known?.text === text) return known ?? disk.getSourceFile(name, ...rest);
      return ts.createSourceFile(name, text, rest[0], true);
    },
  };
  const program = ts.createProgram({ rootNames: former.getRootFileNames(), options, host, oldProgram: former });
  former = undefined;
  return { ...opened, program, texts };
}

/** What holds for files. */
export interface Configuration {
  readonly options: ts.CompilerOptions;
  /** What of the files that the configuration includes holds for all files, though none imports it. All of them would take long to load. */
  readonly augmenting: readonly string[];
  readonly errors: readonly ts.Diagnostic[];
}

/** What holds for the files below a tsconfig.json, or for those above which there is none. */
export function configured(config: string | undefined): Configuration {
  const found = config === undefined ? { options: defaults, augmenting: [], errors: [] } : read(config);
  return { ...found, options: { ...found.options, ...always } };
}

/** TypeScript's code for a configuration without files to compile: no mistake where the files are named by the command. */
const noInputs = 18003;

function read(config: string): Configuration {
  const unreadable: ts.Diagnostic[] = [];
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => void unreadable.push(diagnostic),
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
  if (!parsed) return { options: defaults, augmenting: [], errors: unreadable };
  return {
    options: parsed.options,
    augmenting: augmentingFiles(parsed.fileNames),
    errors: ts.getConfigFileParsingDiagnostics(parsed).filter(({ code }) => code !== noInputs),
  };
}
