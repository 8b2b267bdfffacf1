/**
 * Bundles the modules into `dist`, and the declarations that the compiler has written there, as `npm run build` does.
 *
 *     npx tsx test/tools/bundle.ts
 */
import { resolve } from "node:path";
import { bundleDeclarations } from "./bundleDeclarations.js";
import { bundleModules } from "./bundleModules.js";
import { packageDeclarations } from "./packageDeclarations.js";

const root = resolve(import.meta.dirname, "../..");
await bundleModules(root, resolve(root, "dist"));
bundleDeclarations(resolve(root, "dist"), packageDeclarations);
