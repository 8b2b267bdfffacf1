import { expect, test } from "vitest";
import { callOf } from "../../compiler/emit/typescript/call.js";
import { tensorType } from "../../compiler/emit/typescript/literals.js";
import type { KernelTypes } from "../../runtime/kernels/types/kernel-types.js";
import type { OpName } from "../../src/ir/node.js";
import { hasResults, type OpDefinition } from "../../src/ir/op.js";
import { registry } from "../../src/ops/registry.js";
import { checkGenerated } from "../support/checkGenerated.js";
import { inputsFor } from "../support/computation.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

/** The ops whose functions have types that are written by hand. One more, or one less, and this does not compile. */
const byHand: Readonly<Record<keyof KernelTypes, true>> = {
  affine: true,
  affineConvolution: true,
  argMax: true,
  averagePool: true,
  averagePoolGradient: true,
  barrier: true,
  batchNormalization: true,
  batchNormalizationGradient: true,
  batchNormalizationInTraining: true,
  broadcastTo: true,
  cast: true,
  concat: true,
  convolution: true,
  convolutionBackpropFilter: true,
  convolutionBackpropInput: true,
  dot: true,
  flip: true,
  foldIn: true,
  leakyRelu: true,
  logSoftmax: true,
  matmul: true,
  maxPool: true,
  maxPoolGather: true,
  maxPoolGradient: true,
  oneHot: true,
  pad: true,
  randomNormal: true,
  randomUniform: true,
  reshape: true,
  roll: true,
  select: true,
  sigmoidCrossEntropyWithLogits: true,
  slice: true,
  softmax: true,
  softmaxCrossEntropyGradient: true,
  softmaxCrossEntropyWithLogits: true,
  sparseSoftmaxCrossEntropyGradient: true,
  sparseSoftmaxCrossEntropyWithLogits: true,
  split: true,
  transpose: true,
};

const definitions = Object.values(registry) as OpDefinition<OpName>[];
const isTyped = (definition: OpDefinition<OpName>) => "family" in definition || Object.hasOwn(byHand, definition.name);

test("types are written by hand for ops of no family alone", () => {
  const all = Object.keys(byHand) as (keyof KernelTypes)[];
  expect(all.filter((op) => "family" in registry[op] || "inPlace" in registry[op])).toEqual([]);
});

test("the type of every function is what the op's shape rule gives", async () => {
  const lines = definitions.filter(isTyped).flatMap((definition) => {
    const make = "whole" in definition ? "wholeKernel" : "kernel";
    const samples = samplesOf(definition).map((sample, i) => {
      const inputs = inputsFor(sample.inputs);
      const results = resultsOfSample(definition, inputs, sample);
      const node = hasResults(definition) ? results[0]!.inputs[0]! : results[0]!;
      const names = new Map(node.inputs.map((input, j) => [input, `x${j}`]));
      const call = callOf(node, { value: (input) => names.get(input)!, number: String, size: String });
      const types = results.map(tensorType);
      const wanted = hasResults(definition) ? `[${types.join(", ")}]` : types[0];
      const operands = [...names].map(([input, name]) => `${name}: ${tensorType(input)}`);
      return `export const ${definition.name}${i} = (${operands.join(", ")}) => {
  const result = ${call.helper}(${call.arguments.join(", ")});
  const isExact: Same<typeof result, ${wanted}> = true;
  return isExact;
};`;
    });
    return [`const ${definition.name} = ${make}(definitions.${definition.name}Op);`, ...samples];
  });
  const text = `import * as definitions from "shapewright/kernels";
import { kernel, type Tensor, wholeKernel } from "shapewright/kernels";
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
${lines.join("\n")}
`;
  const found = await checkGenerated("typescript", new Map([["kernels.ts", text]]));
  expect(found.map(({ line, text: message }) => [text.split("\n").slice(line - 3, line), message])).toEqual([]);
}, 120_000);
