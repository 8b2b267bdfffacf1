import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { register, tsImport } from "tsx/esm/api";

/** Imports a TypeScript or JavaScript file, and gives what it exports. */
export async function importModule(absolute: string): Promise<Record<string, unknown>> {
  const { href } = pathToFileURL(absolute);
  if (!isEsModule(absolute)) {
    // Node.js would require() it, and a module that is being imported already, as ours are, cannot be required.
    const module = (await tsImport(href, import.meta.url)) as Record<string, unknown>;
    const whole = module.default as Record<string, unknown> | undefined;
    // What was written as an ES module and became a CommonJS one comes as the default export.
    return whole?.__esModule === true ? whole : module;
  }
  const unregister = register();
  try {
    return (await import(href)) as Record<string, unknown>;
  } finally {
    await unregister();
  }
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
