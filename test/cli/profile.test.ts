import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, sgd } from "../../compiler/language.js";
import { profile } from "../../runtime/cli/profile.js";
import { open, traceOf } from "../../runtime/index.js";
import { kernelRuns, layerOf } from "../../runtime/profile/kernelRuns.js";
import { profileOf } from "../../runtime/profile/profile.js";
import { testedBackends } from "../support/backends.js";
import { recordingTerminal } from "../support/recordingTerminal.js";
import { commandLine } from "../support/shapewright.js";

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
];

const program = compile(
  model({ x: input(["batch", 1000]) }, ({ x }) => dense(x, { units: 10, useBias: false })),
  { optimizer: sgd(), loss: meanSquaredError() },
);
const sizes = new Map([["batch", 4]]);

test("the executor's log gives each kernel its time, without what is dead or has not ended", () => {
  const measured = profileOf({ executor: log, allocator: [] }, program.train, sizes);
  const { runs, layers } = measured;
  expect(
    runs.map(({ node, kernel, layer, thread, duration }) => [node, kernel, layer, thread, Math.round(duration)]),
  ).toEqual([
    ["train/Enter/end", "end", "", 8, 5],
    ["train/dense/MatMul", "MatMul", "dense", 7, 300],
    ["train/dense/Sum", "Sum", "dense", 8, 10],
  ]);
  expect(layers.map(({ name, runs, microseconds }) => [name, runs, Math.round(microseconds)])).toEqual([
    ["dense", 2, 310],
    ["", 1, 5],
  ]);
  const args = (node: string, layer: string) => ({ node, layer });
  expect(traceOf(measured)).toEqual({
    displayTimeUnit: "ms",
    traceEvents: [
      { name: "end", cat: "kernel", ph: "X", pid: 1, tid: 8, ts: 10, dur: 5, args: args("train/Enter/end", "") },
      {
        name: "MatMul",
        cat: "kernel",
        ph: "X",
        pid: 1,
        tid: 7,
        ts: 0,
        dur: 300,
        args: args("train/dense/MatMul", "dense"),
      },
      { name: "Sum", cat: "kernel", ph: "X", pid: 1, tid: 8, ts: 310, dur: 10, args: args("train/dense/Sum", "dense") },
    ],
  });
});

test("what functions and loops are made of is told of their layer, the innermost", () => {
  const layers = new Set(["block", "block/dense", "lstm", ""]);
  const cases: [string, string][] = [
    ["train/block/dense/in.gelu/Erf", "block/dense"],
    ["train/block/Add", "block"],
    ["train/in.norm/Sum", ""],
    ["train/lstm/loop_1/Enter/MatMul", "lstm"],
    ["train/lstm", ""],
    ["dense/lstm/VarHandleOp", ""],
  ];
  for (const [node, layer] of cases) expect(layerOf(node, layers), node).toBe(layer);
});

test("the allocator's log gives each layer its bytes, and those that are there when there are the most", () => {
  const asks = (node: string, bytes: number, id: number) =>
    `I0000 00:00:1795732919.871027   21946 log_memory.cc:34] __LOG_MEMORY__ MemoryLogTensorAllocation { goo.gle/debugonly  step_id: 7 kernel_name: "${node}" tensor { dtype: DT_FLOAT shape { dim { size: 16 } } allocation_description { requested_bytes: ${bytes} allocated_bytes: 4096 allocator_name: "bfc_cpu_allocator_for_gpu" allocation_id: ${id} has_single_reference: true ptr: 306648704 } } }`;
  const frees = (id: number) =>
    `I0000 00:00:1795732919.871105   21946 log_memory.cc:34] __LOG_MEMORY__ MemoryLogTensorDeallocation { goo.gle/debugonly  allocation_id: ${id} allocator_name: "bfc_cpu_allocator_for_gpu" }`;
  const allocator = [
    ...[asks("train/dense/MatMul", 100, 1), asks("train/Enter/end", 7, 2), frees(1), frees(99)],
    ...[asks("train/dense/Sum", 300, 3), asks("train/dense/Sum", 20, 4), frees(3), asks("train/dense/MatMul", 50, 5)],
  ];
  const { layers, kernels, peak } = profileOf({ executor: log, allocator }, program.train, sizes);
  expect(layers.map(({ name, bytes, bytesAtPeak }) => [name, bytes, bytesAtPeak])).toEqual([
    ["dense", 470, 320],
    ["", 7, 7],
  ]);
  expect(kernels.map(({ name, bytes, bytesAtPeak }) => [name, bytes, bytesAtPeak])).toEqual([
    ["MatMul", 150, 0],
    ["Sum", 320, 320],
    ["end", 7, 7],
  ]);
  expect(peak).toMatchObject({ bytes: 327, from: "allocator" });
});

