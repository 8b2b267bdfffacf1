import { describe, expect, test } from "vitest";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import { loadPortable } from "../../runtime/backends/portable.js";
import { tfjsMachine } from "../../runtime/backends/tfjs.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { OpName } from "../../src/ir/node.js";
import type { OpDefinition, Sample } from "../../src/ir/op.js";
import { registry } from "../../src/ops/registry.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];

/** Sources are fed or kept by a session, not computed; results are taken from what an op gave, and loops run by what runs graphs. */
const sources = ["input", "variable", "constant", "result", "scan", "cond", "whileLoop"];

/** Tolerance of float32 arithmetic done in another order. */
const tolerance = 2e-5;

test("every op that computes has samples", () => {
  const without = definitions.filter(
    (definition) => samplesOf(definition).length === 0 && !sources.includes(definition.name),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

for (const backend of testedBackends) {
  describe(`${backend} kernels agree with the reference kernels`, () => {
    for (const definition of definitions) {
      samplesOf(definition).forEach((sample, i) => {
        test(`${definition.name}, sample ${i}`, async () => {
          const inputs = inputsFor(sample.inputs);
          const results = resultsOfSample(definition, inputs, sample);
          const computation = computationFor(inputs, Object.fromEntries(results.map((node, j) => [`y${j}`, node])));
          const executable = await loadOn(backend, computation);
          try {
            const wanted = callReference(computation, sample.inputs);
            const actual = callWith(executable, sample.inputs);
            for (const name of Object.keys(wanted)) {
              expectClose(actual[name]!, wanted[name]!, tolerance, definition.name);
            }
          } finally {
            executable.dispose();
          }
        });
      });
    }
  });
}

/** What only the portable target fuses. */
const portableSamples: Readonly<Record<string, readonly Sample<any>[]>> = {
  affine: [{ inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "sigmoid" } }],
  affineConvolution: [
    {
      inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3]), ramp([3])],
      attributes: { strides: [1, 1], padding: "valid", activation: "sigmoid" },
    },
  ],
};

describe.each(["wasm", "cpu"] as const)("%s kernels agree by themselves, without the target's passes", (backend) => {
  for (const name of ["dot", "affine", "affineConvolution"] as const) {
    const definition = registry[name] as OpDefinition<OpName>;
    [...samplesOf(definition), ...(portableSamples[name] ?? [])].forEach((sample, i) => {
      test(`${name}, sample ${i}`, async () => {
        await loadPortable(backend, [computationFor([], {})]);
        const inputs = inputsFor(sample.inputs);
        const computation = computationFor(inputs, { y: makeNode(definition, inputs, sample.attributes) });
        const executable = new Interpreter(tfjsMachine(backend), computation);
        const wanted = callReference(computation, sample.inputs).y!;
        expectClose(callWith(executable, sample.inputs).y!, wanted, tolerance, name);
      });
    });
  }
});
