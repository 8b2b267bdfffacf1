import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PageData } from "../../compiler/emit/html/pageData.js";
import { collectDim } from "../../runtime/cli/dimSizes.js";
import { drawGraph } from "../../runtime/cli/graph.js";
import { CommandError } from "../../runtime/files/command-error.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Options = Parameters<typeof drawGraph>[1];

async function run(file: string, options: Options) {
  const terminal = recordingTerminal();
  await drawGraph(file, options, terminal);
  return terminal;
}

async function failure(file: string, options: Options): Promise<string> {
  try {
    await run(file, options);
  } catch (error) {
    if (error instanceof CommandError) return `${error.exitCode}: ${error.message}`;
    throw error;
  }
  throw new Error("it did not fail");
}

/** The data that a page carries. */
function dataOf(page: string): PageData {
  const [, json] = /<script id="data" type="application\/json">(.*)<\/script>/.exec(page)!;
  return JSON.parse(json!);
}

const mnist = "examples/02-mnist.ts";

test("--dot prints the graph, and nothing but it: the model, unless said otherwise", async () => {
  const model = await run(mnist, { dot: true });
  expect(model.messages).toEqual([]);
  expect(model.results).toHaveLength(1);
  expect(model.results[0]).toMatch(/^digraph "model" \{\n/);
  const train = await run(mnist, { dot: true, graph: "train" });
  expect(train.results[0]).toMatch(/^digraph "train" \{\n/);
  expect(train.results[0]).toContain("applyRmsProp");
});

test("nodes say the user's line that they come from: of a layer, where it was made", async () => {
  const out = join(folder, "convnet.html");
  const file = "examples/03-mnist-convnet.ts";
  await run(file, { html: out });
  const { sources, views } = dataOf(readFileSync(out, "utf8"));
  const lines = readFileSync(file, "utf8").split("\n");
  /** What stands at the place of each node of an op. */
  const at = (id: string, op: string) =>
    views
      .find((view) => view.id === id)!
      .diagram.nodes.filter((node) => node.op === op)
      .map(({ source }) => {
        const [, line, column] = /^examples\/03-mnist-convnet\.ts:(\d+):(\d+)$/.exec(sources[source!]!)!;
        return lines[Number(line) - 1]!.slice(Number(column) - 1).replace(/,? +\/\/.*/, "");
      });
  expect(at("model", "input")).toEqual([expect.stringMatching(/^input\(\["batch", 28, 28, 1\]\)/)]);
  expect(at("model", "convolution")).toEqual(at("train", "convolutionBackpropFilter").toReversed());
  expect(at("model", "convolution")).toEqual([
    "conv2d({ filters: 32, kernelSize: 3, activation: relu })",
    "conv2d({ filters: 64, kernelSize: 3, activation: relu })",
  ]);
});

test("--html writes a page with every graph, the one that was asked for first", async () => {
  const out = join(folder, "mnist.html");
  const { results, messages } = await run(mnist, { html: out, graph: "train", dim: new Map([["batch", 128]]) });
  expect({ results, messages }).toEqual({ results: [], messages: [`Wrote ${out}`] });
  const { views, ...about } = dataOf(readFileSync(out, "utf8"));
  expect(about).toEqual({
    title: "program in examples/02-mnist.ts",
    sizes: "batch = 128",
    batch: { name: "batch", size: 128 },
    layers: [
      { name: "dense", kind: "dense", shape: "[batch, 512]" },
      { name: "dense_1", kind: "dense", shape: "[batch, 10]" },
    ],
    sources: expect.any(Array),
    sourceRoot: expect.stringMatching(/^(\.\.\/)+.*\/$/),
    first: "train",
  });
  expect(views.map(({ id }) => id)).toEqual(["model", "differentiated", "train", "predict", "evaluate", "passes"]);
  const ops = (id: string) => views.find((view) => view.id === id)!.diagram.nodes.map(({ op }) => op);
  expect(ops("model")).toContain("relu");
  expect(ops("differentiated")).toContain("select");
  expect(ops("train")).toContain("affine");
  expect(ops("train")).not.toContain("relu");
  const dot = views[0]!.diagram.nodes.find(({ op }) => op === "dot")!;
  expect(dot.flops).toBe(2 * 128 * 784 * 512);
});

test("alone, it writes graph.html, and not over what it has not written", async () => {
  const away = process.cwd();
  const file = join(away, mnist);
  process.chdir(folder);
  try {
    expect(await run(file, {})).toMatchObject({ results: [], messages: ["Wrote graph.html"] });
    await run(file, { graph: "train" });
    expect(dataOf(readFileSync("graph.html", "utf8")).first).toBe("train");
    writeFileSync("graph.html", "mine");
    expect(await failure(file, {})).toBe(
      "1: graph.html is there, and is no page of Shapewright; write --html OUT to name another, or this one",
    );
    expect(readFileSync("graph.html", "utf8")).toBe("mine");
  } finally {
    process.chdir(away);
  }
});

test("a model of several outputs is drawn with all of them, by their names", async () => {
  const out = join(folder, "two.html");
  await run("examples/06-two-outputs.ts", { html: out });
  const [model] = dataOf(readFileSync(out, "utf8")).views;
  const outputs = model!.diagram.nodes.filter(({ kind }) => kind === "output").map(({ name }) => name);
  expect(outputs).toEqual(["helps", "effect"]);
});

test("a model that is not compiled has one graph", async () => {
  const out = join(folder, "digits.html");
  await run(`${mnist}#digits`, { html: out });
  expect(dataOf(readFileSync(out, "utf8")).views.map(({ id }) => id)).toEqual(["model", "passes"]);
  expect(await failure(`${mnist}#digits`, { dot: true, graph: "train" })).toBe(
    '2: there is no graph "train" of digits; there is model; digits is a model: compile(…) it into a program for more.',
  );
});

test("what cannot be done is said, and nothing is written", async () => {
  expect(await failure(mnist, { dot: true, html: "x.html" })).toBe("2: graph: say one of --html OUT and --dot");
  expect(await failure(mnist, { dot: true, graph: "tran" })).toBe(
    '2: there is no graph "tran" of program; there is model, differentiated, train, predict, evaluate. Did you mean "train"?',
  );
  expect(await failure(mnist, { dot: true, dim: new Map([["bach", 2]]) })).toBe(
    '2: no input has a dim named "bach"; there is batch. Did you mean "batch"?',
  );
  const missing = join(folder, "missing", "graph.html");
  expect(await failure(mnist, { html: missing })).toMatch(/^1: there is no folder .*missing to write \S+ to$/);
  expect(existsSync(missing)).toBe(false);
  expect(await failure(mnist, { html: "/dev/null" })).toBe(
    "2: /dev/null is no file that can be replaced; name another, such as graph.html",
  );
  expect(await failure(mnist, { html: folder })).toBe(
    `2: ${folder} is a folder; name a file, such as ${folder}/graph.html`,
  );
});

test("a page that cannot be written: why, and no half of it is left", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "mine");
  expect(await failure(mnist, { html: join(file, "graph.html") })).toMatch(
    /^1: .*a-file.graph\.html cannot be written: E(EXIST|NOTDIR): /,
  );
  expect(readFileSync(file, "utf8")).toBe("mine");
});

test("--dim takes a name and a size, several times", () => {
  expect([...collectDim("time=10", collectDim("batch=4"))]).toEqual([
    ["batch", 4],
    ["time", 10],
  ]);
  for (const text of ["batch", "batch=", "batch=0", "batch=-1", "batch=1.5", "=3"]) {
    expect(() => collectDim(text)).toThrow("Write NAME=SIZE, as in batch=128.");
  }
});
