import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const { files } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { files: readonly string[] };
// What npm packs without being told, too.
const isPacked = (path: string) =>
  ["README.md", ...files].some((packed) => path === packed || path.startsWith(`${packed}/`));

const pages = ["docs", "docs/guides"].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `${folder}/${file}`),
);

/** What headings of a page are linked by. */
function anchorsOf(page: URL): string[] {
  const headings = readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

test.each(["README.md", ...pages])("what %s links to is in the package", (name) => {
  const text = readFileSync(new URL(name, root), "utf8").replace(/^```.*?^```/gms, "");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(new URL(link, new URL(name, root))))).toEqual([]);
  const anchored = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)/g)];
  const missing = anchored.filter(([, link, anchor]) => {
    const page = new URL(link === "" ? name : link!, link === "" ? root : new URL(name, root));
    return !anchorsOf(page).includes(anchor!);
  });
  expect(missing.map(([link]) => link)).toEqual([]);
  const paths = links.map((link) => new URL(link, new URL(name, root)).href.slice(root.href.length));
  expect(paths.filter((path) => !isPacked(path))).toEqual([]);
});
