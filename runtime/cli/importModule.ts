import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { register, tsImport } from "tsx/esm/api";
import { type LoadedFile, loadingKey } from "../heldOff.js";
import { watchNamespace } from "./watchNamespace.js";

/** What a file exports, as far as it has run. */
export interface ImportedModule {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Where it began to train, which was held off: a trace of calls. */
  readonly heldOff?: string;
}

type Namespace = Readonly<Record<string, unknown>>;

interface Loaded extends LoadedFile {
  /** Takes what the file exports, before it runs. */
  namespace(namespace: Namespace): void;
}

const loading = new AsyncLocalStorage<Loaded>();
Object.assign(globalThis, { [loadingKey]: loading });

/**
 * Imports a TypeScript or JavaScript file, and gives what it exports. Where it opens a session, it waits for ever: of a file that trains at
 * its top level, what it exports before is given.
 */
export async function importModule(absolute: string): Promise<ImportedModule> {
  let begun: Namespace = {};
  let holdOff = (_: string): void => {};
  const held = new Promise<string>((resolve) => {
    holdOff = resolve;
  });
  const file = {
    holdOff,
    namespace: (namespace: Namespace) => {
      begun = namespace;
    },
  };
  const whole = loading.run(file, () => importWhole(absolute)).then((exports) => ({ exports }));
  return await Promise.race([whole, held.then((heldOff) => ({ exports: initialized(begun), heldOff }))]);
}

async function importWhole(absolute: string): Promise<Namespace> {
  // Traces of calls tell the places in what was written, and not in what tsx makes of it.
  process.setSourceMapsEnabled(true);
  const { href } = pathToFileURL(absolute);
  if (!isEsModule(absolute)) {
    // Node.js would require() it, and a module that is being imported already, as ours are, cannot be required.
    const module = (await tsImport(href, import.meta.url)) as Namespace;
    const whole = module.default as Namespace | undefined;
    // What was written as an ES module and became a CommonJS one comes as the default export.
    return whole?.__esModule === true ? whole : module;
  }
  const unregister = register();
  const unwatch = watchNamespace(href, loadingKey);
  try {
    return (await import(href)) as Namespace;
  } finally {
    unwatch();
    await unregister();
  }
}

/** What a module that has not run to its end exports so far. */
function initialized(namespace: Namespace): Namespace {
  const names = Reflect.ownKeys(namespace)
    .filter((name): name is string => typeof name === "string")
    .filter((name) => {
      try {
        return namespace[name] !== undefined;
      } catch {
        return false;
      }
    });
  return Object.fromEntries(names.map((name) => [name, namespace[name]]));
}

/** Whether Node.js takes a file for an ES module, by its ending or by the package.json above it. */
function isEsModule(path: string): boolean {
  const ending = extname(path);
  if (/^\.m[jt]s$/.test(ending)) return true;
  return !/^\.c[jt]s$/.test(ending) && packageType(dirname(path)) === "module";
}

function packageType(folder: string): unknown {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) return typeIn(readFileSync(manifest, "utf8"));
  return dirname(folder) === folder ? undefined : packageType(dirname(folder));
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(manifest) as { readonly type?: unknown } | null)?.type;
  } catch {
    // What is wrong with it, Node.js says when it loads the file.
    return undefined;
  }
}
