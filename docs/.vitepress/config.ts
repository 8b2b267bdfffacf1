import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformerTwoslash } from "@shikijs/vitepress-twoslash";
import { defineConfig } from "vitepress";
import { githubSlug } from "./githubSlug.js";
import { highlightOnce } from "./highlightOnce.js";
import { htmlOfReference } from "./htmlOfReference.js";
import { linksToExamples } from "./linksToExamples.js";
import { programsOfPages } from "./programsOfPages.js";
import { searchOptions } from "./searchOptions.js";
import { twoslashOptions } from "./twoslashOptions.js";

const docs = fileURLToPath(new URL("..", import.meta.url));

/** A page by its title, which is its first line. */
const page = (path: string) => ({
  text: readFileSync(join(docs, `${path}.md`), "utf8").match(/^# (.*)$/m)![1]!,
  link: `/${path}`,
});

/** What a module exports, by its kinds. The pages are there once typedoc has run; all names in each page's sidebar would be most of the page. */
const kindsOf = (module: string) => {
  const index = join(docs, "api", module, "index.md");
  const kinds = existsSync(index) ? readFileSync(index, "utf8").matchAll(/^## (.*)$/gm) : [];
  return [...kinds].map(([, kind]) => ({ text: kind!, link: `/api/${module}/#${githubSlug(kind!)}` }));
};

const reference = {
  text: "Reference",
  items: ["shapewright", "shapewright/runtime", "shapewright/data", "shapewright/compiler"].map((module) => ({
    text: module,
    link: `/api/${module}/`,
    items: kindsOf(module),
    collapsed: module !== "shapewright",
  })),
};

const guides = {
  text: "Guides",
  items: [
    "start",
    "shapes-and-names",
    "blocks",
    "sequences",
    "data",
    "training",
    "saving",
    "serving",
    "browser",
    "losses-and-ops",
    "performance",
  ].map((name) => page(`guides/${name}`)),
};
const coming = {
  text: "Coming from",
  items: ["from-keras", "from-tfjs", "from-pytorch"].map((name) => {
    const { text, link } = page(`guides/${name}`);
    return { text: text.replace("Coming from ", ""), link };
  }),
};
const tables = { text: "Tables", items: [{ text: "Examples", link: "/examples/" }, ...["keras", "errors"].map(page)] };

export default defineConfig({
  title: "Shapewright",
  description: "A typed deep-learning compiler for TypeScript",
  cleanUrls: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: "/icon.svg" }]],
  // Names and hashes of all pages in one file, in place of each page.
  metaChunk: true,
  vite: {
    publicDir: "pictures",
    // Of what writes pages nothing need be left out: to look for it took a fifth of the time.
    plugins: [
      {
        name: "all-of-what-writes-pages",
        config: (_, { isSsrBuild }) => (isSsrBuild ? { build: { rollupOptions: { treeshake: false } } } : undefined),
      },
    ],
  },
  markdown: {
    anchor: { slugify: githubSlug },
    config: (markdown) => {
      programsOfPages(markdown);
      linksToExamples(markdown);
      highlightOnce(markdown);
      htmlOfReference(markdown);
    },
    codeTransformers: [transformerTwoslash(twoslashOptions)],
    // Those of GitHub's whose colours all have a contrast of 4.5 on a block's ground.
    theme: { light: "github-light-high-contrast", dark: "github-dark-default" },
    languages: ["ts", "js", "sh", "python", "json", "text"],
  },
  themeConfig: {
    logo: "/icon.svg",
    search: { provider: "local", options: searchOptions },
    outline: "deep",
    notFound: { quote: "There is no such page.", linkText: "Home" },
    nav: [
      { text: "Guides", link: "/guides/start", activeMatch: "/guides/" },
      { text: "Reference", link: "/api/", activeMatch: "/api/" },
      { text: "Examples", link: "/examples/" },
      { text: "Errors", link: "/errors" },
      { text: "Keras’s names", link: "/keras" },
    ],
    sidebar: {
      "/": [guides, coming, tables],
      "/api/": [reference],
    },
  },
});
