import { dirname } from "node:path";
import { ts } from "ts-morph";
import { compilerHost } from "../check/compilerHost.js";
import { type Configuration, configured, type OpenedProgram } from "../check/open-program.js";

/** The programs of the files that an editor has open: one for all that have the same tsconfig.json above them, kept from edit to edit. */
export interface Projects {
  /** The program that a file is in, as all texts are now. Undefined where Shapewright is not to be found from the file. */
  opened(file: string): OpenedProgram | undefined;
  /** Says that the text of a file that is open is another; where it was not open before, it may be in any program. */
  edited(file: string, isNew: boolean): void;
  /** Says that a file is not open any more. Programs of which none is open are let go. */
  closed(): void;
  /** Says that files on the disk may be others. */
  touched(): void;
}

interface Project {
  opened(file: string): OpenedProgram | undefined;
  edited(file: string, isNew: boolean): void;
  touched(): void;
}

const configOf = (file: string) => ts.findConfigFile(dirname(file), ts.sys.fileExists);

/** @param texts of the files that are open, by their paths, as they are at any time */
export function openProjects(texts: ReadonlyMap<string, string>): Projects {
  const projects = new Map<string | undefined, Project>();
  const touched = () => {
    for (const project of projects.values()) project.touched();
  };
  return {
    opened(file) {
      const config = configOf(file);
      const project = projects.get(config) ?? openProject(config, texts);
      projects.set(config, project);
      return project.opened(file);
    },
    edited(file, isNew) {
      for (const project of projects.values()) project.edited(file, isNew);
    },
    closed() {
      const open = new Set([...texts.keys()].map(configOf));
      for (const config of projects.keys()) if (!open.has(config)) projects.delete(config);
      touched();
    },
    touched,
  };
}

function openProject(config: string | undefined, texts: ReadonlyMap<string, string>): Project {
  let configuration = configured(config);
  let host = hostOf(configuration, texts);
  let program: ts.Program | undefined;
  let isCurrent = false;
  /** Whether a folder has the package above it. */
  let installed = new Map<string, boolean>();
  const isInstalled = (file: string) => {
    const folder = dirname(file);
    const known =
      installed.get(folder) ??
      ts.resolveModuleName("shapewright", file, configuration.options, host).resolvedModule !== undefined;
    installed.set(folder, known);
    return known;
  };
  return {
    opened(file) {
      if (!isInstalled(file)) return undefined;
      if (!isCurrent || !program?.getSourceFile(file)) {
        const open = [...texts.keys()].filter((path) => configOf(path) === config);
        const rootNames = [...new Set([file, ...open, ...configuration.augmenting])];
        const { options } = configuration;
        program = ts.createProgram({ rootNames, options, host, ...(program && { oldProgram: program }) });
        isCurrent = true;
      }
      return { program, host, texts: new Map(), files: [file], configErrors: [] };
    },
    edited(file, isNew) {
      if (isNew || program?.getSourceFile(file)) isCurrent = false;
    },
    touched() {
      const before = configuration.options;
      configuration = configured(config);
      if (JSON.stringify(before) === JSON.stringify(configuration.options)) host.forgetChanged();
      else host = hostOf(configuration, texts);
      // What imports lead to is asked for anew, too.
      program = undefined;
      isCurrent = false;
      installed = new Map();
    },
  };
}

interface KeepingHost extends ts.CompilerHost {
  /** Reads files anew that have changed on the disk, and lets go of texts that are not open any more. */
  forgetChanged(): void;
}

/** Reads files once, and those that are open as they are there. */
function hostOf({ options }: Configuration, texts: ReadonlyMap<string, string>): KeepingHost {
  const disk = compilerHost(options);
  const kept = new Map<string, { readonly source: ts.SourceFile | undefined; readonly modified: number }>();
  const modified = (name: string) => ts.sys.getModifiedTime?.(name)?.getTime() ?? 0;
  const fromDisk = (...[name, ...rest]: Parameters<ts.CompilerHost["getSourceFile"]>) => {
    const known = kept.get(name) ?? { source: disk.getSourceFile(name, ...rest), modified: modified(name) };
    kept.set(name, known);
    return known.source;
  };
  const open = new Map<string, ts.SourceFile>();
  return {
    ...disk,
    fileExists: (name) => texts.has(name) || disk.fileExists(name),
    readFile: (name) => texts.get(name) ?? disk.readFile(name),
    getSourceFile(name, version, ...rest) {
      const text = texts.get(name);
      if (text === undefined) return fromDisk(name, version, ...rest);
      const known = open.get(name);
      const source = known?.text === text ? known : ts.createSourceFile(name, text, version, true);
      open.set(name, source);
      return source;
    },
    forgetChanged() {
      for (const [name, known] of kept) if (known.modified !== modified(name)) kept.delete(name);
      for (const name of open.keys()) if (!texts.has(name)) open.delete(name);
    },
  };
}
