import type { MarkdownRenderer } from "vitepress";

/** Makes of links to examples, which are files where pages are read in the repository, links to their pages. */
export function linksToExamples(markdown: MarkdownRenderer): void {
  // Before links are counted among those that must not be dead.
  markdown.core.ruler.push("examples", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const [, path] = /^(?:\.\.\/)+examples(\/.*)$/.exec(token.attrGet("href") ?? "") ?? [];
      if (path === undefined) continue;
      token.attrSet("href", path.endsWith(".ts") ? `/examples${path.slice(0, -3)}` : "/examples/#published-models");
    }
  });
}
