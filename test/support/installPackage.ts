import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { declarations } from "../tools/declarations.js";

const manifest = resolve(import.meta.dirname, "../../package.json");

/** Makes the package a dependency of a folder, as it is where it is installed: with its declarations, which are read in less time than the sources. */
export async function installPackage(folder: string): Promise<void> {
  const installed = join(folder, "node_modules/shapewright");
  mkdirSync(installed, { recursive: true });
  copyFileSync(manifest, join(installed, "package.json"));
  symlinkSync(await declarations(), join(installed, "dist"));
}
