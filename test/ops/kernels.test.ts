import { describe, expect, test } from "vitest";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import { loadPortable } from "../../runtime/backends/portable.js";
import { referenceMachine } from "../../runtime/backends/reference.js";
import { tfjsMachine } from "../../runtime/backends/tfjs.js";
import type { OpName } from "../../src/ir/node.js";
import { isUpdate, makeNode, type OpDefinition, type RunContext, type Sample } from "../../src/ir/op.js";
import { registry } from "../../src/ops/registry.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import { evaluateDim } from "../../src/types/evaluate.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];

/** Sources are fed or kept by a session, not computed. */
const sources = ["input", "variable", "constant"];

/** Tolerance of float32 arithmetic done in another order. */
const tolerance = 2e-5;

test("every op that computes has samples", () => {
  const without = definitions.filter(({ name, samples }) => samples.length === 0 && !sources.includes(name));
  expect(without.map(({ name }) => name)).toEqual([]);
});

for (const backend of testedBackends) {
  describe(`${backend} kernels agree with the reference kernels`, () => {
    for (const definition of definitions) {
      if (isUpdate(definition)) continue;
      definition.samples.forEach((sample, i) => {
        test(`${definition.name}, sample ${i}`, async () => {
          const inputs = inputsFor(sample.inputs);
          const computation = computationFor(inputs, { y: makeNode(definition, inputs, sample.attributes) });
          const executable = await loadOn(backend, computation);
          try {
            const wanted = callReference(computation, sample.inputs).y!;
            expectClose(callWith(executable, sample.inputs).y!, wanted, tolerance, definition.name);
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
  affineConv2d: [
    {
      inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3]), ramp([3])],
      attributes: { strides: [1, 1], padding: "valid", activation: "sigmoid" },
    },
  ],
};

describe.each(["wasm", "cpu"] as const)("%s kernels agree by themselves, without the target's passes", (backend) => {
  for (const name of ["dot", "affine", "affineConv2d"] as const) {
    const definition = registry[name] as OpDefinition<OpName>;
    [...definition.samples, ...(portableSamples[name] ?? [])].forEach((sample, i) => {
      test(`${name}, sample ${i}`, async () => {
        await loadPortable(backend, computationFor([], {}));
        const inputs = inputsFor(sample.inputs);
        const computation = computationFor(inputs, { y: makeNode(definition, inputs, sample.attributes) });
        const executable = new Interpreter(tfjsMachine(backend), computation);
        const wanted = callReference(computation, sample.inputs).y!;
        expectClose(callWith(executable, sample.inputs).y!, wanted, tolerance, name);
      });
    });
  }
});

/** What a sample's node is run with. All its dims are literals. */
function contextOf(definition: OpDefinition<OpName>, sample: Sample<OpName>): RunContext<OpName> {
  const { shape, dtype } = definition.infer(sample.inputs, sample.attributes);
  const size = (dim: number | string) => evaluateDim(dim, new Map());
  return { attributes: sample.attributes, dtype, shape: shape.map(size), size };
}

describe.each(["wasm", "cpu"] as const)("%s updates agree with the reference updates", (backend) => {
  for (const definition of definitions) {
    if (!isUpdate(definition)) continue;
    definition.samples.forEach((sample, i) => {
      test(`${definition.name}, sample ${i}`, async () => {
        await loadPortable(backend, computationFor([], {}));
        const machine = tfjsMachine(backend);
        const context = contextOf(definition, sample);
        const wanted = referenceMachine.run(definition, sample.inputs, context);
        const inputs = sample.inputs.map((value) => machine.fromHost(value));
        const actual = machine.run(definition, inputs, context);
        expect(actual.length).toBe(definition.writes);
        for (const [j, value] of actual.entries()) {
          expectClose(machine.toHost(value, wanted[j]!.dtype), wanted[j]!, tolerance, definition.name);
        }
        for (const value of [...inputs, ...actual]) machine.dispose(value);
      });
    });
  }
});
