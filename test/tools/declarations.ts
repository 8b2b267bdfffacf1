import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { dist, isBuilt } from "./built.js";
import { bundleDeclarations } from "./bundleDeclarations.js";
import { runCompiler } from "./compilers.js";
import { packageDeclarations } from "./packageDeclarations.js";
import { stateOfSources } from "./stateOfSources.js";

const root = resolve(import.meta.dirname, "../..");
const kept = join(root, "test/.generated");

/**
 * The package's declarations, as those have them who use it: a folder like `dist`. A compiler reads them in a fraction of the time that
 * it checks the sources in, which `npm run test:types` has done. They are made when a source is newer than they are.
 */
export async function declarations(): Promise<string> {
  if (isBuilt()) return dist;
  const folder = join(kept, `declarations-${stateOfSources()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(kept, { recursive: true });
  const made = mkdtempSync(join(kept, "making-"));
  try {
    const options = ["--emitDeclarationOnly", "--customConditions", "shapewright-source", "--outDir", made];
    const said = await runCompiler("typescript", root, "-p", "tsconfig.build.json", ...options);
    if (said !== "") throw new Error(`the declarations cannot be made: ${said}`);
    bundleDeclarations(made, packageDeclarations);
    for (const name of readdirSync(kept)) {
      if (name.startsWith("declarations-")) rmSync(join(kept, name), { recursive: true, force: true });
    }
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Where a program in a test finds the package: by the names that users import it by. */
export async function packagePaths(): Promise<Record<string, string[]>> {
  const folder = await declarations();
  return {
    shapewright: [join(folder, "compiler/language.d.ts")],
    "shapewright/compiler": [join(folder, "compiler/index.d.ts")],
    "shapewright/kernels": [join(folder, "runtime/kernels/index.d.ts")],
    "shapewright/runtime": [join(folder, "runtime/index.d.ts")],
    "shapewright/data": [join(folder, "runtime/datasets/index.d.ts")],
  };
}
