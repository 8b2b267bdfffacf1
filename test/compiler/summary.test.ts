import { describe, expect, test } from "vitest";
import { summarize } from "../../compiler/emit/summary.js";
import {
  any,
  broadcastTo,
  cast,
  concat,
  constant,
  conv2d,
  dense,
  dot,
  dropout,
  flatten,
  gelu,
  glorotUniform,
  input,
  maxPooling2d,
  model,
  multiply,
  relu,
  scan,
  sequential,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { resnet } from "../../examples/models/resnet.js";
import { resnetCounts, vgg16Counts } from "../support/closed-forms.js";

const one = new Map([["batch", 1]]);

test("Keras's MNIST convnet: its layers, their shapes and parameters", () => {
  const convnet = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
    sequential(
      image,
      conv2d({ filters: 32, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 64, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dropout(0.5),
      dense({ units: 10 }),
    ),
  );
  const { layers, parameters } = summarize(convnet, one);
  expect(layers.map(({ name, kind, shape, parameters: count }) => [name, kind, shape.slice(1), count])).toEqual([
    ["image", "input", [28, 28, 1], 0],
    ["conv2d", "conv2d", [26, 26, 32], 320],
    ["maxPooling2d", "maxPooling2d", [13, 13, 32], 0],
    ["conv2d_1", "conv2d", [11, 11, 64], 18_496],
    ["maxPooling2d_1", "maxPooling2d", [5, 5, 64], 0],
    ["flatten", "flatten", [1600], 0],
    ["dropout", "dropout", [1600], 0],
    ["dense", "dense", [10], 16_010],
  ]);
  expect(parameters).toEqual({ trainable: 34_826, nonTrainable: 0, bytes: 4 * 34_826 });
});

test("what one call of a function makes is one line, under the function's name, outside of layers", () => {
  const net = model({ x: input(["batch", 4]), flags: input(["batch"], "bool") }, ({ x, flags }) => {
    const scaled = multiply(gelu(gelu(x)), cast(any(flags), "float32"));
    return dense(scaled, { units: 2, activation: gelu });
  });
  const { layers } = summarize(net, one);
  expect(layers.map(({ name, kind, shape }) => [name, kind, shape])).toEqual([
    ["x", "input", ["batch", 4]],
    ["gelu", "gelu", ["batch", 4]],
    ["gelu_1", "gelu", ["batch", 4]],
    ["flags", "input", ["batch"]],
    ["any", "any", []],
    ["multiply", "multiply", ["batch", 4]],
    ["dense", "dense", ["batch", 2]],
  ]);
});

test("a loop by hand: layers in the order of the data, one that is called in the loop before it, with what it gives there", () => {
  const net = model({ sequence: input(["batch", 10, 2]) }, ({ sequence }) => {
    const { carry } = scan(sequence, broadcastTo(constant(0), ["batch", 4]), (hidden, place) => {
      const next = dense(concat([place, hidden], -1), { units: 4, activation: tanh });
      return { carry: next, output: next };
    });
    return dense(carry, { units: 1 });
  });
  const { layers } = summarize(net, one);
  expect(layers.map(({ name, kind, shape, parameters: count }) => [name, kind, shape, count])).toEqual([
    ["sequence", "input", ["batch", 10, 2], 0],
    ["transpose", "transpose", [10, "batch", 2], 0],
    ["dense", "dense", ["batch", 4], 28],
    ["scan", "scan", ["batch", 4], 0],
    ["dense_1", "dense", ["batch", 1], 5],
  ]);
});

describe("networks of real size, by closed form", () => {
  test("ResNet-50: Keras's 25,636,712 without the four numbers a channel of its batch normalisations", () => {
    const { parameters, flops, layers } = summarize(resnet([3, 4, 6, 3]), one);
    const counts = resnetCounts([3, 4, 6, 3]);
    expect(counts.parameters).toBe(25_636_712 - 4 * 26_560);
    expect(parameters.trainable).toBe(counts.parameters);
    expect(layers.filter(({ kind }) => kind === "conv2d" || kind === "dense")).toHaveLength(50 + 4);
    // Biases, relus, sums and pools besides.
    expect(flops / (2 * counts.products)).toBeGreaterThan(1);
    expect(flops / (2 * counts.products)).toBeLessThan(1.01);
  });

  test("VGG-16", () => {
    const vgg16 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
      let x: Tensor<any> = image;
      for (const [filters, count] of [
        [64, 2],
        [128, 2],
        [256, 3],
        [512, 3],
        [512, 3],
      ] as const) {
        for (let i = 0; i < count; i++)
          x = conv2d(x, { filters, kernelSize: 3, padding: "same", activation: relu }) as Tensor<any>;
        x = maxPooling2d(x) as Tensor<any>;
      }
      const top = dense(flatten(x) as Tensor<["batch", 25_088]>, { units: 4096, activation: relu });
      return dense(dense(top, { units: 4096, activation: relu }), { units: 1000 });
    });
    const counts = vgg16Counts();
    const { parameters, flops } = summarize(vgg16, one);
    expect(counts.parameters).toBe(138_357_544); // as Keras counts
    expect(parameters.trainable).toBe(138_357_544);
    expect(flops / (2 * counts.products)).toBeGreaterThan(1);
    expect(flops / (2 * counts.products)).toBeLessThan(1.01);
  });
});

test("a variable that two layers use is counted once, and one that is not trained apart", () => {
  const shared = variable("shared", [4, 4], glorotUniform());
  const fixed = variable("fixed", [4, 2], glorotUniform(), { trainable: false });
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dot(tanh(dot(tanh(dot(x, shared)), shared)), fixed));
  const { layers, parameters } = summarize(net, new Map([["batch", 3]]));
  expect(layers.map(({ name, parameters: count, flops }) => [name, count, flops])).toEqual([
    ["x", 0, 0],
    ["dot", 16, 2 * 3 * 16 + 12],
    ["dot_1", 0, 2 * 3 * 16 + 12],
    ["dot_2", 8, 2 * 3 * 8],
  ]);
  expect(parameters).toEqual({ trainable: 16, nonTrainable: 8, bytes: 4 * 24 });
});
