import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adam, compile, dense, dropout, input, meanSquaredError, model, relu } from "../../compiler/language.js";
import { build } from "../../runtime/cli/build.js";
import { explain } from "../../runtime/cli/explain.js";
import { drawGraph } from "../../runtime/cli/graph.js";
import { profile } from "../../runtime/cli/profile.js";
import { summary } from "../../runtime/cli/summary.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

let folder: string;
let [saved, weights] = ["", ""];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  [saved, weights] = [join(folder, "prices.shapewright"), join(folder, "prices.safetensors")];
  const net = model({ x: input(["batch", 8]) }, ({ x }) =>
    dense(dropout(dense(x, { units: 4, activation: relu }), 0.5), { units: 1 }),
  );
  using session = await open(compile(net, { optimizer: adam(), loss: meanSquaredError() }), { backend: "reference" });
  await session.saveModel(saved);
  await session.saveWeights(weights);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("commands that look at a program take what saveModel wrote", async () => {
  const terminal = recordingTerminal();
  const text = () => terminal.results.splice(0).join("\n").replaceAll(folder, "FOLDER");
  await summary(saved, {}, terminal);
  expect(text()).toContain("FOLDER/prices.shapewright, batch = 1\n\nlayer    kind     output      parameters  FLOPs");
  await explain(saved, {}, terminal);
  expect(text()).toMatch(/^FOLDER\/prices\.shapewright, batch = 32\n\ntrain: one step/);
  const html = join(folder, "graph.html");
  await drawGraph(saved, { html }, terminal);
  expect(readFileSync(html, "utf8")).toContain("prices.shapewright");
  await drawGraph(saved, { dot: true, graph: "differentiated" }, terminal);
  expect(text()).toMatch(/digraph/);
  if (!testedBackends.includes("tensorflow")) return;
  await profile(saved, {}, terminal);
  expect(text()).toMatch(/^FOLDER\/prices\.shapewright: one step, \d+ kernels/);
});

test("what is neither a source nor a model is told as such, and a model has no exports", async () => {
  const terminal = recordingTerminal();
  await expect(summary(weights, {}, terminal)).rejects.toThrow(
    `loadModel: ${weights} holds no model; saveModel writes them; of weights alone, open the program and use loadWeights`,
  );
  const noSource = "is no source file (.ts, .js): name the one that exports the program";
  await expect(summary(`${saved}#program`, {}, terminal)).rejects.toThrow(`${saved} ${noSource}`);
  await expect(build(saved, { out: join(folder, "out") } as never, terminal)).rejects.toThrow(`${saved} ${noSource}`);
});
