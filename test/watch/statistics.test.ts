import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  adam,
  array,
  batchNormalization,
  categoricalCrossentropy,
  compile,
  compileLoss,
  constantInitializer,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  mean,
  meanSquaredError,
  model,
  relu,
  sgd,
  sparseCategoricalCrossentropy,
  square,
} from "../../compiler/language.js";
import { inspected } from "../../runtime/fit/watch/inspected.js";
import { inspecting } from "../../runtime/fit/watch/inspecting.js";
import { pauseAfter } from "../../runtime/fit/watch/inspector.js";
import { RunLog } from "../../runtime/fit/watch/runLog.js";
import { open } from "../../runtime/index.js";
import { beginOfBin, histogramOf } from "../../runtime/watch/octaves.js";
import type { RunRecord, StepStatistics } from "../../runtime/watch/records.js";
import { testedBackends } from "../support/backends.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const statisticsIn = (log: string) =>
  readFileSync(log, "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as RunRecord)
    .filter((record): record is StepStatistics => record.kind === "statistics");
const quiet = { verbose: "silent", shuffle: false } as const;
const zeros = (count: number) => new Array<number>(count).fill(0);

/** A clock by which any pause is over whenever one looks at it again: every step is looked at. */
function hurryClock(): void {
  let now = 1;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now *= 30;
    return now;
  });
}

/** x · W₁, rectified, · W₂. With the numbers below, all by hand: h = [[2, 0, 0], [2.5, 0, 3.5]], the outputs are 2 and -1. */
const small = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => {
    const h = dense(x, { units: 3, useBias: false, activation: relu, name: "hidden" });
    return dense(h, { units: 1, useBias: false, name: "last" });
  }),
  { optimizer: sgd({ learningRate: 0.5 }), loss: meanSquaredError() },
);
const x = array(new Float32Array([1, 2, 3, -1]), [2, 2]);
const y = array(new Float32Array([1, 1]), [2, 1]);
const hidden = array(new Float32Array([1, -1, 0.5, 0.5, -1, -2]), [2, 3]);
const last = array(new Float32Array([1, 1, -1]), [3, 1]);

describe.each([...testedBackends, "reference"] as const)("on %s", (backend) => {
  test("norms, histograms, dead units and the worst samples of a step are those that one finds by hand", async () => {
    using session = await open(small, { backend });
    await session.setWeight("hidden/kernel", hidden);
    await session.setWeight("last/kernel", last);
    const log = join(folder, `${backend}.jsonl`);
    await session.fit({ x }, y, { ...quiet, watch: { log, page: false } });
    const [found, ...others] = statisticsIn(log);
    expect(others).toEqual([]);
    expect(found).toEqual({
      kind: "statistics",
      steps: 1,
      seconds: expect.any(Number),
      omitted: 0,
      weights: [
        {
          name: "hidden/kernel",
          shape: [2, 3],
          // √7.5; d = [1, -2] gives the gradient [[-5, 0, 6], [4, 0, -2]], of norm √81; the rate is 1/2.
          norm: 2.7386,
          gradientNorm: 9,
          updateNorm: 4.5,
          // -2, -1 twice; 1/2 twice, 1.
          histogram: { first: -32, counts: [1, 2, ...zeros(60), 2, 1] },
          // -5, -2; 0 twice; 4 and 6.
          gradientHistogram: { first: -33, counts: [1, 1, ...zeros(31), 2, ...zeros(32), 2] },
        },
        {
          name: "last/kernel",
          shape: [3, 1],
          // √3; the gradient [-3, 0, -7], of norm √58.
          norm: 1.7321,
          gradientNorm: 7.6158,
          updateNorm: 3.8079,
          histogram: { first: -31, counts: [1, ...zeros(61), 2] },
          gradientHistogram: { first: -33, counts: [1, 1, ...zeros(31), 1] },
        },
      ],
      relus: [{ name: "hidden", dead: 0.33333 }],
      samples: [
        {
          loss: 4,
          inputs: { x: { numbers: [3, -1], count: 2 } },
          outputs: { output: { target: { numbers: [1], count: 1 }, prediction: { numbers: [-1], count: 1 } } },
        },
        {
          loss: 1,
          inputs: { x: { numbers: [1, 2], count: 2 } },
          outputs: { output: { target: { numbers: [1], count: 1 }, prediction: { numbers: [2], count: 1 } } },
        },
      ],
    });
    expect(session.getWeight("last/kernel").data).toEqual(new Float32Array([2.5, 1, 2.5]));
  });

  test("training that is looked at in each step ends with the weights, bit for bit, of one that is not", async () => {
    const normalized = compile(
      model({ image: input(["batch", 6, 6, 1]) }, ({ image }) => {
        const h = batchNormalization(conv2d(image, { filters: 4, kernelSize: 3, activation: relu }));
        return dense(dropout(flatten(h), 0.5), { units: 3 });
      }),
      { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) },
    );
    const image = array(
      Float32Array.from({ length: 10 * 36 }, (_, i) => Math.sin(i * i)),
      [10, 6, 6, 1],
    );
    const labels = Int32Array.from({ length: 10 }, (_, i) => i % 3);
    hurryClock();
    const trained = async (log?: string) => {
      using session = await open(normalized, { backend });
      const options = {
        verbose: "silent",
        epochs: 2,
        batchSize: 4,
        ...(log && { watch: { log, page: false } }),
      } as const;
      const { history } = await session.fit({ image }, labels, options);
      return { history, weights: session.weightNames.map((name) => [name, session.getWeight(name).data]) };
    };
    const log = join(folder, `${backend}-same.jsonl`);
    expect(await trained(log)).toEqual(await trained());
    const found = statisticsIn(log);
    expect(found.map(({ steps }) => steps)).toEqual([1, 2, 3, 4, 5, 6]);
    // Two samples are left for the last step of an epoch.
    expect(found.map(({ samples }) => samples.length)).toEqual([4, 4, 2, 4, 4, 2]);
  });
});

