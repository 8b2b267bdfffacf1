import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import * as language from "../../../src/index.js";
import * as ops from "../../../src/ops/index.js";
import { compile } from "./compile.js";
import { descriptions } from "./descriptions.js";
import { disagreement } from "./disagreement.js";
import { draw, shrink } from "./draw.js";
import { fuzzTypes, shown } from "./fuzz-types.js";
import { run } from "./outcome.js";
import { type Program, sourceOf } from "./program.js";
import { readType } from "./read-type.js";

const seed = 1;

/** What takes a function, a cell, a cache or a block, of which a program would be about those, or nothing. */
const notDescribed = [
  "cachedGroupQueryAttention",
  "cachedMultiHeadAttention",
  "customGradient",
  "gruCell",
  "isTraining",
  "lstmCell",
  "parameterCount",
  "rnn",
  "rnnCell",
  "simpleRnnCell",
  "stackedRnnCells",
  "stepKey",
];

test("every op, layer and loop is described", () => {
  const [layers, control] = ["layers", "control"].map((folder) => {
    return new Set(readdirSync(new URL(`../../../src/${folder}`, import.meta.url)).map((name) => name.slice(0, -3)));
  });
  const all = Object.entries(language).flatMap(([name, value]) =>
    typeof value === "function" && (name in ops || layers!.has(name) || control!.has(name)) ? [name] : [],
  );
  expect(all.filter((name) => !(name in descriptions) && !notDescribed.includes(name))).toEqual([]);
  expect(Object.keys(descriptions).filter((name) => !all.includes(name))).toEqual([]);
});

// TypeScript 7 checks most of them: it is several times as fast as those before.
test.each([
  ["typescript", 3, 1],
  ["typescript-6.0", 1, 2],
  ["typescript-5.9", 1, 2],
] as const)("the types say what becomes of programs, under %s", { timeout: 240_000 }, async (compiler, each, every) => {
  const ops = Object.keys(descriptions).filter((_, i) => i % every === 0);
  expect((await fuzzTypes({ compiler, seed, each, ops })).map(shown)).toEqual([]);
});

test("programs are the same for the same seed, and of all kinds", () => {
  const drawn = Object.keys(descriptions).flatMap((name) => draw(name, seed, 3));
  expect(drawn).toEqual(Object.keys(descriptions).flatMap((name) => draw(name, seed, 3)));
  const refused = drawn.filter((program) => run(program).messages.length > 0);
  expect(refused.length).toBeGreaterThan(drawn.length / 8);
  expect(refused.length).toBeLessThan(drawn.length / 2);
  expect(drawn.filter(({ seen }) => !seen).length).toBeGreaterThan(drawn.length / 20);
  expect(drawn.filter(({ odd }) => odd !== "nothing").length).toBeGreaterThan(drawn.length / 60);
});

const program = (result: string, more: Partial<Program> = {}): Program => ({
  op: "add",
  declarations: [
    { name: "x", value: "input([2, 3])" },
    { name: "y", value: "input([2])" },
  ],
  result,
  seen: true,
  odd: "nothing",
  ...more,
});

test("what the types say is compared with what becomes of it", async () => {
  const programs = [program("add(x, x)"), program("add(x, y)"), program("x")];
  const [sum, refused, other] = await compile("typescript", programs);
  expect(disagreement(programs[0]!, sum!, run(programs[0]!))).toBeUndefined();
  expect(disagreement(programs[1]!, refused!, run(programs[1]!))).toBeUndefined();
  expect(disagreement(programs[0]!, refused!, run(programs[0]!))).toMatch(/^the types refuse what runs: TS2345/);
  expect(disagreement(programs[1]!, sum!, run(programs[1]!))).toBe(
    "the types let pass: add: [2, 3] and [2] do not broadcast: axis 1 is 3 and 2",
  );
  expect(disagreement(program("y"), other!, run(program("y")))).toBe(
    'the types say {"shape":[2,3],"dtype":"float32"}, it is {"shape":[2],"dtype":"float32"}',
  );
  const otherWords = { ...refused!, messages: [refused!.messages[0]!.replaceAll("axis 1", "axis 0")] };
  expect(disagreement(programs[1]!, otherWords, run(programs[1]!))).toMatch(/^it says add: .* the types say TS2345/);
});

test("sizes that the types don't see may be any; others are what they are", () => {
  const hidden = program("x", { seen: false });
  const says = (type: string) => disagreement(hidden, { messages: [], result: readType(type) }, run(hidden));
  expect(says('Tensor<[number, 3], "float32">')).toBeUndefined();
  expect(says('Tensor<any, "float32">')).toBeUndefined();
  expect(says('Tensor<[number, 4], "float32">')).toMatch(/^the types say/);
  expect(says('Tensor<[number], "float32">')).toMatch(/^the types say/);
  expect(says('Helper<[2, 3], "float32">')).toBeUndefined();
  const seen = program("x");
  const exactly = (type: string) => disagreement(seen, { messages: [], result: readType(type) }, run(seen));
  expect(exactly('Tensor<[2, 3], "float32">')).toBeUndefined();
  expect(exactly('Tensor<[number, 3], "float32">')).toMatch(/^the types say/);
  expect(exactly('Helper<[2, 3], "float32">')).toMatch(/^the types say/);
});

test("a program that is found becomes the smallest of its kind", async () => {
  const index = draw("concat", seed, 50).findIndex(({ declarations }) => declarations.length > 1);
  const small = await shrink("concat", seed, index, async ({ declarations }) => declarations.length > 1);
  expect(sourceOf(small!, "found")).toBe(`export function found() {
  const x0 = input([]);
  const x1 = input([]);
  return concat([x0, x1], 0);
}`);
});
