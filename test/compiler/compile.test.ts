import { describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  compile,
  constant,
  dense,
  dot,
  dropout,
  gradients,
  input,
  mean,
  meanSquaredError,
  model,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
  square,
  sum,
  tanh,
  variable,
  zeros,
} from "../../compiler/language.js";
import { verify } from "../../compiler/verify.js";

const digits = model({ image: input(["batch", 784]) }, ({ image }) =>
  dense(dense(image, { units: 512, activation: relu }), { units: 10 }),
);
const loss = sparseCategoricalCrossentropy({ fromLogits: true });

test("the training graph of the MNIST network prints, fused", () => {
  const { train } = compile(digits, { optimizer: sgd(), loss, metrics: [accuracy()] });
  expect(train.toString()).toMatchInlineSnapshot(`
    "graph train {
      %image: float32[batch, 784] = input
      %dense/kernel: float32[784, 512] = variable, starts as glorotUniform  # dense
      %dense/bias: float32[512] = variable, starts as constant(0)  # dense
      %3: float32[batch, 512] = affine(%image, %dense/kernel, %dense/bias) activation="relu"  # dense
      %dense_1/kernel: float32[512, 10] = variable, starts as glorotUniform  # dense_1
      %dense_1/bias: float32[10] = variable, starts as constant(0)  # dense_1
      %6: float32[batch, 10] = affine(%3, %dense_1/kernel, %dense_1/bias)  # dense_1
      %target: int32[batch] = input
      %8: float32[batch] = sparseSoftmaxCrossEntropyWithLogits(%6, %target)  # loss
      %9: float32[] = sum(%8) axes=[0]  # loss
      %10: int32[batch] = argMax(%6) axis=1  # accuracy
      %11: bool[batch] = equal(%10, %target)  # accuracy
      %12: float32[batch] = cast(%11) dtype="float32"  # accuracy
      %13: float32[] = sum(%12) axes=[0]  # accuracy
      %optimizer/learningRate: float32[] = variable, starts as constant(0.01)
      %15: float32[batch, 10] = sparseSoftmaxCrossEntropyGradient(%6, %target)  # loss; backward
      %16: float32[] = size() dims=["batch"]  # loss; backward
      %17: float32[] = divide(1, %16)  # loss; backward
      %18: float32[batch, 10] = multiply(%15, %17)  # loss; gradient of %6
      %19: float32[10] = sum(%18) axes=[0]  # dense_1; gradient of %dense_1/bias
      %20: (float32[10]) = applyGradientDescent(%dense_1/bias, %optimizer/learningRate, %19)  # dense_1
      %21: float32[10] = result(%20) index=0  # dense_1
      %22: float32[512, 10] = dot(%3, %18) transposeA=true  # dense_1; gradient of %dense_1/kernel
      %23: (float32[512, 10]) = applyGradientDescent(%dense_1/kernel, %optimizer/learningRate, %22)  # dense_1
      %24: float32[512, 10] = result(%23) index=0  # dense_1
      %25: float32[batch, 512] = dot(%18, %dense_1/kernel) transposeB=true  # dense_1; gradient of %3
      %26: float32[batch, 512] = reluGradient(%25, %3)  # dense; backward
      %27: float32[512] = sum(%26) axes=[0]  # dense; gradient of %dense/bias
      %28: (float32[512]) = applyGradientDescent(%dense/bias, %optimizer/learningRate, %27)  # dense
      %29: float32[512] = result(%28) index=0  # dense
      %30: float32[784, 512] = dot(%image, %26) transposeA=true  # dense; gradient of %dense/kernel
      %31: (float32[784, 512]) = applyGradientDescent(%dense/kernel, %optimizer/learningRate, %30)  # dense
      %32: float32[784, 512] = result(%31) index=0  # dense
      %dense_1/bias := %21
      %dense_1/kernel := %24
      %dense/bias := %29
      %dense/kernel := %32
      return loss = %9
      return accuracy = %13
    }"
  `);
  verify(train);
});

test("prediction is two fused nodes", () => {
  const { predict } = compile(digits, { optimizer: sgd(), loss });
  expect(predict.nodes.map(({ op }) => op)).toEqual([
    "input",
    "variable",
    "variable",
    "affine",
    "variable",
    "variable",
    "affine",
  ]);
});

test("steps are counted where Adam or dropout depends on their number, and not elsewhere", () => {
  const dropped = model({ x: input(["batch", 4]) }, ({ x }) => dense(dropout(x, 0.5), { units: 2 }));
  const counts = (program: { variables: ReadonlyMap<string, unknown> }) => program.variables.has("optimizer/steps");
  expect(counts(compile(digits, { optimizer: rmsprop(), loss }))).toBe(false);
  expect(counts(compile(digits, { optimizer: adam(), loss }))).toBe(true);
  expect(counts(compile(dropped, { optimizer: sgd(), loss }))).toBe(true);
});