test("inputs that look like images are shown as such, labels as classes, logits as probabilities", async () => {
  const image = input(["batch", 2, 3, 1]);
  const classes = (loss: "sparse" | "dense") =>
    compile(
      model({ image }, ({ image }) =>
        dense(flatten(image), { units: 4, kernelInitializer: constantInitializer(0), name: "scores" }),
      ),
      {
        optimizer: sgd(),
        loss:
          loss === "sparse"
            ? sparseCategoricalCrossentropy({ fromLogits: true })
            : categoricalCrossentropy({ fromLogits: true }),
      },
    );
  const pixels = array(new Float32Array([0, 1, 0.5, 0.25, 0, 1]), [1, 2, 3, 1]);
  const shown = { image: { image: btoa("\x00\xff\x80\x40\x00\xff"), height: 2, width: 3, channels: 1 } };
  const sampleOf = async (program: ReturnType<typeof classes>, target: Int32Array | typeof pixels, name: string) => {
    using session = await open(program, { backend: "reference" });
    // e², and thrice 1: 0.71123 of their sum, and 0.096255.
    await session.setWeight("scores/bias", new Float32Array([0, 0, 2, 0]));
    const log = join(folder, `${name}.jsonl`);
    await session.fit({ image: pixels }, target as never, { ...quiet, watch: { log, page: false } });
    return statisticsIn(log)[0]!.samples[0]!;
  };
  const prediction = {
    classes: [
      [2, 0.71123],
      [0, 0.096255],
      [1, 0.096255],
    ],
  };
  expect(await sampleOf(classes("sparse"), Int32Array.of(3), "sparse")).toEqual({
    loss: 2.3408,
    inputs: shown,
    outputs: { output: { target: { classes: [[3, null]] }, prediction } },
  });
  const oneHot = array(new Float32Array([0, 1, 0, 0]), [1, 4]) as never;
  expect(await sampleOf(classes("dense"), oneHot, "dense")).toMatchObject({
    loss: 2.3408,
    outputs: { output: { target: { classes: [[1, 1]] }, prediction } },
  });
});

