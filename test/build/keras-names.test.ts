import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as ofModels from "../../compiler/language.js";
import * as ofData from "../../runtime/datasets/index.js";

const language = { ...ofModels, ...ofData };
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

function inCamelCase(name: string): string {
  const joined = name.replace(/(?<=\w)_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

describe("docs/keras.md", () => {
  test.each(sections)("has each of Keras's $title once, in order", ({ title, rows }) => {
    expect(rows.map(([keras]) => keras)).toEqual(names[title]);
  });

  test.each(sections)("says of no name that is exported here that there is no such $title", ({ rows }) => {
    const none = rows.filter(([, here]) => here.length === 0).flatMap(([keras]) => keras);
    expect(none.filter((name) => inCamelCase(name) in language)).toEqual([]);
  });

  test.each(sections)("names what this package exports for Keras's $title", ({ rows }) => {
    expect(rows.flatMap(([, here]) => here).filter((name) => !(name in language))).toEqual([]);
  });
});