test("where the allocator's log does not tell, bytes are the plan's", () => {
  const { layers, peak } = profileOf({ executor: log, allocator: [] }, program.train, sizes);
  // The output, 4 × 10 numbers, and the gradient of the kernel, 1000 × 10.
  expect(layers[0]).toEqual({ name: "dense", runs: 2, microseconds: expect.any(Number), bytes: 4 * (40 + 10_000) });
  expect(peak.from).toBe("plan");
  expect(peak.bytes).toBe(peak.planned);
});

test("a step of more kernels than a call takes arguments", () => {
  const many = Array.from({ length: 130_000 }, (_, i) => [
    at(10 + 2 * i, 7, "Process node", 1, "train/dense/Add"),
    at(11 + 2 * i, 7, "Synchronous kernel done", 1, "train/dense/Add"),
  ]).flat();
  expect(kernelRuns(many, new Set(["dense"]))).toHaveLength(130_000);
});

test("what cannot be measured is said before anything is", async () => {
  using session = await open(program, { backend: "reference" });
  const profiled = (options: object) => session.profile(options);
  await expect(profiled({})).rejects.toThrow(
    "profile: what is measured is native TensorFlow, and this session runs on reference",
  );
  await expect(profiled({ dims: { bach: 1 } })).rejects.toThrow('profile: no dim is named "bach"; there are "batch"');
  await expect(profiled({ dims: { batch: 0 } })).rejects.toThrow(
    "profile: dims.batch is 0, but must be a positive integer",
  );
  await expect(profiled({ dim: {} })).rejects.toThrow('profile: no option is named "dim"; did you mean "dims"?');
  const trace = (path: string) => profile("nowhere.ts", { trace: path }, recordingTerminal());
  await expect(trace("nowhere/step.json")).rejects.toThrow("there is no folder nowhere to write step.json to");
  await expect(trace("package.json/step.json")).rejects.toThrow(
    "package.json/step.json cannot be written: ENOTDIR: not a directory",
  );
  const noProgram = profile("examples/13-saliency.ts#saliency", {}, recordingTerminal());
  await expect(noProgram).rejects.toThrow("examples/13-saliency.ts#saliency is a model; a step is a program's");
});

const run = (...words: string[]) =>
  spawnSync(process.execPath, [commandLine, "profile", ...words], { encoding: "utf8" });

test.runIf(testedBackends.includes("tensorflow"))(
  "a step of a program, by layer and by kernel, and as a trace",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    const trace = join(folder, "step.json");
    const { stdout, stderr, status } = run("examples/02-mnist.ts", "--dim", "batch=16", "--json", "--trace", trace);
    expect([status, stderr]).toEqual([0, ""]);
    const { layers, kernels, runs, peak } = JSON.parse(stdout);
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["", "dense", "dense_1", "loss", "accuracy"]),
    );
    // The gradient of the first layer's weights alone has 784 × 512 numbers.
    const dense = layers.find(({ name }: { name: string }) => name === "dense");
    expect(dense.bytesAtPeak).toBeGreaterThanOrEqual(4 * 784 * 512);
    expect(peak).toMatchObject({ from: "allocator" });
    expect(peak.bytes / peak.planned).toBeGreaterThan(0.9);
    expect(peak.bytes / peak.planned).toBeLessThan(1.1);
    expect(kernels.map(({ name }: { name: string }) => name)).toContain("ResourceApplyRMSProp");
    expect(JSON.parse(readFileSync(trace, "utf8")).traceEvents).toHaveLength(runs);
    rmSync(folder, { recursive: true });
  },
  60_000,
);

test.runIf(testedBackends.includes("tensorflow"))(
  "a session's step, with the variables as they are, which stay so; it ends with the session",
  async () => {
    using session = await open(program, { backend: "tensorflow" });
    const before = session.getWeight("dense/kernel");
    const { layers, kernels } = await session.profile({ dims: { batch: 3 } });
    expect(session.getWeight("dense/kernel")).toEqual(before);
    const dense = layers.find(({ name }) => name === "dense")!;
    expect(dense.bytes).toBeGreaterThanOrEqual(4 * (3 * 10 + 1000 * 10));
    expect(kernels.map(({ name }) => name)).toContain("ResourceApplyGradientDescent");
    const ended = session.profile();
    session.dispose();
    await expect(ended).rejects.toMatchObject({ code: "SW_SESSION" });
  },
  60_000,
);
