import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const { files } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { files: readonly string[] };
const isPacked = (path: string) => files.some((packed) => path === packed || path.startsWith(`${packed}/`));

test.each(["README.md", "docs/keras.md"])("what %s links to is in the package", (name) => {
  const text = readFileSync(new URL(name, root), "utf8").replace(/^```.*?^```/gms, "");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(new URL(link, new URL(name, root))))).toEqual([]);
  const paths = links.map((link) => new URL(link, new URL(name, root)).href.slice(root.href.length));
  expect(paths.filter((path) => !isPacked(path))).toEqual([]);
});
