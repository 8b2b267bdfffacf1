import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  adagrad,
  adam,
  array,
  compile,
  dense,
  embedding,
  type Initializer,
  input,
  mean,
  model,
  type Optimizer,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

interface Fixture {
  readonly steps: number;
  readonly sizes: readonly [batch: number, time: number, rows: number, width: number, classes: number];
  readonly ids: number[];
  readonly labels: number[];
  readonly table: number[];
  readonly kernel: number[];
  readonly trained: Readonly<Record<string, { readonly table: number[]; readonly kernel: number[] }>>;
}

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/embedding/embedding.json", import.meta.url), "utf8"),
) as Fixture;
const [batch, time, rows, width, classes] = fixture.sizes;
const given = (values: number[]): Initializer => ({ name: "given", sample: () => new Float32Array(values) });

/** Keras's optimizers of the fixture. */
const optimizers: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => sgd({ learningRate: 0.5 }),
  momentum: () => sgd({ learningRate: 0.1, momentum: 0.9 }),
  nesterov: () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  adam: () => adam({ learningRate: 0.01 }),
  adagrad: () => adagrad({ learningRate: 0.1 }),
  rmsprop: () => rmsprop({ learningRate: 0.01 }),
};

function classifier() {
  return model({ x: input(["batch", time], "int32") }, ({ x }) => {
    const words = embedding(x, { inputDim: rows, outputDim: width, embeddingsInitializer: given(fixture.table) });
    return dense(mean(words, { axis: 1 }), { units: classes, kernelInitializer: given(fixture.kernel) });
  });
}

const x = array(new Int32Array(fixture.ids), [batch, time]);
const y = array(new Int32Array(fixture.labels), [batch]);

describe.each([...testedBackends, "reference" as const])("an embedding is trained as Keras's is, on %s", (backend) => {
  test.each(Object.entries(optimizers))("by %s", async (name, optimizer) => {
    const program = compile(classifier(), {
      optimizer: optimizer(),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    });
    const session = await open(program, { backend });
    await session.fit({ x }, y, { epochs: fixture.steps, batchSize: batch, shuffle: false, verbose: "silent" });
    const { table, kernel } = fixture.trained[name]!;
    for (const [weight, wanted] of [
      ["embedding/embeddings", table],
      ["dense/kernel", kernel],
    ] as const) {
      const { data } = session.getWeight(weight);
      const worst = Math.max(...wanted.map((w, i) => Math.abs(w - (data[i] as number))));
      expect(worst, weight).toBeLessThan(2e-5);
    }
    session.dispose();
  });

  test("an integer that has no row is refused, and no row changes", async () => {
    const options = {
      optimizer: sgd({ learningRate: 0.5 }),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    };
    const session = await open(compile(classifier(), options), { backend });
    const wrong = array(new Int32Array(fixture.ids.with(7, rows)), [batch, time]);
    await expect(session.fit({ x: wrong }, y, { batchSize: batch, verbose: "silent" })).rejects.toMatchObject({
      code: "SW_DATA",
      message: expect.stringContaining(`the index ${rows} is no place of the axis; there are 0 to ${rows - 1}`),
    });
    expect([...session.getWeight("embedding/embeddings").data]).toEqual(fixture.table.map(Math.fround));
    session.dispose();
  });
});
