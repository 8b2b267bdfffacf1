import type { MarkdownRenderer } from "vitepress";

/** Keeps how each block is highlighted, with its hovers: pages are rendered for the browser, and again for their HTML. */
export function highlightOnce({ options }: MarkdownRenderer): void {
  const { highlight } = options;
  if (!highlight) throw new Error("internal: VitePress no longer highlights by markdown-it's option");
  const kept = new Map<string, string>();
  options.highlight = (code, language, attributes) => {
    const key = JSON.stringify([code, language, attributes]);
    const html = kept.get(key) ?? highlight(code, language, attributes);
    kept.set(key, html);
    return html;
  };
}
