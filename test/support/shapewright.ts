import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dist } from "../tools/built.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The command line, as the package is built: what `node` runs. */
export const commandLine = join(dist, "runtime/cli/main.js");

/** Runs the command line, as a user does, in the repository. */
export function shapewright(...parameters: readonly string[]) {
  const { FORCE_COLOR: _, ...env } = process.env;
  const options = { cwd: repository, encoding: "utf8", env } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...parameters], options);
  return { status, stdout, stderr };
}
