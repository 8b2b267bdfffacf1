import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The script and the style sheet of the page that shows graphs. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** They are kept as they were written, in the package too; the script is bundled here, with the layout library in it. */
export async function pageFiles(): Promise<PageFiles> {
  const folder = new URL("../../../compiler/emit/html/page/", import.meta.url);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("main.ts", folder))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    // No source map to look for, and licences where they can be read.
    legalComments: "inline",
    tsconfigRaw: {},
  });
  return {
    script: outputFiles[0]!.text,
    style: readFileSync(new URL("page.css", folder), "utf8"),
  };
}
