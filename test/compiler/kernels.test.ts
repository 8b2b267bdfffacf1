import { expect, test } from "vitest";
import {
  accuracy,
  adam,
  add,
  compile,
  constant,
  dense,
  input,
  meanSquaredError,
  model,
  multiply,
  nonNeg,
  type Optimizer,
  relu,
  rmsprop,
  scan,
  sgd,
  sparseCategoricalCrossentropy,
  tanh,
} from "../../compiler/language.js";
import { kernelsOf } from "../../compiler/lower/kernelsOf.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";

const value = (...shape: (number | string)[]) => makeNode(inputOp, [], { shape, dtype: "float32" });
const [x, W, bias] = [value("batch", 4), value(4, 3), value(3)];
const affine = b.op("affine", [x, W, bias], { activation: "relu" });
const kernels = (...outputs: Node[]) =>
  kernelsOf(makeGraph("g", Object.fromEntries(outputs.map((node, i) => [`y${i}`, node])), [], new Map()));

test("a fused affine map is one kernel; its parts, unfused, are three", () => {
  expect(kernels(affine)).toEqual(["_FusedMatMul"]);
  expect(kernels(b.op("relu", [b.op("add", [b.op("dot", [x, W]), bias])]))).toEqual(["MatMul", "AddV2", "Relu"]);
});

test("a convolution with its bias and its relu is one kernel, unless something reads what is in between", () => {
  const [images, filter, biases] = [value("batch", 8, 8, 3), value(3, 3, 3, 5), value(5)];
  const window = { strides: [1, 1], padding: "valid" } as const;
  const fused = b.op("affineConvolution", [images, filter, biases], { ...window, activation: "relu" });
  const linear = b.op("affineConvolution", [images, filter, biases], window);
  expect(kernels(fused)).toEqual(["Conv2D+BiasAdd+Relu"]);
  expect(kernels(fused, linear)).toEqual(["Conv2D+BiasAdd", "Relu"]);
  expect(kernels(fused, b.op("convolution", [images, filter], window))).toEqual(["Conv2D", "BiasAdd", "Relu"]);
});

test("equal nodes are one kernel, two outputs of one node are one, and constants are none", () => {
  const labels = makeNode(inputOp, [], { shape: ["batch"], dtype: "int32" });
  const losses = b.op("sparseSoftmaxCrossEntropyWithLogits", [x, labels]);
  const slope = b.op("sparseSoftmaxCrossEntropyGradient", [x, labels]);
  expect(kernels(losses, slope, b.op("add", [b.op("exp", [x]), b.scalar(1)]), b.op("exp", [x]))).toEqual([
    "SparseSoftmaxCrossEntropyWithLogits",
    "Exp",
    "AddV2",
  ]);
});

test("the kernels of a loop are those of its rounds too", () => {
  const sums = scan(
    constant([0, 0, 0, 0]),
    input([3, 4]),
    (sum, row) => {
      const next = tanh(add(sum, row));
      return { carry: next, output: multiply(next, row) };
    },
    { axis: 0 },
  );
  const found = kernels(nodeOf(sums.outputs));
  const arithmetic = found.filter((name) => !/Enter|Merge|Switch|Exit|NextIteration|LoopCond|Reshape/.test(name));
  // The counter is compared and counted up.
  expect(arithmetic).toEqual(["Fill", "Less", "GatherV2", "AddV2", "Tanh", "Mul", "TensorScatterUpdate", "AddV2"]);
});

test("the MNIST network's training step", () => {
  const digits = model({ image: input(["batch", 784]) }, ({ image }) =>
    dense(dense(image, { units: 512, activation: relu }), { units: 10 }),
  );
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  const { train } = compile(digits, { optimizer: rmsprop(), loss, metrics: [accuracy()] });
  const found = kernelsOf(train);
  expect(found.filter((name) => /MatMul|BiasAdd|Relu/.test(name))).toEqual([
    "_FusedMatMul",
    "_FusedMatMul",
    "MatMul", // the second kernel's gradient
    "MatMul", // back to the hidden layer
    "ReluGrad",
    "BiasAddGrad", // the first bias's gradient
    "MatMul", // the first kernel's gradient
  ]);
  expect(found.filter((name) => name === "ResourceApplyRMSProp")).toHaveLength(4);
});

test("a step whose new values go through a constraint assigns them, where others are changed in place", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 2, kernelConstraint: nonNeg() }));
  const changes = (optimizer: Optimizer) =>
    kernelsOf(compile(net, { optimizer, loss: meanSquaredError() }).train).filter((op) => /Apply|Assign/.test(op));
  expect(changes(sgd()).toSorted()).toEqual(["AssignVariableOp", "ResourceApplyGradientDescent"]);
  // The kernel, its two moments, and the number of the step.
  expect(changes(adam()).toSorted()).toEqual([...Array(4).fill("AssignVariableOp"), "ResourceApplyAdam"]);
});
