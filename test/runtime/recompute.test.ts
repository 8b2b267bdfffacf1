import { describe, expect, test } from "vitest";
import { peakMemory } from "../../compiler/analysis/memory.js";
import {
  adam,
  array,
  compile,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  type Loss,
  type Model,
  maxPooling2d,
  model,
  relu,
  sparseCategoricalCrossentropy,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { budgetFor } from "../../compiler/memory.js";
import type { Program } from "../../compiler/program.js";
import { open } from "../../runtime/open.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

const batch = 16;
const loss = sparseCategoricalCrossentropy({ fromLogits: true }) as Loss<any>;

const perceptron = model({ x: input(["batch", 24]) }, ({ x }) => {
  let h: Tensor<["batch", number]> = x;
  for (let i = 0; i < 12; i++) h = dropout(dense(h, { units: 24, activation: i % 2 ? relu : tanh }), 0.2);
  return dense(h, { units: 4 });
});

const convnet = model({ x: input(["batch", 12, 12, 2]) }, ({ x }) => {
  let h = conv2d(x, { filters: 8, kernelSize: 3, padding: "same", activation: relu });
  for (let i = 0; i < 3; i++) h = conv2d(h, { filters: 8, kernelSize: 3, padding: "same", activation: relu });
  const pooled = conv2d(maxPooling2d(h), { filters: 8, kernelSize: 3, activation: relu });
  return dense(dropout(flatten(pooled), 0.5), { units: 4 });
});

/**
 * The losses of nine steps. Each is an epoch of its own: of an epoch of several, the losses are summed in as many calls as the
 * time allows, which changes the last bits.
 */
async function losses(program: Program<any, any, any, any>, backend: (typeof testedBackends)[number]) {
  const { shape } = Object.values<Tensor<any>>(program.model.inputs)[0]!;
  const sizes = [batch, ...(shape.slice(1) as number[])];
  const generator = random(7);
  const data = Float32Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, () => generator.normal());
  const labels = Int32Array.from({ length: batch }, () => generator.integer(4));
  const session = await open(program, { backend });
  const { history } = (await session.fit(
    { x: array(data, sizes) } as never,
    labels as never,
    {
      epochs: 9,
      batchSize: batch,
      verbose: "silent",
    } as never,
  )) as unknown as { history: { loss: number[] } };
  session.dispose();
  return history.loss;
}

describe.each([
  ["a perceptron", perceptron, 0.55],
  ["a convnet", convnet, 0.75],
] as const)("%s", (_, net, share) => {
  const dims = { batch };
  const sizes = new Map(Object.entries(dims));
  const compiled = (memory?: { budget: number; dims: typeof dims }) =>
    compile(net as Model<any, any>, { optimizer: adam(), loss, ...(memory && { memory }) });
  const plain = compiled();
  const peak = peakMemory(plain.train, sizes).bytes;
  const tight = compiled({ budget: budgetFor(share * peak), dims });

  test("fits the budget by analysis", () => {
    expect(peakMemory(tight.train, sizes).bytes).toBeLessThanOrEqual(share * peak);
    expect(tight.evaluate.toString()).toBe(plain.evaluate.toString());
  });

  test.each(testedBackends)("has the same losses on %s, bit for bit", async (backend) => {
    expect(await losses(tight, backend)).toEqual(await losses(plain, backend));
  });
});
