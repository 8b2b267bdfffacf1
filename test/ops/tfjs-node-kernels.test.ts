import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { referenceMachine } from "../../runtime/backends/reference.js";
import { holdNumbers, Runner } from "../../runtime/kernels/runner.js";
import { computeEagerly } from "../../runtime/kernels/tensorflow/computeEagerly.js";
import { updateEagerly } from "../../runtime/kernels/tensorflow/updateEagerly.js";
import type { NdArray } from "../../src/ir/array.js";
import type { OpName } from "../../src/ir/node.js";
import { hasResults, type OpDefinition } from "../../src/ir/op.js";
import { applyMomentumOp, applyMomentumSamples } from "../../src/ops/applyMomentum.js";
import { registry } from "../../src/ops/registry.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { contextOf, samplesOf } from "../support/samples.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];

const held = ({ data, shape, dtype }: NdArray) => holdNumbers(data, shape, dtype, "tensorflow");

function expectAll(actual: readonly tf.Tensor[], wanted: readonly NdArray[], what: string): void {
  expect(actual.length).toBe(wanted.length);
  for (const [i, tensor] of actual.entries()) {
    const { dtype } = wanted[i]!;
    expectClose({ shape: [...tensor.shape], dtype, data: tensor.dataSync() } as NdArray, wanted[i]!, 2e-5, what);
    tensor.dispose();
  }
}

// Generated code runs the tfjs rules on tfjs-node too, where a session runs the TensorFlow rules.
describe.runIf(testedBackends.includes("tensorflow"))("tfjs-node's kernels agree with the reference kernels", () => {
  beforeAll(async () => {
    await tf.setBackend("tensorflow");
  });

  for (const definition of definitions) {
    samplesOf(definition).forEach((sample, i) => {
      test(`${definition.name}, sample ${i}`, () => {
        const before = tf.memory().numTensors;
        const context = contextOf(definition, sample);
        const wanted = referenceMachine.run(definition, sample.inputs, context);
        const inputs = sample.inputs.map(held);
        const runner = new Runner("tensorflow");
        const results = runner.keep(() => {
          const results = definition.tfjs(runner, inputs as never, context);
          return hasResults(definition) ? (results as never) : [results as never];
        });
        expectAll(results, wanted, definition.name);
        for (const input of inputs) input.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }

  for (const definition of definitions) {
    const inPlace = hasResults(definition) ? definition.inPlace : undefined;
    if (!inPlace) continue;
    samplesOf(definition).forEach((sample, i) => {
      test(`${definition.name} by its TensorFlow rule, sample ${i}`, () => {
        const before = tf.memory().numTensors;
        const wanted = referenceMachine.run(definition, sample.inputs, contextOf(definition, sample));
        const inputs = sample.inputs.map(held);
        const copies = inputs.map((input) => tf.clone(input));
        const [variables, others] = [inputs.slice(0, wanted.length), inputs.slice(wanted.length)];
        const values: tf.Tensor[] = [];
        updateEagerly(inPlace, variables, others, sample.attributes, (i, value) => {
          values[i] = value;
        });
        expectAll(values, wanted, definition.name);
        // What else holds a variable's numbers keeps them.
        expectAll(copies, sample.inputs, "a copy");
        for (const input of others) input.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }

  test("what fails by its TensorFlow rule gives the old values back, and leaves nothing else", () => {
    const sample = applyMomentumSamples()[0]!;
    const before = tf.memory().numTensors;
    const inputs = sample.inputs.map(held);
    const wrong = tf.zeros([3, 5, 7]);
    // Variables, the learning rate and the like; the gradient is the last.
    const others = [...inputs.slice(2, -1), wrong];
    const values: tf.Tensor[] = [];
    const put = (i: number, value: tf.Tensor) => {
      values[i] = value;
    };
    const update = () => updateEagerly(applyMomentumOp.inPlace!, inputs.slice(0, 2), others, sample.attributes, put);
    expect(update).toThrow("TensorFlow failed: Invalid TF_Status: 3\nMessage: var and grad do not have the same shape");
    expectAll(values, sample.inputs.slice(0, 2), "a variable");
    for (const tensor of [...inputs.slice(2), wrong]) tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  for (const definition of definitions) {
    // What generated code computes by one kernel of TensorFlow's, where tfjs has kernels for its parts alone.
    if (hasResults(definition) || !definition.whole) continue;
    samplesOf(definition).forEach((sample, i) => {
      test(`${definition.name} by its TensorFlow rule, sample ${i}`, () => {
        const before = tf.memory().numTensors;
        const context = contextOf(definition, sample);
        const wanted = referenceMachine.run(definition, sample.inputs, context);
        const inputs = sample.inputs.map(held);
        expectAll([computeEagerly(definition, inputs, context)], wanted, definition.name);
        for (const input of inputs) input.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }
});
