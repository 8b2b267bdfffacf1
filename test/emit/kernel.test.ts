import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { kernel, updateKernel } from "../../runtime/kernels/index.js";
import type { NdArray } from "../../src/ir/array.js";
import { heldByTfjs } from "../../src/ir/dtype.js";
import type { OpName } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { applyMomentumOp } from "../../src/ops/applyMomentum.js";
import { applyRmsPropOp } from "../../src/ops/applyRmsProp.js";
import { registry } from "../../src/ops/registry.js";
import { expectClose } from "../support/close.js";
import { callReference, computationFor, inputsFor } from "../support/computation.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const tensorOf = ({ data, shape, dtype }: NdArray) => tf.tensor(data, [...shape], heldByTfjs(dtype));

describe("a function made from an op's definition gives what the op does", () => {
  for (const definition of Object.values(registry) as OpDefinition<OpName>[]) {
    samplesOf(definition).forEach((sample, i) => {
      test(`${definition.name}, sample ${i}`, () => {
        const inputs = inputsFor(sample.inputs);
        const nodes = resultsOfSample(definition, inputs, sample);
        const computation = computationFor(inputs, Object.fromEntries(nodes.map((node, j) => [`y${j}`, node])));
        const wanted = Object.values(callReference(computation, sample.inputs));
        const given = kernel(definition)(...sample.inputs.map(tensorOf), sample.attributes);
        const results: tf.Tensor[] = Array.isArray(given) ? given : [given];
        expect(results).toHaveLength(wanted.length);
        for (const [j, result] of results.entries()) {
          const { shape } = result;
          const { dtype } = wanted[j]!;
          expect(result.dtype).toBe(heldByTfjs(dtype));
          expectClose({ shape, dtype, data: result.dataSync() } as NdArray, wanted[j]!, 2e-5, definition.name);
        }
      });
    });
  }
});

test("one made from an optimizer's rule changes variables", () => {
  const state = { w: tf.tensor([1, 2]), v: tf.tensor([0.5, -1]) };
  const old = { ...state };
  const attributes = { momentum: 0.9, nesterov: true };
  updateKernel(applyMomentumOp)(state, ["w", "v"], 0.1, tf.tensor([3, -4]), attributes);
  // v := 0.9 · v - 0.1 · g; w := w + 0.9 · v - 0.1 · g
  for (const [i, value] of [0.15, -0.5].entries()) expect(state.v.dataSync()[i]).toBeCloseTo(value, 6);
  for (const [i, value] of [0.835, 1.95].entries()) expect(state.w.dataSync()[i]).toBeCloseTo(value, 6);
  expect([old.w.isDisposed, old.v.isDisposed]).toEqual([true, true]);
});

test("one that refuses a gradient of another shape leaves the variables as they are", () => {
  const state = { w: tf.tensor([1, 2]), v: tf.tensor([0.5, -1]) };
  const update = updateKernel(applyMomentumOp);
  expect(() => update(state, ["w", "v"], 0.1, tf.tensor([3]), { momentum: 0.9, nesterov: true })).toThrow(
    "applyMomentum: variable, slots and gradient differ in shape",
  );
  expect([state.w, state.v].map((tensor) => [...tensor.dataSync()])).toEqual([
    [1, 2],
    [0.5, -1],
  ]);
});

test("one made from an optimizer's rule changes each variable that a gradient has the name of, and needs nothing of what is never read", () => {
  const state = {
    w: tf.tensor([1, 2]),
    b: tf.tensor([0.5]),
    "optimizer/w/meanSquare": tf.tensor([0, 3]),
    "optimizer/b/meanSquare": tf.tensor([1]),
  };
  const before = tf.memory().numTensors;
  const gradients = { b: tf.tensor([2]), w: tf.tensor([3, -4]) };
  const settings = { rho: 0.9, momentum: 0, epsilon: 0 };
  updateKernel(applyRmsPropOp).each(state, gradients, ["meanSquare"], 0.1, settings);
  // s := 0.9 · s + 0.1 · g²; w := w - 0.1 · g / √s
  const wanted = {
    w: [1 - 0.3 / Math.sqrt(0.9), 2 + 0.4 / Math.sqrt(4.3)],
    b: [0.5 - 0.2 / Math.sqrt(1.3)],
    "optimizer/w/meanSquare": [0.9, 4.3],
    "optimizer/b/meanSquare": [1.3],
  };
  for (const [name, values] of Object.entries(wanted)) {
    const found = state[name as keyof typeof state].dataSync();
    for (const [i, value] of values.entries()) expect(found[i], name).toBeCloseTo(value, 6);
  }
  expect(tf.memory().numTensors).toBe(before + 2);
});
