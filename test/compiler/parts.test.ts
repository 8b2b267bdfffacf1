import { describe, expect, test } from "vitest";
import { updatesInPlace } from "../../compiler/analysis/in-place.js";
import { kindsOf } from "../../compiler/emit/diagram/kinds.js";
import { layersOf } from "../../compiler/emit/diagram/layers.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { Identifiers } from "../../compiler/emit/typescript/identifiers.js";
import { sectionsOf } from "../../compiler/emit/typescript/sections.js";
import { writeStep } from "../../compiler/emit/typescript/step.js";
import {
  accuracy,
  adam,
  compile,
  conv2d,
  dense,
  flatten,
  gradients,
  input,
  type Loss,
  maxPooling2d,
  meanSquaredError,
  model,
  relu,
  type Schedule,
  sequential,
  sgd,
  softmax,
  sparseCategoricalCrossentropy,
  square,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { eliminateCommonSubexpressions } from "../../compiler/passes/eliminateCommonSubexpressions.js";
import { feedsOf, type Program } from "../../compiler/program.js";
import { verify } from "../../compiler/verify.js";
import { program as convnet } from "../../examples/03-mnist-convnet.js";
import { type Graph, makeGraph } from "../../src/ir/graph.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { within } from "../../src/ir/place.js";
import { builder as b } from "../../src/ops/builder.js";
import { countingReads } from "../support/countingReads.js";

const loss = meanSquaredError() as Loss<any>;

/** The ops of each part, in the graph's order. Inputs, variables and constants are there for all of them. */
function partsOf(graph: Graph): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { op, part } of graph.nodes) {
    if (["input", "variable", "constant"].includes(op)) continue;
    found[part] = [...(found[part] ?? []), op];
  }
  return found;
}

/** The layers that nodes of an op are drawn in. */
function drawn(graph: Graph, op: string): (string | undefined)[] {
  const layers = layersOf(graph, kindsOf(graph));
  return graph.nodes.filter((node) => node.op === op).map((node) => layers.get(node));
}

/** A perceptron with one hidden layer on an input of any name. */
function perceptron(name: string, output: (logits: Tensor<["batch", 3]>) => Tensor<["batch", 3]>, fromLogits: boolean) {
  const net = model({ [name]: input(["batch", 4]) }, (inputs) =>
    output(dense(dense(inputs[name]!, { units: 5, activation: relu }), { units: 3 })),
  );
  return compile(net, {
    optimizer: sgd(),
    loss: sparseCategoricalCrossentropy({ fromLogits }),
    metrics: [accuracy()],
  });
}

describe("a training graph", () => {
  test("knows the part of every node, before the passes and after them", () => {
    const { sources, train } = perceptron("x", (logits) => logits, true);
    expect(partsOf(sources.train)).toEqual({
      forward: ["dot", "add", "relu", "dot", "add"],
      loss: ["sparseSoftmaxCrossEntropyWithLogits", "sum"],
      metric: ["argMax", "equal", "cast", "sum"],
      backward: [
        ...["sparseSoftmaxCrossEntropyGradient", "size", "divide", "broadcastTo", "reshape", "multiply", "sum"],
        ...["dot", "greater", "dot", "select", "sum", "dot"],
      ],
      update: Array(4).fill(["applyGradientDescent", "result"]).flat(),
    });
    expect(partsOf(train)).toEqual({
      forward: ["affine", "affine"],
      loss: ["sparseSoftmaxCrossEntropyWithLogits", "sum"],
      metric: ["argMax", "equal", "cast", "sum"],
      backward: [
        ...["sparseSoftmaxCrossEntropyGradient", "size", "divide", "multiply", "sum", "dot"],
        ...["dot", "reluGradient", "sum", "dot"],
      ],
      update: Array(4).fill(["applyGradientDescent", "result"]).flat(),
    });
    verify(sources.train);
    verify(train);
  });

  test("has gradients that the model itself takes in its forward part", () => {
    const net = model({ x: input(["batch", 3]) }, ({ x }) => {
      const y = dense(x, { units: 3 });
      return gradients(sum(square(y)), { x }).x;
    });
    const { predict } = compile(net, { optimizer: sgd(), loss });
    expect(Object.keys(partsOf(predict))).toEqual(["forward"]);
  });

  test.each(["target", "loss", "output", "accuracy"])("is the same with an input named %s", (name) => {
    const [plain, named] = ["x", name].map((each) => perceptron(each, softmax, false));
    expect(partsOf(named!.train)).toEqual(partsOf(plain!.train));
    for (const op of ["reluGradient", "dot", "sum", "softmax", "argMax"]) {
      expect(drawn(named!.train, op)).toEqual(drawn(plain!.train, op));
    }
    expect(drawn(named!.train, "dot")).toEqual(["dense_1", "dense_1", "dense"]);
    const sections = ({ train }: Program) =>
      Object.values(sectionsOf(train, updatesInPlace(train))).map((nodes: readonly Node[]) =>
        nodes.map(({ op }) => op),
      );
    expect(sections(named!)).toEqual(sections(plain!));
  });
});

