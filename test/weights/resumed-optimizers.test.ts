import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  accumulateGradients,
  adam,
  array,
  averagedWeights,
  clipByGlobalNorm,
  compile,
  dense,
  dropout,
  embedding,
  flatten,
  input,
  meanSquaredError,
  model,
  type Optimizer,
  rates,
  relu,
  weightDecay,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { optimizerCases } from "../support/optimizerCases.js";

const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const composed = averagedWeights(clipByGlobalNorm(accumulateGradients(weightDecay(adam(), 0.1), 3), 1));
const cases: Readonly<Record<string, Optimizer>> = {
  ...optimizerCases,
  composed: rates(composed, { "*/bias": 0.5 }),
};

const net = model({ tokens: input(["batch", 2], "int32") }, ({ tokens }) => {
  const h = dropout(flatten(embedding(tokens, { inputDim: 5, outputDim: 3 })), 0.2);
  return dense(dense(h, { units: 4, activation: relu }), { units: 2, name: "head" });
});
const tokens = array(
  Int32Array.from({ length: 24 }, (_, i) => (i * 7 + (i >> 2)) % 5),
  [12, 2],
);
const target = array(
  Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * 1.7)),
  [12, 2],
);
const settings = { epochs: 2, batchSize: 4, verbose: "silent" } as const;

// Which kernels take the steps is nothing to a file: TensorFlow's where they are, and plain JavaScript.
describe.each([testedBackends[0]!, "reference" as const])("a run that is restored on %s", (backend) => {
  test.each(Object.entries(cases))("goes on bit for bit with %s", async (name, optimizer) => {
    const program = compile(net, { optimizer, loss: meanSquaredError(), onWarning() {} });
    const file = join(folder, `${backend} ${name}.safetensors`);
    using whole = await open(program, { backend });
    if (typeof optimizer.learningRate === "number") whole.learningRate = optimizer.learningRate / 2;
    await whole.fit({ tokens }, target, settings);
    await whole.saveCheckpoint(file);
    using resumed = await open(program, { backend, seed: 7 });
    await resumed.restoreCheckpoint(file);
    for (const session of [whole, resumed]) await session.fit({ tokens }, target, settings);
    for (const each of whole.weightNames) expect(resumed.getWeight(each), each).toEqual(whole.getWeight(each));
    expect(resumed.learningRate).toBe(whole.learningRate);
  });
});
