import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  accumulateGradients,
  array,
  averagedWeights,
  batchNormalization,
  compile,
  dense,
  exponentialDecay,
  input,
  l2,
  meanSquaredError,
  model,
  type Optimizer,
  optimizers,
  rates,
  relu,
  sgd,
} from "../../compiler/language.js";
import { earlyStopping, open, openTogether, type Session } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const net = model({ x: input(["batch", 3]) }, ({ x }) => {
  const h = batchNormalization(dense(x, { units: 4, activation: relu, kernelRegularizer: l2(0.1) }));
  return dense(h, { units: 2, name: "head" });
});
const x = array(
  Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * 1.7)),
  [8, 3],
);
const y = array(
  Float32Array.from({ length: 16 }, (_, i) => Math.cos(i * 2.3)),
  [8, 2],
);
const quiet = { batchSize: 4, epochs: 3, verbose: "silent" } as const;
const programOf = (optimizer: Optimizer) => compile(net, { optimizer, loss: meanSquaredError(), onWarning() {} });
const averaging = (inEvaluation = true) =>
  averagedWeights(sgd({ learningRate: 0.1, momentum: 0.9 }), { momentum: 0.8, inEvaluation });

/** A session that does not average, with the averages of another as its weights. */
async function withAveragesOf(session: Session<any, any, any>) {
  const plain = await open(programOf(sgd()), { backend: session.backend });
  for (const name of net.variables.keys()) {
    const average = `optimizer/${name}/average`;
    const taken = session.weightNames.includes(average) ? average : name;
    await plain.setWeight(name, session.getWeight(taken));
  }
  return plain;
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("beside others that share its weights, a session predicts with the averages that its own steps have made", async () => {
    const [averaged, plain] = await openTogether([programOf(averaging()), programOf(sgd())], { backend });
    using together = averaged;
    using other = plain;
    using alone = await open(programOf(averaging()), { backend });
    const expectSame = async () => expect(await together.predict({ x })).toEqual(await alone.predict({ x }));
    // Before its first step there are no averages: what another session did is what it predicts with.
    await other.fit({ x }, y, quiet);
    expect(await together.predict({ x })).toEqual(await other.predict({ x }));
    for (const name of net.variables.keys()) await alone.setWeight(name, other.getWeight(name));
    await together.fit({ x }, y, quiet);
    await alone.fit({ x }, y, quiet);
    await expectSame();
    const before = await together.predict({ x });
    const average = together.getWeight("optimizer/head/bias/average");
    await other.setWeight("head/bias", new Float32Array([5, 5]));
    expect(await together.predict({ x })).toEqual(before);
    expect(together.getWeight("optimizer/head/bias/average")).toEqual(average);
    // With its next step, what the other did comes in.
    await alone.setWeight("head/bias", new Float32Array([5, 5]));
    await together.fit({ x }, y, quiet);
    await alone.fit({ x }, y, quiet);
    await expectSame();
  });

  test("what is trained is judged, used and saved by averages, and trained on by weights", async () => {
    using session = await open(programOf(averaging()), { backend });
    using raw = await open(programOf(averaging(false)), { backend });
    expect(await session.evaluate({ x }, y)).toEqual(await raw.evaluate({ x }, y));
    const { history } = await session.fit({ x }, y, { ...quiet, validationData: [{ x }, y] });
    expect(history.loss).toEqual((await raw.fit({ x }, y, quiet)).history.loss);

    using plain = await withAveragesOf(session);
    const { loss } = await session.evaluate({ x }, y);
    const close = (found: ArrayLike<number>, wanted: ArrayLike<number>) => {
      for (let i = 0; i < wanted.length; i++) expect(found[i]).toBeCloseTo(wanted[i]!, 6);
    };
    expect(loss).toBeCloseTo((await plain.evaluate({ x }, y)).loss, 6);
    expect(history.val_loss!.at(-1)).toBeCloseTo(loss, 6);
    close((await session.predict({ x })).data, (await plain.predict({ x })).data);
    expect(Math.abs((await raw.evaluate({ x }, y)).loss - loss)).toBeGreaterThan(1e-3);

    const file = join(folder, `${backend}.safetensors`);
    await session.saveWeights(file);
    await plain.loadWeights(file);
    close((await session.predict({ x })).data, (await plain.predict({ x })).data);
    // Of what is loaded both are set: the averages, and what training goes on with.
    await raw.saveWeights(file);
    await session.loadWeights(file);
    close((await session.predict({ x })).data, (await raw.predict({ x })).data);
    expect(session.getWeight("head/kernel")).toEqual(raw.getWeight("head/kernel"));
  });
});

test.each([
  ["one rate", 0.1],
  ["a schedule", exponentialDecay(0.1, { decaySteps: 5, decayRate: 0.5 })],
] as const)(
  "averages of what several steps' gradients change: itself until its first change, by %s",
  async (_, learningRate) => {
    const optimizer = accumulateGradients(averagedWeights(sgd({ learningRate }), { momentum: 0.5 }), 2);
    const line = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
    const program = compile(line, { optimizer, loss: meanSquaredError() });
    using session = await open(program, { backend: "reference" });
    const before = await session.predict({ x });
    const [kernel, start] = ["dense/kernel", session.getWeight("dense/kernel")] as const;
    for (let step = 1; step <= 4; step++) {
      await session.trainStep({ inputs: { x }, target: y });
      if (step < 2) expect(await session.predict({ x })).toEqual(before);
    }
    // Changed twice, of which the first one is what the average began with.
    expect(session.getWeight(kernel)).not.toEqual(start);
    const averages = session.getWeight("optimizer/dense/kernel/average");
    expect(averages).not.toEqual(session.getWeight(kernel));
    using plain = await open(program, { backend: "reference" });
    await plain.setWeight(kernel, averages);
    await plain.setWeight("dense/bias", session.getWeight("optimizer/dense/bias/average"));
    expect(await session.predict({ x })).toEqual(await plain.predict({ x }));
  },
);

test("the best epoch's averages come back with its weights", async () => {
  using session = await open(programOf(averaging()), { backend: "reference" });
  const seen: number[] = [];
  const best = earlyStopping({ monitor: "val_loss", patience: 0, restoreBestWeights: true, minDelta: 9 });
  const watched = { onEpochEnd: ({ reports }: { reports: { val_loss?: number } }) => seen.push(reports.val_loss!) };
  await session.fit({ x }, y, { ...quiet, validationData: [{ x }, y], callbacks: [watched, best] });
  expect(seen).toHaveLength(2);
  expect((await session.evaluate({ x }, y)).loss).toBeCloseTo(seen[0]!, 6);
});

test("wrappers and parts say what stands for what: not for what is frozen", () => {
  const parts = optimizers({ head: accumulateGradients(averaging(), 2), default: averaging(false) });
  expect([...programOf(parts).evaluatedAs]).toEqual([
    ["head/kernel", "optimizer/head/kernel/average"],
    ["head/bias", "optimizer/head/bias/average"],
  ]);
  const frozen = rates(averaging(), { dense: 0, "*/bias": 0, batchNormalization: 0 });
  expect([...programOf(frozen).evaluatedAs.keys()]).toEqual(["head/kernel"]);
});

test("an optimizer written by hand has to keep what it says", () => {
  const mine: Optimizer = { ...sgd(), evaluatedAs: () => "best" };
  expect(() => programOf(mine)).toThrow(
    expect.objectContaining({
      code: "SW_VALUE",
      message:
        'compile: what stands for "dense/kernel" in evaluation is to be kept for it, of its shape, but "best" is not',
    }),
  );
});
