import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownFolder } from "../files/ownFolder.js";

/** The version in package.json. */
export function ownVersion(): string {
  return (JSON.parse(readFileSync(join(ownFolder(), "package.json"), "utf8")) as { version: string }).version;
}
