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
      // A name is found by its later parts, too, and not only by how it begins: earlyStopping by "stopping", SW_SHAPE by "shape".
      tokenize: (text) =>
        text
          .split(/(?:(?!_)[\n\r\p{Z}\p{P}\p{S}])+/u)
          .flatMap((word) => [word, ...word.split(/_|(?<=[a-z\d])(?=[A-Z])/).slice(1)]),
      // "save" finds what is said of saving.
      processTerm: (term) => term.toLowerCase().replace(/(?<=^[a-z]{3,})(?:ing|ed|e?s|e)$/, ""),
    },
    searchOptions: {
      // What is short is often another word by one letter: "gpu" is neither glu nor gru.
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      // Pages before their parts, what is told before what is listed, and the compiler's inside last.
      boostDocument: (id, _term, stored) => {
        const page = (stored?.titles as string[] | undefined)?.length === 0 ? 3 : 1;
        if (/^\/api\/[^#]*\/(?:types)?#|^\/api\/shapewright\/compiler\//.test(id)) return page / 6;
        return page * (id.startsWith("/api/") ? 1 : id.startsWith("/errors#") ? 2.5 : 1.5);
      },
    },
  },
};
