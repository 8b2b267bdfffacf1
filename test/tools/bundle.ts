/**
 * Bundles the declarations that the compiler has written to `dist`, as `npm run build` does.
 *
 *     npx tsx test/tools/bundle.ts
 */
import { resolve } from "node:path";
import { bundleDeclarations } from "./bundleDeclarations.js";
import { packageDeclarations } from "./packageDeclarations.js";

bundleDeclarations(resolve(import.meta.dirname, "../../dist"), packageDeclarations);
