/**
 * Packs the extension for VS Code as `shapewright-VERSION.vsix`, which `code --install-extension` takes.
 *
 *     npm run extension
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { packExtension } from "./packExtension.js";

const { name, bytes } = await packExtension();
writeFileSync(resolve(import.meta.dirname, "../..", name), bytes);
console.log(name);