test("a layer of the user's that is named loss is not drawn with the loss", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1, name: "loss" }));
  const { train } = compile(net, { optimizer: sgd(), loss });
  expect(drawn(train, "affine")).toEqual(["loss"]);
  // Of the loss, and of the gradient of the layer's bias.
  expect(drawn(train, "sum")).toEqual(["loss_1", "loss"]);
});

test("the gradient of an activation is drawn where the activation is, whatever stands behind it", () => {
  expect(drawn(convnet.train, "reluGradient")).toEqual(["conv2d_1", "conv2d"]);
  expect(drawn(convnet.train, "maxPoolGradient")).toEqual(["maxPooling2d_1", "maxPooling2d"]);
  // The same where the activation is a call of its own.
  const net = model({ image: input(["batch", 8, 8, 1]) }, ({ image }) =>
    sequential(maxPooling2d(relu(conv2d(image, { filters: 2, kernelSize: 3 }))), flatten(), dense({ units: 1 })),
  );
  const { train } = compile(net, { optimizer: sgd(), loss });
  expect(drawn(train, "reluGradient")).toEqual(["conv2d"]);
  expect(drawn(train, "maxPoolGradient")).toEqual(["maxPooling2d"]);
});

test("equal nodes become one in the earliest of their parts, and what reads them stays later", () => {
  const x = b.constant({ shape: [2], dtype: "float32", data: Float32Array.of(1, 2) });
  const y = nodeOf(input([2]));
  const twice = (part: "forward" | "loss") =>
    within({ part }, () => b.op("exp", [b.op("multiply", [b.op("add", [y, x]), y])]));
  // The loss is computed first, so its nodes are those that stay.
  const [early, late] = [twice("loss"), b.op("neg", [twice("forward")])];
  const merged = eliminateCommonSubexpressions.run(makeGraph("g", { early, late }, [], new Map()));
  expect(partsOf(verify(merged))).toEqual({ forward: ["add", "multiply", "exp", "neg"] });
  expect(merged.outputs.late!.inputs).toEqual([merged.outputs.early]);
});

/** Two ways from each value to the next, so many times. */
function diamonds(x: Node, depth: number): Node {
  let value = x;
  for (let i = 0; i < depth; i++) value = b.op("add", [b.op("sqrt", [value]), b.op("abs", [value])]);
  return value;
}

test("what is computed for an update in 60 diamonds one after another is sorted, drawn and written out", () => {
  const learningRate: Schedule = {
    name: "diamonds",
    initialLearningRate: 0,
    rate: (_, steps) => diamonds(steps, 60),
  };
  const optimizer = sgd({ learningRate });
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1, useBias: false }));
  const program = compile(net, { optimizer, loss });
  const { update } = sectionsOf(program.train, updatesInPlace(program.train));
  expect(update.filter(({ op }) => op === "sqrt")).toHaveLength(60);
  expect([...kindsOf(program.train)].filter(([{ op }, kind]) => op === "sqrt" && kind === "update")).toHaveLength(60);
  const text = emitTraining(program, { name: "program", source: "diamonds.ts" });
  expect(text.slice(text.indexOf("// Update")).match(/ = sqrt\(/g)).toHaveLength(60);
});

describe("the work of writing and drawing a training step", () => {
  function deep(layers: number): Program {
    const net = model({ x: input(["batch", 4]) }, ({ x }) => {
      let h: Tensor<["batch", number]> = x;
      for (let i = 0; i < layers; i++) h = dense(h, { units: 4, activation: relu });
      return dense(h, { units: 1 });
    });
    return compile(net, { optimizer: adam(), loss });
  }

  test.each(["writing", "drawing"])("grows with the number of layers, up to 500: %s", (what) => {
    const [small, large] = [125, 500].map((layers) => {
      const program = deep(layers);
      const { train } = program;
      const { copy, reads } = countingReads(train);
      if (what === "drawing") layersOf(copy, kindsOf(copy));
      else {
        const own = (node: Node) => copy.nodes.find((other) => copy.names.get(other) === train.names.get(node))!;
        const inputs = new Map([...feedsOf(program)].map(([name, node]) => [name, own(node)]));
        writeStep(copy, {
          inputs,
          state: "state",
          returns: "numbers",
          taken: [],
          functions: new Identifiers([]),
          pass: "training",
        });
      }
      return reads() / layers;
    });
    expect(small).toBeGreaterThan(10);
    expect(large! / small!).toBeLessThan(1.05);
  });
});
