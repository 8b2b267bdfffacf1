import type { Bundled } from "./bundleDeclarations.js";

/** How the package's declarations are bundled: the language in one file, which is what an editor reads for most programs. */
export const packageDeclarations: Bundled = {
  bundled: ["compiler/language.d.ts", "src/ops/definitions.d.ts"],
  into: "src/language.d.ts",
  entries: ["compiler/index.d.ts", "runtime/index.d.ts", "runtime/datasets/index.d.ts", "runtime/kernels/index.d.ts"],
};
