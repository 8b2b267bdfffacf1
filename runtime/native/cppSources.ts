import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of C++, by its path. */
export interface CppSource {
  readonly path: string;
  readonly text: string;
}

/**
 * The C++ sources in a folder beside this file, in order of their names. None in a program that was bundled into one file, beside which there may be
 * another folder of that name.
 *
 * @param main the file that the folder is known by
 */
export function cppSources(folder: "addon" | "kernels", main: string): CppSource[] {
  const here: string | undefined = import.meta.url;
  if (here === undefined) return [];
  const path = join(dirname(fileURLToPath(here)), folder);
  if (!existsSync(join(path, main))) return [];
  const names = readdirSync(path).filter((name) => /\.(cc|h)$/.test(name));
  return names.sort().map((name) => ({ path: join(path, name), text: readFileSync(join(path, name), "utf8") }));
}
