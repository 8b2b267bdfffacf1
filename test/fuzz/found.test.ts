import { expect, test } from "vitest";
import { loadReference } from "../../runtime/backends/reference.js";
import { array } from "../../src/ir/array.js";
import { builder as b } from "../../src/ops/builder.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import { loadOn } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith } from "../support/computation.js";
import { check } from "./check.js";
import { computationOf, differentiated } from "./program.js";

// What random programs found, each as small as it got.

test("a pad of constants by a named size is not computed at compile time, though its shape is literal", async () => {
  const x = b.op("input", [], { shape: ["n", 2], dtype: "float32" });
  const one = b.op("broadcastTo", [b.scalar(1)], { shape: [1, 1, 1] });
  const y = b.op("pad", [one], {
    paddings: [
      [0, 0],
      ["n", "2-n"],
      [0, 0],
    ],
    value: 0,
  });
  const arrays = [array(new Float32Array([1, 2, 3, 4]), [2, 2])];
  expect(await check({ inputs: [x], arrays, outputs: { x, y }, orders: 1 })).toEqual([]);
});

test("parts whose sizes add up to a named axis in numbers alone have gradients", async () => {
  const x = b.op("input", [], { shape: ["n", 2], dtype: "float32" });
  const parts = b.results(b.op("split", [x], { axis: 0, sizes: [1, 2, 1] }));
  const outputs = { first: b.op("square", [parts[0]!]), last: b.op("exp", [parts[2]!]) };
  const arrays = [array(new Float32Array([1, 2, 3, 4, 5, 6, 0, -1]), [4, 2])];
  expect(await check({ inputs: [x], arrays, outputs, orders: 2 })).toEqual([]);
  const { d0 } = callReference(computationOf(differentiated({ inputs: [x], arrays, outputs, orders: 1 })), arrays);
  expectClose(d0!, array(new Float32Array([2, 4, 0, 0, 0, 0, 1, Math.exp(-1)]), [4, 2]), 1e-6);
});

test("batches are normalised on TensorFlow where channels have a named size", async () => {
  const x = b.op("input", [], { shape: ["n", "c"], dtype: "float32" });
  const gamma = b.op("input", [], { shape: ["c"], dtype: "float32" });
  const [y] = b.results(b.op("batchNormalizationInTraining", [x, gamma, gamma], { epsilon: 0.001 }));
  const arrays = [ramp([4, 3]), ramp([3], 2)];
  expect(await check({ inputs: [x, gamma], arrays, outputs: { y: y! }, orders: 1 })).toEqual([]);
});

test("logits without classes are refused where they are given, not where they are differentiated", () => {
  const x = b.op("input", [], { shape: [], dtype: "float32" });
  expect(() => b.op("softmaxCrossEntropyWithLogits", [x, x])).toThrow(
    "softmaxCrossEntropyWithLogits: takes a tensor with an axis, got []",
  );
});

test("the logarithm of a scalar's sigmoid has derivatives: that cross-entropy takes any shape", async () => {
  const x = b.op("input", [], { shape: [], dtype: "float32" });
  const arrays = [array(new Float32Array([-3]), [])];
  const outputs = { y: b.op("log", [b.op("sigmoid", [x])]) };
  expect(await check({ inputs: [x], arrays, outputs, orders: 2 })).toEqual([]);
});

test("a mean over NaN is NaN: wasm's kernel makes a number of it", async () => {
  const x = b.op("input", [], { shape: [1, 7, 1], dtype: "float32" });
  const y = b.op("averagePool", [x], { poolSize: [3], strides: [2], padding: "same" });
  const arrays = [array(new Float32Array([NaN, 0, 1, 2, 0, NaN, 0]), [1, 7, 1])];
  const wanted = new Float32Array([NaN, 1, NaN, NaN]);
  expect(callReference(computationOf({ inputs: [x], arrays, outputs: { y }, orders: 0 }), arrays).y!.data).toEqual(
    wanted,
  );
  expect(await check({ inputs: [x], arrays, outputs: { y }, orders: 0 })).toEqual([]);
});

test("a bias may be a reshaped tensor: wasm's fused kernels ask for the shape of the memory", async () => {
  const shapes = [
    [4, 2],
    [2, 3],
    [1, 3],
    [1, 3, 3, 2],
    [2, 2, 2, 3],
  ];
  const inputs = shapes.map((shape) => b.op("input", [], { shape, dtype: "float32" }));
  const [x, W, row, images, filter] = inputs;
  const bias = b.op("reshape", [row!], { shape: [3] });
  const convolved = b.op("convolution", [images!, filter!], { strides: [1, 1], padding: "valid" });
  const outputs = { affine: b.op("add", [b.op("dot", [x!, W!]), bias]), convolution: b.op("add", [convolved, bias]) };
  expect(await check({ inputs, arrays: shapes.map((shape) => ramp(shape)), outputs, orders: 0 })).toEqual([]);
});

