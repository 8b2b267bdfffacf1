import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adam, array, compile, dense, dropout, input, meanSquaredError, model, relu } from "../../compiler/language.js";
import { dataset } from "../../runtime/datasets/index.js";
import { type Callback, open } from "../../runtime/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

const program = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    dense(dropout(dense(x, { units: 8, activation: relu }), 0.3), { units: 1 }),
  ),
  { optimizer: adam(), loss: meanSquaredError() },
);
const draw = random(5, "datasets");
const numbers = (count: number) => Float32Array.from({ length: count }, () => draw.normal());
const x = array(numbers(60), [20, 3]);
const y = array(numbers(20), [20, 1]);
const samples = dataset({ inputs: { x }, target: y });
const silent = { verbose: "silent" } as const;

type Opened = Awaited<ReturnType<typeof opened>>;
const opened = (backend: (typeof testedBackends)[number] | "reference") => open(program, { backend });
const weights = (session: Opened) => session.weightNames.map((name) => session.getWeight(name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(["reference", ...testedBackends] as const)("on %s", (backend) => {
  test("batches of rows train as the arrays do, and are evaluated and predicted alike", async () => {
    using whole = await opened(backend);
    using batched = await opened(backend);
    const fitted = await whole.fit({ x }, y, { batchSize: 8, epochs: 2, shuffle: false, ...silent });
    const streamed = await batched.fitBatches(samples.batch(8).prefetch(2), { epochs: 2, ...silent });
    expect(weights(batched)).toEqual(weights(whole));
    expect(streamed.history.loss).toEqual(fitted.history.loss);
    expect(await batched.evaluateBatches(samples.batch(8))).toEqual(await whole.evaluate({ x }, y, { batchSize: 8 }));
    for await (const part of batched.predictBatches(dataset({ x }).batch(20))) {
      expect(part).toEqual(await whole.predict({ x }, { batchSize: 20 }));
    }
  });
});

/** Trains for four epochs, or until a callback throws. */
async function train(
  source: ReturnType<typeof shuffledBy>,
  callbacks: readonly Callback[],
  settings: { stepsPerEpoch?: number } = {},
) {
  using session = await opened("reference");
  const backup = join(folder, "backup.safetensors");
  await session.fitBatches(source, { epochs: 4, backup, callbacks, ...settings, ...silent });
  return weights(session);
}

const shuffledBy = (seed: number, bufferSize = 20) => samples.shuffle(bufferSize, { seed }).batch(8);
const killed: Callback = {
  onEpochEnd({ epoch }) {
    if (epoch === 3) throw new Error("killed");
  },
};

test.each([{}, { stepsPerEpoch: 4 }])(
  "a run that is killed goes on in the order that it would have had: %j",
  async (settings) => {
    const straight = await train(shuffledBy(2), [], settings);
    await expect(train(shuffledBy(2), [killed], settings)).rejects.toThrow("killed");
    expect(existsSync(join(folder, "backup.safetensors"))).toBe(true);
    expect(await train(shuffledBy(2), [], settings)).toEqual(straight);
    expect(await train(shuffledBy(3), [], settings)).not.toEqual(straight);
  },
);

test("a run does not go on with a source that consists of something else", async () => {
  await expect(train(shuffledBy(2), [killed])).rejects.toThrow("killed");
  const kept = "source dataset(20).shuffle(20, 2).batch(8, false)";
  await expect(train(shuffledBy(4), [])).rejects.toThrow(
    `fitBatches: ${join(folder, "backup.safetensors")} is of a call with ${kept}, this one has source dataset(20).shuffle(20, 4).batch(8, false); call it as it was called, or remove the file to begin anew`,
  );
  rmSync(join(folder, "backup.safetensors"));
});

test("a source that can be gone through once is refused before it is trained on", async () => {
  using session = await opened("reference");
  function* once() {
    yield { inputs: { x: [1, 2, 3] }, target: [1] };
  }
  const before = weights(session);
  await expect(session.fitBatches(dataset(once()).batch(1), { epochs: 2, ...silent })).rejects.toThrow(
    "fitBatches: the source is enough for one epoch, not for 2; what can be gone through once needs a function that starts it afresh: () => batches()",
  );
  expect(weights(session)).toEqual(before);
});

test("what training leaves early is closed, and errors come through with the steps before them taken", async () => {
  using session = await opened("reference");
  const told = { closed: 0 };
  async function* elements() {
    try {
      for (let i = 0; ; i++) yield { inputs: { x: [i % 3, 1, 2] }, target: [i % 2] };
    } finally {
      told.closed++;
    }
  }
  await session.fitBatches(dataset(elements).batch(4), { epochs: 2, stepsPerEpoch: 3, ...silent });
  expect(told.closed).toBe(1);
  const failing = dataset(elements).map((element, { index }) => {
    if (index === 9) throw new Error("no such picture");
    return element;
  });
  const before = session.getWeight("optimizer/steps").data[0];
  await expect(session.fitBatches(failing.batch(4), silent)).rejects.toThrow("map: element 9: no such picture");
  expect(session.getWeight("optimizer/steps").data[0]).toBe(before! + 2);
  expect(told.closed).toBe(2);
});
