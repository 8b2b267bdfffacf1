import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as language from "../../src/index.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const names = JSON.parse(read("test/fixtures/keras-names.json")) as Record<string, readonly (readonly string[])[]>;

const sections = read("docs/keras.md")
  .split("\n## ")
  .slice(1)
  .map((section) => {
    const [title, ...lines] = section.split("\n");
    const cells = lines.filter((line) => line.startsWith("| `")).map((line) => line.slice(2, -1).split(" | "));
    return {
      title: title!.toLowerCase(),
      rows: cells.map(([keras, here]) => [inCode(keras!), inCode(here!)] as const),
    };
  });

function inCode(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
}

describe("docs/keras.md", () => {
  test.each(sections)("has each of Keras's $title once, in order", ({ title, rows }) => {
    expect(rows.map(([keras]) => keras)).toEqual(names[title]);
  });

  test.each(sections)("names what this package exports for Keras's $title", ({ rows }) => {
    expect(rows.flatMap(([, here]) => here).filter((name) => !(name in language))).toEqual([]);
  });
});
