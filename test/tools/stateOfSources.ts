import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Tells one state of what the package is built from from another: how many files there are, and when one was last written. */
export function stateOfSources(): string {
  const files = ["src", "compiler", "runtime", "test/tools"].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  const paths = [...files.map(({ parentPath, name }) => join(parentPath, name)), "package.json", "tsconfig.build.json"];
  const written = paths.map((path) => statSync(resolve(root, path)).mtimeMs);
  return `${files.length}-${Math.round(Math.max(...written))}`;
}