test("targets that are a class for each place of a sequence are shown as numbers", async () => {
  const places = model({ x: input(["batch", 3, 2]) }, ({ x }) => dense(x, { units: 4 }));
  const program = compile(places, { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
  using session = await open(program, { backend: "reference" });
  const log = join(folder, "places.jsonl");
  const x = array(new Float32Array(6).fill(1), [1, 3, 2]);
  await session.fit({ x }, array(Int32Array.of(3, 0, 1), [1, 3]), { ...quiet, watch: { log, page: false } });
  expect(statisticsIn(log)[0]!.samples[0]!.outputs.output!.target).toEqual({ numbers: [3, 0, 1], count: 3 });
});

test("a model that computes its loss itself has samples without outputs; one loss for a whole batch, no samples", async () => {
  const own = (whole: boolean) =>
    compileLoss(
      model({ x: input(["batch", 2]) }, ({ x }) => {
        const squares = square(dense(x, { units: 1, useBias: false, name: "last" }));
        return whole ? mean(squares) : squares;
      }),
      { optimizer: sgd() },
    );
  const samplesOf = async (whole: boolean) => {
    using session = await open(own(whole), { backend: "reference" });
    await session.setWeight("last/kernel", array(new Float32Array([1, 1]), [2, 1]));
    const log = join(folder, `own-${whole}.jsonl`);
    await session.fit({ x }, undefined, { ...quiet, watch: { log, page: false } });
    return statisticsIn(log)[0]!.samples;
  };
  expect(await samplesOf(false)).toEqual([
    { loss: 9, inputs: { x: { numbers: [1, 2], count: 2 } }, outputs: {} },
    { loss: 4, inputs: { x: { numbers: [3, -1], count: 2 } }, outputs: {} },
  ]);
  expect(await samplesOf(true)).toEqual([]);
});

test("steps are not looked at where that is not wanted; what goes wrong then is told, and training goes on", async () => {
  using session = await open(small, { backend: "reference" });
  const log = join(folder, "without.jsonl");
  await session.fit({ x }, y, { ...quiet, watch: { log, page: false, statistics: false } });
  expect(statisticsIn(log)).toEqual([]);
  const records: RunRecord[] = [];
  const runLog = new RunLog((record) => records.push(record));
  runLog.begin(small, { op: "fit", backend: "reference", batchSize: 2, epochs: 1, before: 0 });
  const load = () => Promise.reject(new Error("no memory"));
  await inspecting(small, { executable: inspected({} as never), load }, runLog).begin();
  expect(records.at(-1)).toMatchObject({
    event: "failed",
    text: "Layers and samples are not looked at any more: no memory",
  });
});

test("steps are looked at once a second; rarer the longer a run goes on, or a look takes: a log's size has its bounds", () => {
  expect(pauseAfter(0, 5)).toBe(1000);
  expect(pauseAfter(30_000, 2000)).toBe(40_000);
  expect(pauseAfter(3_600_000, 5)).toBe(90_000);
  const looksIn = (seconds: number) => {
    let looks = 0;
    for (let age = 0; age < seconds * 1000; age += pauseAfter(age, 5)) looks++;
    return looks;
  };
  // 40, and 40 · ln(seconds / 40).
  expect([40, 3600, 86_400].map(looksIn)).toEqual([40, 223, 351]);
});

test("a histogram's bins are powers of 2 of either sign; what is smaller than the first is 0", () => {
  const edges = [2 ** -30, 2 ** -29, 1, 1.999, 2, -1, -0, 2 ** -31, 1e-40, 2 ** 15, 3e38, Number.NaN, -Infinity];
  expect(histogramOf(new Float32Array(edges))).toEqual({
    first: -31,
    // -1; 0, -0 and smaller; 2⁻³⁰, 2⁻²⁹; 1 twice, 2; and what is from 2¹⁵ on.
    counts: [1, ...zeros(30), 3, 1, 1, ...zeros(28), 2, 1, ...zeros(13), 2],
    notFinite: 2,
  });
  expect(histogramOf(new Float32Array())).toEqual({ first: 0, counts: [] });
  expect([-31, -1, 0, 1, 31, 32, 46].map(beginOfBin)).toEqual([-1, -(2 ** -30), 0, 2 ** -30, 1, 2, 2 ** 15]);
});
