import { fileURLToPath } from "node:url";
import type { VitePressPluginTwoslashOptions } from "@shikijs/vitepress-twoslash";
import { packagePaths } from "../../test/tools/declarations.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Types in the blocks of guides are those of the package's declarations. A block that has not compiled ends the build. */
export const twoslashOptions: VitePressPluginTwoslashOptions = {
  explicitTrigger: true,
  twoslashOptions: {
    vfsRoot: root,
    compilerOptions: {
      target: 9, // es2022
      lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
      module: 99, // esnext
      moduleResolution: 100, // bundler
      types: ["node"],
      typeRoots: [`${root}node_modules/@types`],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      paths: await packagePaths(),
    },
    // What must be refused is shown with its message; `npm run test:docs` says which is.
    handbookOptions: { noErrorValidation: true, noErrorsCutted: true },
  },
  onTwoslashError: (error) => {
    throw error;
  },
};
