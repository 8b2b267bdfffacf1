import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { type Exported, importsFor, withoutDoubles } from "../../test/tools/imports-for.js";

const modules = ["shapewright", "shapewright/runtime", "shapewright/data", "shapewright/compiler"];

/** What the modules export, as the reference lists it. */
function exportedIn(docs: string): Exported {
  const kinds = ["functions", "classes", "variables"];
  const namesIn = (folder: string) =>
    existsSync(folder) ? readdirSync(folder).map((file) => file.slice(0, -".md".length)) : [];
  return withoutDoubles(
    new Map(modules.map((name) => [name, kinds.flatMap((kind) => namesIn(join(docs, "api", name, kind)))])),
  );
}

/**
 * Gives twoslash the programs that guides consist of: before each block stands, without being shown, what stood on the page before it, and
 * what is given (see `test/tools/guide.ts`, which reads pages alike).
 */
export function programsOfPages(docs: string): (markdown: MarkdownRenderer) => void {
  const exported = exportedIn(docs);
  return (markdown) =>
    markdown.core.ruler.push("programs", ({ tokens, env }) => {
      if (!env.relativePath?.startsWith("guides/")) return;
      let before = "";
      for (const [i, token] of tokens.entries()) {
        if (token.type !== "fence" || token.info !== "ts") continue;
        const [, given = ""] = /^<!-- (?:not run, )?given:([\s\S]*?)-->/.exec(tokens[i - 1]?.content ?? "") ?? [];
        // The mistake itself is shown under the line.
        const shown = token.content.replaceAll(/^ *\/\/ *~.*\n(?: *\/\/ .*\n)*/gm, "");
        const imports = importsFor(before + given + shown, exported);
        token.content = `${imports}\n${before}${given}\n// ---cut---\n${shown}`;
        token.info = "ts twoslash";
        before += `${given}\n${shown}`;
      }
    });
}
