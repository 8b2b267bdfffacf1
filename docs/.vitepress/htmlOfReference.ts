import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import type { MarkdownEnv, MarkdownRenderer } from "vitepress";

hljs.registerLanguage("ts", typescript);

/**
 * Hands a page of the reference to Vue as the HTML that it is, since there are no components in it: it would be compiled for the browser, and
 * again for the page's own HTML. Its code is highlighted by words alone; `style.css` has the colours.
 */
export function htmlOfReference(markdown: MarkdownRenderer): void {
  const { options, render } = markdown;
  markdown.render = (text, env: MarkdownEnv & { isSearched?: boolean } = {}) => {
    if (env.isSearched || !env.relativePath?.startsWith("api/")) return render.call(markdown, text, env);
    const { highlight } = options;
    options.highlight = byWords;
    const html = render.call(markdown, text, env);
    options.highlight = highlight;
    const page = `<div>${html.replaceAll(/(<[^<>]*?) v-pre(?:="")?(?=[\s>])/g, "$1")}</div>`;
    // By this call VitePress knows what a browser need not load that has the page's HTML already.
    const vnode = `createStaticVNode(${JSON.stringify(page).replaceAll("</", "<\\/")}, 1)`;
    const content = `<script>
import { createStaticVNode } from "vue";
export default { name: ${JSON.stringify(env.relativePath)}, components: { Reference: () => ${vnode} } };
</script>`;
    env.sfcBlocks?.scripts.push({ type: "script", content } as never);
    return "<Reference />";
  };
}

function byWords(code: string, language: string): string {
  if (language !== "ts") throw new Error(`internal: the reference has code in ${language}`);
  return `<pre class="vp-code" tabindex="0"><code>${hljs.highlight(code.trimEnd(), { language }).value}</code></pre>`;
}
