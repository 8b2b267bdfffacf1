import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the command line, as a user does, in the repository. */
export function shapewright(...parameters: readonly string[]) {
  const command = ["--import", "tsx", "--conditions=shapewright-source", "runtime/cli/main.ts", ...parameters];
  const { FORCE_COLOR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: repository, encoding: "utf8", env });
  return { status, stdout, stderr };
}