test("dropout is in the training graph alone", () => {
  const dropped = model({ x: input(["batch", 4]) }, ({ x }) => dense(dropout(x, 0.5), { units: 2 }));
  const { train, evaluate, predict } = compile(dropped, { optimizer: sgd(), loss });
  const draws = (graph: { nodes: readonly { op: string }[] }) => graph.nodes.some(({ op }) => op === "randomUniform");
  expect([train, evaluate, predict].map(draws)).toEqual([true, false, false]);
});

test("variables are named after layers, in the order of the computation; names given are kept", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) =>
    dense(dense(dense(x, { units: 3 }), { units: 3, name: "middle", useBias: false }), { units: 2 }),
  );
  expect([...net.variables.keys()]).toEqual([
    "dense/kernel",
    "dense/bias",
    "middle/kernel",
    "dense_1/kernel",
    "dense_1/bias",
  ]);
});

describe("mistakes in models", () => {
  const W = (name: string) => variable(name, [4, 2], zeros());
  const net = () => model({ x: input(["batch", 4]) }, ({ x }) => dot(x, W("W")));
  const trained = { optimizer: sgd(), loss: meanSquaredError() };
  const cases: [string, () => unknown, string][] = [
    [
      "two variables of one name",
      () => model({ x: input(["batch", 4]) }, ({ x }) => dot(dot(x, variable("W", [4, 4], zeros())), W("W"))),
      'model: two variables are named "W"; give each its own name',
    ],
    [
      "an input that is not listed",
      () => model({ x: input(["batch", 4]) }, () => dot(input(["batch", 4]), W("W"))),
      'model: the output depends on an input [batch, 4] that is not among the inputs: "x"',
    ],
    [
      "an input that is none",
      () => model({ x: constant([[1, 2, 3, 4]]) }, ({ x }) => dot(x, W("W"))),
      'model: "x" is not an input; make it with input([...])',
    ],
    [
      "a program where a model is wanted",
      () => compile(compile(net(), trained) as never, trained as never),
      "compile: takes what model() makes, but this is a program, which is compiled already: give it to open()",
    ],
    [
      "nothing where a model is wanted",
      () => compile(null as never, trained as never),
      "compile: takes what model() makes, but this is null",
    ],
    [
      "nothing where inputs are wanted",
      () => model(null as never, () => input(["batch", 4])),
      'model: inputs are given as a record, such as { x: input(["batch", 784]) }, got null',
    ],
    [
      "a number where an input is wanted",
      () => model({ x: 5 } as never, () => input(["batch", 4])),
      'model: "x" is not an input; make it with input([...])',
    ],
    [
      "an output that is none",
      () => model({ x: input(["batch", 4]) }, () => undefined as never),
      "model: build returns undefined, but must return a tensor, or a record of tensors by names",
    ],
    [
      "two names for the batch",
      () =>
        compile(
          // @ts-expect-error: TypeScript says so, too
          model({ x: input(["batch", 4]), y: input(["samples", 2]) }, ({ x }) => dot(x, W("W"))),
          { optimizer: sgd(), loss: meanSquaredError() },
        ),
      'compile: y has the shape [samples, 2]; its first axis counts samples and must be "batch", like the others',
    ],
    [
      "nothing to train",
      () =>
        compile(
          model({ x: input(["batch", 4]) }, ({ x }) => square(x)),
          { optimizer: sgd(), loss: meanSquaredError() },
        ),
      "compile: the model has no trainable variable",
    ],
    [
      "a rate out of range",
      () => dropout(input(["batch", 4]), 1.5 as number),
      "dropout: rate is 1.5, but must be a number in [0, 1)",
    ],
    ["a setting out of range", () => adam({ beta1: 1 as number }), "adam: beta1 is 1, but must be a number in [0, 1)"],
    [
      "a gradient of what is no scalar",
      () => gradients(input(["n"]) as never, {}),
      "gradients: takes a float32 scalar, got float32 [n]; reduce it with mean() or sum()",
    ],
    [
      "a name that is none",
      () => variable("a\nb", [1], zeros()),
      'variable: "a\\nb" is not a name; use letters, digits, "_", "-", "." and "/" between parts',
    ],
    [
      "a size that is none",
      () => input(["batch", 0 as number]),
      'input: 0 is not a dim; write a positive integer, or a name such as "batch"',
    ],
  ];
  test.each(cases)("%s", (_, mistake, message) => {
    expect(mistake).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});

test("gradients are tensors with the shapes of what they are taken of", () => {
  const [A, B] = [variable("A", [3, 4], zeros()), variable("B", [4], zeros())];
  const { A: dA, B: dB } = gradients(mean(square(dot(A, B))), { A, B });
  expect([dA.shape, dB.shape]).toEqual([[3, 4], [4]]);
  const { B: dBB } = gradients(sum(dB), { B });
  expect([dBB.rank, dBB.dtype]).toEqual([1, "float32"]);
});

test("a graph 5,000 layers deep is differentiated and compiled without recursion", () => {
  const deep = model({ x: input(["batch", 2]) }, ({ x }) => {
    let h = dense(x, { units: 2 });
    for (let i = 0; i < 5000; i++) h = tanh(h);
    return h;
  });
  const { train } = compile(deep, { optimizer: sgd(), loss: meanSquaredError() });
  expect(train.nodes.length).toBeGreaterThan(10_000);
});
