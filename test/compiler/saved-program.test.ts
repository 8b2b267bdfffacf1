import { describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  auc,
  averagedWeights,
  batchNormalization,
  binaryCrossentropy,
  clipByGlobalNorm,
  compile,
  compileLoss,
  cosineDecay,
  customGradient,
  dense,
  dropout,
  embedding,
  exp,
  globalAveragePooling1d,
  gradients,
  input,
  l2,
  layerConfigs,
  lstm,
  mean,
  meanSquaredError,
  model,
  nonNeg,
  type Optimizer,
  oneCycle,
  sgd,
  sigmoid,
  softmax,
  sparseCategoricalCrossentropy,
  square,
  sum,
  tanh,
} from "../../compiler/language.js";
import { feedsOf, type Program, reportingProgram } from "../../compiler/program.js";
import { readNodes } from "../../compiler/saved-program/readNodes.js";
import { readProgram } from "../../compiler/saved-program/readProgram.js";
import type { SavedProgram } from "../../compiler/saved-program/saved-program.js";
import { writeNodes } from "../../compiler/saved-program/writeNodes.js";
import { writeProgram } from "../../compiler/saved-program/writeProgram.js";
import { verify } from "../../compiler/verify.js";
import { learningRateOf } from "../../runtime/fit/learning-rate.js";
import type { NdArray } from "../../src/ir/array.js";
import { attributesKey } from "../../src/ir/attributes.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node, type Scope } from "../../src/ir/node.js";
import { printSignature } from "../../src/ir/print.js";
import { definitionOf, registry } from "../../src/ops/registry.js";
import { inputsFor } from "../support/computation.js";
import { optimizerCases } from "../support/optimizerCases.js";
import { convnetProgram, recomputingProgram } from "../support/programs.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

/** A program after it has been text, with its large constants beside it. */
function again(program: Program): Program {
  const kept = new Map<string, NdArray>();
  const large = (array: NdArray) => {
    const name = `constant${kept.size}`;
    kept.set(name, array);
    return name;
  };
  const text = JSON.stringify(writeProgram(program, large));
  return readProgram(JSON.parse(text) as SavedProgram, (name) => kept.get(name)!);
}

const trainedBy = (optimizer: Optimizer) =>
  compile(
    model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 3, activation: tanh }), { units: 2 })),
    { optimizer, loss: meanSquaredError() },
  );

const programs: Readonly<Record<string, () => Program>> = {
  "a convnet with dropout": convnetProgram,
  "a memory budget": recomputingProgram,
  "outputs by names, with weights, classes' weights and several metrics": () =>
    compile(
      model({ words: input(["batch", 7], "int32"), x: input(["batch", 4]) }, ({ words, x }) => {
        const h = dense(globalAveragePooling1d(embedding(words, { inputDim: 20, outputDim: 6 })), {
          units: 5,
          kernelRegularizer: l2(0.01),
          kernelConstraint: nonNeg(),
        });
        return {
          kind: dense(h, { units: 3, activation: softmax }),
          good: dense(batchNormalization(x), { units: 1, activation: sigmoid }),
        };
      }),
      {
        optimizer: adam(),
        loss: { kind: sparseCategoricalCrossentropy(), good: binaryCrossentropy() },
        lossWeights: { good: 0.3 },
        classWeight: { kind: { 0: 1, 1: 5, 2: 2 } },
        metrics: { kind: [accuracy()], good: [auc()] },
        sampleWeight: "samples",
        onWarning() {},
      },
    ),
  "a loop, and a gradient by a rule": () =>
    compile(
      model({ x: input(["batch", 5, 2]) }, ({ x }) => {
        const h = dropout(lstm(x, { units: 3 }), 0.2);
        const own = customGradient(
          h,
          (h) => exp(h),
          ({ dy }) => dy,
        );
        return dense(own, { units: 1 });
      }),
      { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} },
    ),
  "averages, clipping, a schedule": () =>
    trainedBy(averagedWeights(clipByGlobalNorm(adam({ learningRate: cosineDecay(0.1, { decaySteps: 10 }) }), 1))),
  "a loss that the model computes, of a part that is trained": () =>
    compileLoss(
      model({ x: input(["batch", 4]) }, ({ x }) => {
        const h = dense(x, { units: 3, activation: tanh, name: "own" });
        const slope = gradients(sum(h), { x });
        return { loss: mean(square(dense(h, { units: 1, name: "other" }))), slope: mean(square(slope.x)) };
      }),
      { optimizer: adam(), trainable: ["own/*"] },
    ),
  "one cycle": () => trainedBy(sgd({ learningRate: oneCycle(0.1, { totalSteps: 10 }), momentum: 0.9 })),
};

