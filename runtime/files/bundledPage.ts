import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The script and the style sheet of a page. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/**
 * Bundles `main.ts` and `page.css` of a folder, which are kept as they were written, in the package too, with the libraries that they
 * import.
 */
export async function bundledPage(folder: URL): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: ["main.ts", "page.css"].map((name) => fileURLToPath(new URL(name, folder))),
    bundle: true,
    minify: true,
    write: false,
    outdir: fileURLToPath(folder),
    format: "iife",
    target: "es2022",
    // No source map to look for, and licences where they can be read.
    legalComments: "inline",
    tsconfigRaw: {},
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
  return { script: textOf(".js"), style: textOf(".css") };
}
