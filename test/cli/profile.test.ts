import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelRuns, layerOf, sharesBy, traceOf } from "../../runtime/cli/profile/kernel-times.js";
import { testedBackends } from "../support/backends.js";

const at = (micros: number, thread: number, what: string, place: number, node: string, dead = "") =>
  `I0000 00:00:17957246.${String(micros).padStart(6, "0")}    ${thread} executor.cc:879] ${what}: ${place} step 5 {{node ${node}}} = ${node.split("/").at(-1)}[T=DT_FLOAT]()${dead} device: /device:CPU:0`;
const log = [
  "something else that is written",
  at(100, 7, "Process node", 1, "train/dense/MatMul"),
  at(110, 8, "Process node", 2, "train/Enter/end"),
  at(115, 8, "Synchronous kernel done", 2, "train/Enter/end"),
  at(400, 7, "Synchronous kernel done", 1, "train/dense/MatMul"),
  at(410, 7, "Process node", 3, "train/dense/Sum"),
  at(420, 8, "Async kernel done", 3, "train/dense/Sum"),
  at(430, 7, "Process node", 1, "train/dense/MatMul", " is dead"),
  at(440, 7, "Synchronous kernel done", 1, "train/dense/MatMul", " is dead: "),
  at(450, 7, "Process node", 4, "dense/kernel/VarHandleOp"),
].join("\n");

test("the executor's log gives each kernel its time, without what is dead or has not ended", () => {
  const runs = kernelRuns(log);
  expect(runs.map(({ node, kernel, thread, duration }) => [node, kernel, thread, Math.round(duration)])).toEqual([
    ["train/Enter/end", "end", 8, 5],
    ["train/dense/MatMul", "MatMul", 7, 300],
    ["train/dense/Sum", "Sum", 8, 10],
  ]);
  expect(sharesBy(runs, layerOf).map(({ name, runs, microseconds }) => [name, runs, Math.round(microseconds)])).toEqual(
    [
      ["dense", 2, 310],
      ["", 1, 5],
    ],
  );
  expect(traceOf(runs)).toEqual({
    displayTimeUnit: "ms",
    traceEvents: [
      { name: "end", cat: "kernel", ph: "X", pid: 1, tid: 8, ts: 10, dur: 5, args: { node: "train/Enter/end" } },
      { name: "MatMul", cat: "kernel", ph: "X", pid: 1, tid: 7, ts: 0, dur: 300, args: { node: "train/dense/MatMul" } },
      { name: "Sum", cat: "kernel", ph: "X", pid: 1, tid: 8, ts: 310, dur: 10, args: { node: "train/dense/Sum" } },
    ],
  });
});

const run = (...words: string[]) =>
  spawnSync(
    process.execPath,
    ["--import", "tsx", "--conditions=shapewright-source", "runtime/cli/main.ts", "profile", ...words],
    { encoding: "utf8" },
  );

test.runIf(testedBackends.includes("tensorflow"))(
  "a step of a program, by layer and by kernel, and as a trace",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    const trace = join(folder, "step.json");
    const { stdout, stderr, status } = run("examples/02-mnist.ts", "--dim", "batch=16", "--json", "--trace", trace);
    expect([status, stderr]).toEqual([0, ""]);
    const { layers, kernels, runs } = JSON.parse(stdout);
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["", "dense", "dense_1", "loss", "accuracy"]),
    );
    expect(kernels.map(({ name }: { name: string }) => name)).toContain("ResourceApplyRMSProp");
    expect(JSON.parse(readFileSync(trace, "utf8")).traceEvents).toHaveLength(runs);
    const refused = run("examples/13-saliency.ts#saliency");
    expect([refused.status, refused.stderr]).toEqual([
      1,
      "shapewright: examples/13-saliency.ts#saliency is a model; a step is a program's\n",
    ]);
    rmSync(folder, { recursive: true });
  },
  60_000,
);