/** Numbers of arrays as they are, and functions by nothing. */
const exactly = (value: object) =>
  ArrayBuffer.isView(value) ? `${value.constructor.name} ${Array.from(value as never)}` : "";

/** A graph as text, with all that this rounds; of what variables are, what is asked when they are compiled is left out. */
const exactText = (graph: Graph) =>
  `${graph}${graph.nodes.map((node) => (isOp(node, "variable") ? "" : attributesKey(node.attributes, exactly))).join("\n")}`;

/** What of a program has to be the same. */
function described(program: Program) {
  const { train, evaluate, predict, reported, variables, evaluatedAs, model: made, judged, optimizer } = program;
  const reporting = reportingProgram(program);
  return {
    graphs: [train, evaluate, predict, reported.results].map(exactText),
    reports: [reporting.train, reporting.evaluate].map(({ outputs }) => Object.keys(outputs)),
    variables: [...variables].map(([name, node]) => [name, printSignature(node), node.attributes.trainable]),
    own: [...made.variables.keys()],
    layers: layerConfigs(made),
    feeds: [...feedsOf(program)].map(([name, node]) => [name, printSignature(node)]),
    judged: judged.map(({ name, signature, weighting, loss }) => [name, signature, weighting, loss.name]),
    counts: [...reported.counts],
    evaluatedAs: [...evaluatedAs],
    rates: [0, 3, 9].map((steps) =>
      learningRateOf(optimizer, { read: (name) => (name === "optimizer/steps" ? steps : undefined), write() {} }),
    ),
  };
}

describe("a program that was text is compiled to the same", () => {
  test.each(Object.keys(programs))("%s", (name) => {
    const program = programs[name]!();
    const loaded = again(program);
    expect(described(loaded)).toEqual(described(program));
    for (const graph of [loaded.train, loaded.evaluate, loaded.predict]) verify(graph);
    // What was loaded can be written again.
    expect(described(again(loaded))).toEqual(described(program));
  });

  test.each(Object.keys(optimizerCases))("trained by %s", (name) => {
    const program = trainedBy(optimizerCases[name]!);
    expect(described(again(program))).toEqual(described(program));
  });
});

test("the attributes of every op are after a text what they were", () => {
  const scopes: Scope[] = [];
  for (const op of Object.keys(registry) as (keyof typeof registry)[]) {
    const definition = definitionOf(op);
    for (const sample of samplesOf(definition)) {
      const results = resultsOfSample(definition, inputsFor(sample.inputs), sample);
      const kept = new Map<string, NdArray>();
      const large = (array: NdArray) => {
        kept.set(String(kept.size), array);
        return String(kept.size - 1);
      };
      const { nodes, idOf } = writeNodes(results, { scope: () => -1, call: () => -1, large, start: () => undefined });
      const read = readNodes(JSON.parse(JSON.stringify(nodes)), {
        scopes,
        calls: [],
        large: (name) => kept.get(name)!,
      });
      const all = (node: Node): string =>
        `${printSignature(node)}${attributesKey(node.attributes, exactly)}(${node.inputs.map(all)})`;
      if (op === "customGradient") expect(read.map((node) => node.op)).not.toContain(op);
      else
        expect(
          results.map((node) => all(read[idOf(node)]!)),
          op,
        ).toEqual(results.map(all));
    }
  }
});

test("an op that there is not is refused", () => {
  const around = { scopes: [], calls: [], large: () => expect.unreachable() };
  expect(() => readNodes([["quantumDot", [], {}, "forward", -1, -1]], around)).toThrow("there is no op quantumDot");
});
