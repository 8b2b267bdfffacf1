import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as ofModels from "../../compiler/language.js";
import * as ofData from "../../runtime/datasets/index.js";
import * as ofTraining from "../../runtime/index.js";

const language = { ...ofModels, ...ofData, ...ofTraining };
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

/** Names here that have Keras's numbers, or PyTorch's, among the fixtures: by the first word of each case. */
const firstWords = (cases: object) => new Set(Object.keys(cases).map((name) => /^\w+/.exec(name)![0]));
const fixture = (name: string) => JSON.parse(read(`test/fixtures/${name}.json`));
const metricCases = Object.values(fixture("keras-metrics") as Record<string, { cases: { metric: string }[] }>);

test.each<[title: string, compared: ReadonlySet<string>, others: readonly string[]]>([
  // What makes one optimizer of several is compared in optimizers-of-parts.test.ts, and the cases of scheduleFreeAdamw are named "schedule-free".
  ["optimizers", firstWords(fixture("optimizer-rules").cases), ["optimizers", "scheduleFreeAdamw"]],
  ["learning rates", firstWords(fixture("schedules")), []],
  // Ops, and what makes a metric of one's own: own-metrics.test.ts.
  [
    "metrics",
    new Set(metricCases.flatMap(({ cases }) => cases.map(({ metric }) => metric))),
    ["mean", "metricOf", "sum"],
  ],
])("of Keras's %s, each that is here is compared by its numbers", (title, compared, others) => {
  const here = sections.find((section) => section.title === title)!.rows.flatMap(([, here]) => here);
  expect(here.filter((name) => !compared.has(name) && !others.includes(name))).toEqual([]);
});
