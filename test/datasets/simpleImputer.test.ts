import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvDataset, restorePreprocessing, type SimpleImputerOptions, simpleImputer } from "shapewright/data";
import { expect, test } from "vitest";

const [a, b, c] = ["a", "b", "c"] as const;

test("the rows of scikit-learn's own example, and what is saved", async () => {
  // Source: https://scikit-learn.org/stable/modules/generated/sklearn.impute.SimpleImputer.html
  const columns = [a, b, c];
  const row = ([a, b, c]: readonly [number, number, number]) => ({ a, b, c, place: "Ulm" });
  const rows = (
    [
      [7, 2, 3],
      [4, Number.NaN, 6],
      [10, 5, 9],
    ] as const
  ).map(row);
  const mean = await simpleImputer({ columns }).adapt(rows);
  const others = (
    [
      [Number.NaN, 2, 3],
      [4, Number.NaN, 6],
      [10, Number.NaN, 9],
    ] as const
  ).map(row);
  const wanted = (
    [
      [7, 2, 3],
      [4, 3.5, 6],
      [10, 3.5, 9],
    ] as const
  ).map(row);
  expect(others.map((one) => mean(one))).toEqual(wanted);
  const saved = JSON.parse(JSON.stringify(mean));
  expect(saved).toEqual({
    ...{ name: "simpleImputer", kind: "simpleImputer" },
    config: { columns, strategy: "mean" },
    state: { statistics: { a: 7, b: 3.5, c: 6 } },
  });
  const restored = restorePreprocessing(saved, "simpleImputer");
  expect(others.map((one) => restored(one))).toEqual(wanted);
});

test("medians, the most frequent, and a number that is given, of a file in which fields are empty", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  const path = join(folder, "houses.csv");
  writeFileSync(path, "area,rooms\n80,3\n120,\n,2\n90,3\n20,2\n");
  const missing = { type: "number", missing: Number.NaN } as const;
  const houses = csvDataset(path, { columns: { area: missing, rooms: missing } });
  const middle = await simpleImputer({ columns: ["area", "rooms"], strategy: "median" }).adapt(houses);
  expect(middle.statistics).toEqual({ area: 85, rooms: 2.5 });
  const most = await simpleImputer({ columns: ["rooms"], strategy: "mostFrequent" }).adapt(houses);
  const zero = simpleImputer({ columns: ["area"], strategy: "constant", fillValue: -1 });
  const complete = await houses.map((house) => zero(most(house))).toArray();
  expect(complete.map(({ area, rooms }) => [area, rooms])).toEqual([
    [80, 3],
    [120, 2],
    [-1, 2],
    [90, 3],
    [20, 2],
  ]);
  const again = restorePreprocessing(JSON.parse(JSON.stringify(zero)), "simpleImputer");
  expect(again({ area: Number.NaN })).toEqual({ area: -1 });
  rmSync(folder, { recursive: true });
});

test("what is no option, no row or no number is refused", async () => {
  const make = (options: object) => () =>
    simpleImputer(options as SimpleImputerOptions<"a"> & { strategy: "constant" });
  expect(make({})).toThrow("simpleImputer: columns is undefined, but must be a list of different columns");
  expect(make({ columns: [a, a] })).toThrow('columns is ["a", "a"], but must be a list of different columns');
  expect(make({ columns: [a], strategy: "mode" })).toThrow('strategy is "mode", but must be');
  expect(make({ columns: [a], fillValue: 3 })).toThrow('simpleImputer: fillValue is for strategy "constant" alone');
  expect(make({ columns: [a, b], statistics: { a: 3 } })).toThrow(
    'simpleImputer: statistics has undefined for column "b", which is no finite number of float32',
  );
  expect(make({ columns: [a], statistics: { a: Number.NaN } })).toThrow(
    'statistics has NaN for column "a", which is no finite number of float32',
  );
  expect(make({ columns: [a], strategy: "constant", statistics: { a: 5 } })).toThrow(
    'simpleImputer: statistics are not for strategy "constant"',
  );
  expect(make({ columns: [a], strategy: "constant", fillValue: Infinity })).toThrow(
    "fillValue is Infinity, but must be a finite number of float32",
  );
  const columns: string[] = [a];
  const kept = simpleImputer({ columns, statistics: { a: 3 } });
  columns.push(b);
  expect(kept.toJSON().config).toMatchObject({ columns: [a] });
  await expect(simpleImputer({ columns: [a] }).adapt([{ a: 1e300 }])).rejects.toThrow(
    'simpleImputer.adapt: column "a" has a mean of 1e+300, which is no finite number of float32',
  );
  const adapt = (rows: unknown) => simpleImputer({ columns: [a] }).adapt(rows as never);
  const rejected: [unknown, string][] = [
    [3, "simpleImputer.adapt: takes rows, in a list, batch by batch or as a dataset, got 3"],
    [[3], "simpleImputer.adapt: takes rows, which are records of columns, got 3"],
    [[{ b: 3 }], 'simpleImputer.adapt: a row has no column "a"; it has "b"'],
    [[{ a: "3" }], 'simpleImputer.adapt: column "a" has "3", which is no finite number'],
    [[{ a: Infinity }], 'simpleImputer.adapt: column "a" has Infinity, which is no finite number'],
    [[{ a: null }], 'simpleImputer.adapt: column "a" has no numbers; leave it out, or give strategy: "constant"'],
  ];
  for (const [rows, message] of rejected) await expect(adapt(rows)).rejects.toMatchObject({ code: "SW_DATA", message });
});
