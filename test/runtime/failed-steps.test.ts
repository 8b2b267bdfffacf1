import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import {
  adam,
  add,
  broadcastTo,
  compile,
  constant,
  dense,
  embedding,
  flatten,
  gather,
  input,
  meanSquaredError,
  model,
  scan,
  variable,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { updateKernel } from "../../runtime/kernels/index.js";
import { array } from "../../src/ir/array.js";
import { applyAdamOp } from "../../src/ops/applyAdam.js";
import { testedBackends } from "../support/backends.js";

const ones = (samples: number, width: number) => array(new Float32Array(samples * width).fill(1), [samples, width]);
const indices = (...rows: number[]) => array(Int32Array.from(rows.flatMap((row) => [row, row, row])), [rows.length, 3]);

const inputs = { x: input(["batch", 400]), ids: input(["batch", 3], "int32") };
const training = { optimizer: adam(), loss: { left: meanSquaredError(), right: meanSquaredError() } };

/** Two parts that have nothing to do with each other, of which one looks up indices. */
const programs = {
  "rows that are looked up": compile(
    model(inputs, ({ x, ids }) => ({
      left: dense(x, { units: 400 }),
      right: flatten(embedding(ids, { inputDim: 5, outputDim: 2 })),
    })),
    training,
  ),
  "rows that a loop looks up": compile(
    model(inputs, ({ x, ids }) => {
      const table = variable("table", [5, 6], zeros());
      const start = broadcastTo(constant(0), ["batch", 6]);
      const { carry } = scan(ids, start, (sum, place) => {
        const next = add(sum, gather(table, place));
        return { carry: next, output: next };
      });
      return { left: dense(x, { units: 400 }), right: carry };
    }),
    training,
  ),
};

describe.each([...testedBackends, "reference" as const])("a step that fails on %s changes nothing", (backend) => {
  test.each(Object.entries(programs))("%s", async (name, program) => {
    const session = await open(program, { backend, seed: 1 });
    const weights = () => session.weightNames.map((name) => [name, [...session.getWeight(name).data]]);
    const fit = (rows: number[]) => {
      const targets = { left: ones(rows.length, 400), right: ones(rows.length, 6) };
      const data = { x: ones(rows.length, 400), ids: indices(...rows) };
      return session.fit(data, targets, { batchSize: 2, shuffle: false, verbose: "silent" });
    };
    const called = name === "rows that are looked up" ? "embedding" : "gather";
    const message = `${called}: the index 9 is no place of the axis; there are 0 to 4`;
    const refused = { code: "SW_DATA", message };
    const start = weights();
    // TensorFlow takes what is ready in an order of its own: once would prove little.
    for (let time = 0; time < 5; time++) await expect(fit([1, 9])).rejects.toMatchObject(refused);
    const step = session.trainStep({
      inputs: { x: ones(2, 400), ids: indices(1, 9) },
      target: { left: ones(2, 400), right: ones(2, 6) },
    });
    await expect(step).rejects.toMatchObject(refused);
    expect(weights()).toEqual(start);
    await fit([1, 2]);
    const trained = weights();
    expect(trained).not.toEqual(start);
    await expect(fit([9, 1])).rejects.toMatchObject(refused);
    expect(weights()).toEqual(trained);
    session.dispose();
  });
});

// From 100,000 elements on, TensorFlow updates in place what generated code hands to it.
describe.each([3, 100_000])("an update of %i elements in generated code", (count) => {
  test.each(testedBackends)("that fails on %s leaves the old values", async (backend) => {
    await open(programs["rows that are looked up"], { backend }).then((session) => session.dispose());
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const numbers = (factor: number) => Float32Array.from({ length: count }, (_, i) => factor * (i + 1));
    const names = ["w", "m", "v"] as const;
    const [w, m, v] = names.map((_, i) => tf.tensor(numbers(i + 1)));
    const state = { w: w!, m: m!, v: v! };
    const [rate, steps, gone] = [tf.scalar(0.1), tf.scalar(0, "int32"), tf.tensor(numbers(1))];
    gone.dispose();
    const update = updateKernel(applyAdamOp);
    const settings = { beta1: 0.5, beta2: 0.999, epsilon: 1e-7 };
    expect(() => update(state, names, steps, rate, gone, settings)).toThrow();
    for (const [i, name] of names.entries()) expect(state[name].dataSync()).toEqual(numbers(i + 1));
    const slope = tf.tensor(numbers(0));
    update(state, names, steps, rate, slope, settings);
    expect(state.m.dataSync()).toEqual(numbers(1));
    for (const tensor of [...Object.values(state), rate, steps, slope]) tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
