import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { pullBack } from "../../compiler/autodiff/pullBack.js";
import type { NdArray } from "../../src/ir/array.js";
import type { Node, OpName } from "../../src/ir/node.js";
import type { OpDefinition, Sample, Signature } from "../../src/ir/op.js";
import { builder as b } from "../../src/ops/builder.js";
import { registry } from "../../src/ops/registry.js";
import { callReference, computationFor, inputsFor } from "../support/computation.js";
import { centralDifferences, evaluatorOf, expectSlopes, projected } from "../support/differences.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];
const differentiable = definitions.filter(({ gradient }) => !("notDifferentiable" in gradient));

/** A projection of every float32 result of a sample. */
function projectedResults(
  definition: OpDefinition<OpName>,
  inputs: readonly Node[],
  sample: Sample<OpName>,
  seed: number,
) {
  const floats = resultsOfSample(definition, inputs, sample).filter(({ dtype }) => dtype === "float32");
  return floats.map((node, i) => projected(node, seed + i)).reduce((sum, term) => b.op("add", [sum, term]));
}

/** Whether a sample's results, or one of them, can have gradients. */
function hasFloats(definition: OpDefinition<OpName>, { inputs, attributes }: Sample<OpName>): boolean {
  const results = [definition.infer(inputs, attributes)].flat() as readonly Signature[];
  return results.some(({ dtype }) => dtype === "float32");
}

/** Checks the gradient of what `build` makes, a scalar, against central differences. */
function check(build: (inputs: readonly Node[]) => Node, arrays: readonly NdArray[]): void {
  const inputs = inputsFor(arrays);
  const y = build(inputs);
  const places = arrays.flatMap(({ dtype }, i) => (dtype === "float32" ? [i] : []));
  const gradients = gradientNodes(
    y,
    places.map((i) => inputs[i]!),
  );
  const outputs = Object.fromEntries(gradients.map((node, i) => [`d${places[i]}`, node]));
  const results = callReference(computationFor(inputs, outputs), arrays);
  const value = evaluatorOf(y, inputs);
  for (const place of places) {
    const actual = results[`d${place}`]!;
    expect(actual.shape).toEqual([...arrays[place]!.shape]);
    expectSlopes(actual, centralDifferences(value, arrays, place), `input ${place}`);
  }
}

function smoothSamples(definition: OpDefinition<OpName>): [number, Sample<OpName>][] {
  return samplesOf(definition).flatMap((sample, i): [number, Sample<OpName>][] =>
    sample.notSmooth ? [] : [[i, sample]],
  );
}

describe("gradients agree with central differences on random projections", () => {
  for (const definition of differentiable) {
    for (const [i, sample] of smoothSamples(definition)) {
      if (!sample.inputs.some(({ dtype }) => dtype === "float32")) continue;
      if (!hasFloats(definition, sample)) continue;
      test.each([1, 2])(`${definition.name}, sample ${i}, projection %d`, (seed) => {
        check((inputs) => projectedResults(definition, inputs, sample, seed), sample.inputs);
      });
    }
  }
});

test("nothing flows to integers and booleans", () => {
  let found = 0;
  for (const definition of differentiable) {
    for (const sample of samplesOf(definition)) {
      if (sample.inputs.every(({ dtype }) => dtype === "float32") || !hasFloats(definition, sample)) continue;
      const inputs = inputsFor(sample.inputs);
      const others = inputs.filter(({ dtype }) => dtype !== "float32");
      const y = projectedResults(definition, inputs, sample, 1);
      expect(pullBack([y], [b.scalar(1)], others), definition.name).toEqual(others.map(() => undefined));
      found++;
    }
  }
  expect(found).toBeGreaterThan(5);
});

describe("gradients of gradients agree with central differences of the first ones", () => {
  for (const definition of differentiable) {
    for (const [i, sample] of smoothSamples(definition)) {
      const places = sample.inputs.flatMap(({ dtype }, place) => (dtype === "float32" ? [place] : []));
      if (places.length === 0 || !hasFloats(definition, sample)) continue;
      test(`${definition.name}, sample ${i}`, () => {
        check((inputs) => {
          // Bent, so that a linear op has second derivatives too.
          const y = projectedResults(definition, inputs, sample, 3);
          const bent = b.op("tanh", [b.op("multiply", [y, b.scalar(0.1)])]);
          const firsts = gradientNodes(
            bent,
            places.map((place) => inputs[place]!),
          );
          return firsts.map((first, j) => projected(first, j)).reduce((sum, term) => b.op("add", [sum, term]));
        }, sample.inputs);
      });
    }
  }
});

test("every op without a gradient says why", () => {
  for (const { gradient } of definitions) {
    if ("notDifferentiable" in gradient) expect(gradient.notDifferentiable.length).toBeGreaterThan(10);
  }
});
