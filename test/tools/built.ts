import { execSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stateOfSources } from "./stateOfSources.js";

const root = resolve(import.meta.dirname, "../..");

/** The folder of the built package. */
export const dist = join(root, "dist");

const state = join(dist, "state-of-sources");

/** Whether the package was built from the sources as they are. */
export const isBuilt = () => existsSync(state) && readFileSync(state, "utf8") === stateOfSources();

/**
 * Builds the package, unless it is built. Processes that tests start run it as users do: from the sources, each would load some 1,700 modules
 * through tsx, for five seconds.
 */
export function build(): void {
  if (isBuilt()) return;
  const built = stateOfSources();
  execSync("npm run --silent build", { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(state, built);
}