test("a bias may be a product of vectors: on wasm its memory has other axes, too", async () => {
  const shapes = [[2], [3, 2], [2], [3, 2]];
  const [x0, x1, x2, x3] = shapes.map((shape) => b.op("input", [], { shape, dtype: "float32" }));
  const product = (x: typeof x0, W: typeof x0) => {
    const row = b.op("reshape", [x!], { shape: [1, 2] });
    return b.op("reshape", [b.op("dot", [row, W!], { transposeA: false, transposeB: true })], { shape: [3] });
  };
  const y = b.op("add", [product(x0, x1), product(x2, x3)]);
  const inputs = [x0!, x1!, x2!, x3!];
  expect(await check({ inputs, arrays: shapes.map((shape) => ramp(shape)), outputs: { y }, orders: 1 })).toEqual([]);
});

test("generated code knows the sizes of a filter over channels of a named size", async () => {
  const x = b.op("input", [], { shape: [2, 2, "n"], dtype: "float32" });
  const dy = b.op("input", [], { shape: [2, 2, 1], dtype: "float32" });
  const window = { strides: [1], padding: "valid", filterShape: [1, "n", 1] } as const;
  const y = b.op("convolutionBackpropFilter", [x, dy], window);
  const arrays = [ramp([2, 2, 3]), ramp([2, 2, 1])];
  expect(await check({ inputs: [x, dy], arrays, outputs: { y }, orders: 1 })).toEqual([]);
});

test("where a window has a NaN, its gradient goes there, on the portable backends as in the reference", async () => {
  const x = b.op("input", [], { shape: [1, 12, 1], dtype: "float32" });
  const y = b.op("maxPool", [x], { poolSize: [4], strides: [4], padding: "valid" });
  const data = [NaN, 0, 1, 2, 0, 1, 2, NaN, 5, NaN, NaN, 5];
  const arrays = [array(new Float32Array(data), [1, 12, 1])];
  const computation = computationOf(differentiated({ inputs: [x], arrays, outputs: { y }, orders: 1 }));
  const wanted = { y: [NaN, NaN, NaN], d0: [1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0] };
  for (const backend of ["reference", "wasm", "cpu"] as const) {
    const isReference = backend === "reference";
    const executable = isReference ? loadReference(computation) : await loadOn(backend, computation);
    const { y, d0 } = callWith(executable, arrays);
    executable.dispose();
    expect({ y: [...y!.data], d0: [...d0!.data] }, backend).toEqual(wanted);
  }
});

test("the relu of a batch's variance is one of each channel: TensorFlow would fuse it into the normalization", async () => {
  const x0 = b.op("input", [], { shape: ["n4", 3], dtype: "float32" });
  const x1 = b.op("input", [], { shape: [3], dtype: "float32" });
  const x2 = b.op("input", [], { shape: [3], dtype: "float32" });
  const t3 = b.op("batchNormalizationInTraining", [x0, x1, x2], { epsilon: 0.001 });
  const t4 = b.results(t3)[2]!;
  const t5 = b.op("relu", [t4], {});
  const inputs = [x0, x1, x2];
  const arrays = [
    array(new Float32Array([-1, 0.75, -0.25, 1.5, 0.5, -0.5, 1.25, 0.25, -0.75, 1, 0, -1]), [4, 3]),
    array(new Float32Array([0.75, -0.25, 1.5]), [3]),
    array(new Float32Array([-0.25, 1.5, 0.5]), [3]),
  ];
  expect(await check({ inputs, arrays, outputs: { y3: t5 }, orders: 0 })).toEqual([]);
});

test("what is negative and rounds to 0 is -0, which an angle tells from 0", async () => {
  const x0 = b.op("input", [], { shape: [6], dtype: "float32" });
  const x1 = b.op("input", [], { shape: [], dtype: "float32" });
  const rounded = b.op("round", [x0], {});
  const inputs = [x0, x1];
  const outputs = { y1: rounded, y2: b.op("atan2", [rounded, x1], {}) };
  const arrays = [
    array(new Float32Array([-0.3125, -0.5, 0.5, -1.5, 2.5, -2.75]), [6]),
    array(new Float32Array([-1]), []),
  ];
  const { y1 } = callReference(computationOf({ inputs, arrays, outputs, orders: 0 }), arrays);
  expect([...y1!.data]).toEqual([-0, -0, 0, -2, 2, -3]);
  expect(await check({ inputs, arrays, outputs, orders: 0 })).toEqual([]);
});
