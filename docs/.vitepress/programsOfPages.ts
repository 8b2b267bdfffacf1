import type { MarkdownRenderer } from "vitepress";
import { blockOf } from "./typesOfBlocks.js";

/**
 * Gives twoslash the programs that guides consist of: all blocks of a page are one, with what is given before each without being shown (see
 * `test/tools/guide.ts`, which reads pages alike).
 */
export function programsOfPages(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("programs", ({ tokens, env }) => {
    if (!env.relativePath?.startsWith("guides/")) return;
    let program = "";
    const blocks = [];
    for (const [i, token] of tokens.entries()) {
      if (token.type !== "fence" || token.info !== "ts") continue;
      const [, given = ""] = /^<!-- (?:not run, )?given:([\s\S]*?)-->/.exec(tokens[i - 1]?.content ?? "") ?? [];
      // The mistake itself is shown under the line.
      const shown = token.content.replaceAll(/^ *\/\/ *~.*\n(?: *\/\/ .*\n)*/gm, "");
      program += `${given}\n`;
      blocks.push({ token, from: program.length, to: program.length + shown.length });
      program += shown;
    }
    for (const { token, from, to } of blocks) {
      token.content = blockOf(program, from, to);
      token.info = "ts twoslash";
    }
  });
}
