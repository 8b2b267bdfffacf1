import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "../../files/command-error.js";
import { ownFolder } from "../../files/ownFolder.js";
import { ownVersion } from "../ownVersion.js";

/**
 * What a project says to depend on this very package: the file that it was installed from, or its version where it came from a registry.
 *
 * @throws CommandError in the repository, where nothing is packed that a project could be given
 */
export function ownSpec(own = ownFolder()): string {
  const version = ownVersion();
  for (let folder = dirname(own); ; folder = dirname(folder)) {
    const said = specIn(join(folder, "package.json"));
    if (said !== undefined) {
      const [, path] = /^(?:file:)?((?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]).*)$/.exec(said) ?? [];
      return path === undefined ? `^${version}` : `file:${resolve(folder, path)}`;
    }
    if (dirname(folder) === folder) break;
  }
  if (/[\\/]node_modules[\\/]/.test(own)) return `^${version}`;
  const packed = join(own, `shapewright-${version}.tgz`);
  if (existsSync(packed)) return `file:${packed}`;
  throw new CommandError(
    `this is Shapewright's repository, and a project takes a package: run "npm run package" in ${own} first, which makes shapewright-${version}.tgz`,
    1,
  );
}

/** What a package.json says of this package, where it depends on it. */
function specIn(manifest: string): string | undefined {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
    const said = dependencies?.shapewright ?? devDependencies?.shapewright;
    return typeof said === "string" ? said : undefined;
  } catch {
    return undefined;
  }
}
