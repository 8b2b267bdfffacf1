import type { DefaultTheme } from "vitepress";

/** How pages are searched. Its functions run in the browser, too: they use nothing from without. */
export const searchOptions: DefaultTheme.LocalSearchOptions = {
  // Words alone: programs would be highlighted once more, and be most of what is found. In the reference, only what has a name is a result.
  _render: (text, env, markdown) => {
    const words = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
    const isReference = env.relativePath.startsWith("api/");
    return markdown.render(isReference ? words.replaceAll(/^##+ [^{\n]*(?:\{#call-.*)?$/gm, "") : words, {
      ...env,
      isSearched: true,
    });
  },
  miniSearch: {
    options: {
      // A name is found by its later parts, too, and not only by how it begins: earlyStopping by "stopping".
      tokenize: (text) =>
        text
          .split(/[\n\r\p{Z}\p{P}\p{S}]+/u)
          .flatMap((word) => [word, ...word.split(/(?<=[a-z\d])(?=[A-Z])/).slice(1)]),
    },
    // A page before the parts of pages.
    searchOptions: {
      boostDocument: (_id, _term, stored) => ((stored?.titles as string[] | undefined)?.length === 0 ? 3 : 1),
    },
  },
};
