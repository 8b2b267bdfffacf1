import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A server to start, and the folder whose files it is for. */
export interface InstalledServer {
  readonly module: string;
  readonly folder: string;
}

/**
 * The server of the package that a file's project has installed: its types are those that the project is checked against. Undefined where
 * there is none beside the file or above it, or an older one without a server.
 *
 * @param at the package's folder, where it is said and not looked for
 */
export function installedServer(file: string, at?: string): InstalledServer | undefined {
  let folder = dirname(file);
  while (!at && !existsSync(join(folder, "node_modules/shapewright/package.json"))) {
    if (folder === dirname(folder)) return undefined;
    folder = dirname(folder);
  }
  const own = at ? resolve(folder, at) : join(folder, "node_modules/shapewright");
  try {
    const { bin } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as { bin: { shapewright: string } };
    const module = join(own, bin.shapewright);
    return existsSync(join(dirname(module), "lsp.js")) ? { module, folder } : undefined;
  } catch {
    // A package that is being installed is not whole yet.
    return undefined;
  }
}
