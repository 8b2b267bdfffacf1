import type { MarkdownRenderer } from "vitepress";

/**
 * Gives twoslash the programs that guides consist of: before each block stands, without being shown, what stood on the page before it, and
 * what is given (see `test/tools/guide.ts`, which reads pages alike).
 */
export function programsOfPages(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("programs", ({ tokens, env }) => {
    if (!env.relativePath?.startsWith("guides/")) return;
    let before = "";
    for (const [i, token] of tokens.entries()) {
      if (token.type !== "fence" || token.info !== "ts") continue;
      const [, given = ""] = /^<!-- (?:not run, )?given:([\s\S]*?)-->/.exec(tokens[i - 1]?.content ?? "") ?? [];
      // The mistake itself is shown under the line.
      const shown = token.content.replaceAll(/^ *\/\/ *~.*\n(?: *\/\/ .*\n)*/gm, "");
      token.content = `${before}${given}\n// ---cut---\n${shown}`;
      token.info = "ts twoslash";
      before += `${given}\n${shown}`;
    }
  });
}
