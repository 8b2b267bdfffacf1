import { describe, expect, test } from "vitest";
import { graphCost, nodeCost } from "../../compiler/analysis/cost.js";
import { peakMemory } from "../../compiler/analysis/memory.js";
import {
  accuracy,
  adam,
  compile,
  conv2d,
  dense,
  input,
  type Loss,
  maxPooling2d,
  model,
  relu,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { Body } from "../../src/ir/body.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import type { Dim } from "../../src/types/dim.js";

const value = (...shape: Dim[]) => makeNode(inputOp, [], { shape, dtype: "float32" });
const dims = new Map([["batch", 10]]);
const window = { strides: [1, 1], padding: "valid" } as const;

describe("FLOPs and bytes of a node, by closed form", () => {
  const x = value("batch", 4);
  const images = value("batch", 8, 6, 3);
  const filter = value(3, 2, 3, 5); // 6 · 5 places for the window, 5 filters
  const dy = value("batch", 6, 5, 5);
  const cases: [string, Node, number, number][] = [
    // (m, k) · (k, n): m · n sums of k products
    ["dot", b.op("dot", [x, value(4, 7)]), 2 * 10 * 4 * 7, 4 * (40 + 28 + 70)],
    ["dot, transposed", b.op("dot", [x, value(7, 4)], { transposeB: true }), 2 * 10 * 4 * 7, 4 * (40 + 28 + 70)],
    ["dot, Aᵀ", b.op("dot", [x, value("batch", 7)], { transposeA: true }), 2 * 10 * 4 * 7, 4 * (40 + 70 + 28)],
    ["dot of vectors", b.op("dot", [value(9), value(9)]), 18, 4 * (9 + 9 + 1)],
    [
      "affine with relu: a product, a sum and a comparison",
      b.op("affine", [x, value(4, 7), value(7)], { activation: "relu" }),
      (2 * 4 + 2) * 70,
      4 * (40 + 28 + 7 + 70),
    ],
    [
      "convolution",
      b.op("convolution", [images, filter], window),
      2 * (3 * 2 * 3) * (10 * 6 * 5 * 5),
      4 * (1440 + 90 + 1500),
    ],
    [
      "convolution's gradients add up the same products",
      b.op("convolutionBackpropFilter", [images, dy], { ...window, filterShape: filter.shape }),
      2 * (3 * 2 * 3) * (10 * 6 * 5 * 5),
      4 * (1440 + 1500 + 90),
    ],
    [
      "and so the other",
      b.op("convolutionBackpropInput", [dy, filter], { ...window, inputShape: images.shape }),
      2 * (3 * 2 * 3) * (10 * 6 * 5 * 5),
      4 * (1500 + 90 + 1440),
    ],
    [
      "maxPool: four comparisons a window",
      b.op("maxPool", [images], { poolSize: [2, 2], strides: [2, 2], padding: "valid" }),
      4 * (10 * 4 * 3 * 3),
      4 * (1440 + 360),
    ],
    ["add, broadcasting", b.op("add", [x, value(4)]), 40, 4 * (40 + 4 + 40)],
    ["greater gives bytes", b.op("greater", [x, b.scalar(0)]), 40, 160 + 4 + 40],
    ["sum reads its input", b.op("sum", [x], { axes: [0], keepDims: false }), 40, 160 + 16],
    ["transpose moves", b.op("transpose", [x], { permutation: [1, 0] }), 0, 320],
    ["reshape moves nothing", b.op("reshape", [x], { shape: ["batch", 2, 2] }), 0, 0],
    ["an input is there", x, 0, 0],
    ["softmax", b.op("softmax", [x]), 5 * 40, 320],
  ];
  test.each(cases)("%s", (_, node, flops, bytes) => {
    expect(nodeCost(node, dims)).toEqual({ flops, bytes });
  });
});

const loss = sparseCategoricalCrossentropy({ fromLogits: true });
const digits = model({ image: input(["batch", 784]) }, ({ image }) =>
  dense(dense(image, { units: 512, activation: relu }), { units: 10 }),
);

test("the MNIST network's products, forward and backward", () => {
  const { predict, train } = compile(digits, { optimizer: sgd(), loss, metrics: [accuracy()] });
  const batch = 128;
  const [first, second] = [784 * 512, 512 * 10];
  // Forward: the products, the biases, the relus.
  const forward = 2 * batch * (first + second) + batch * (512 + 10) + batch * 512;
  const cost = graphCost(predict, new Map([["batch", batch]]));
  expect(cost.flops).toBe(forward);
  expect(cost.parameterBytes).toBe(4 * 407_050);
  expect(cost.stateBytes).toBe(0);
  // Backward: of the first product one gradient is wanted, of the second both; the relu's mask and the biases' sums.
  const backward = 2 * batch * (first + 2 * second) + batch * 512 + batch * (512 + 10);
  const update = 2 * 407_050;
  // The loss of each row, its mean; its slope, times 1 / batch. The accuracy: the largest logit, a comparison, the mean.
  const logits = batch * 10;
  const losses = 4 * logits + 2 * batch + batch + (5 * logits + batch) + 1 + logits;
  const accurate = logits + batch + batch;
  expect(graphCost(train, new Map([["batch", batch]])).flops).toBe(forward + backward + update + losses + accurate);
});

test("fusion changes what is moved, not what is computed", () => {
  const x = value("batch", 4);
  const graph = makeGraph(
    "g",
    { y: b.op("relu", [b.op("add", [b.op("dot", [x, value(4, 3)]), value(3)])]) },
    [],
    new Map(),
  );
  const [before, after] = [graphCost(graph, dims), graphCost(optimize(graph), dims)];
  expect(after.flops).toBe(before.flops);
  expect(before.bytes - after.bytes).toBe(4 * 30 * 4); // two values of [10, 3], written and read
});

/** carry := carry · weights + place, for each of six places: carry [10], weights [10, 10]. */
function loop(sequence: Node, weights: Node, step: (carry: Node, place: Node, weights: Node) => Node): Node {
  const [carry, place, captured] = [value(10), value(...sequence.shape.slice(1)), value(10, 10)];
  const body = new Body([carry, place, captured], [step(carry, place, captured)]);
  const attributes = { body, carries: 1, sequences: 1, length: sequence.shape[0]!, reverse: false };
  return b.op("scan", [value(10), sequence, weights], attributes);
}
const round = (carry: Node, place: Node, weights: Node) => b.op("add", [b.op("dot", [carry, weights]), place]);

test("a loop costs its rounds, and what it makes for them: what they capture is read there alone", () => {
  // A product of [10] · [10, 10] and a sum, six times; the sequence and the first carry are read, the last is written.
  const bytes = 6 * 4 * (10 + 100 + 10 + 3 * 10) + 4 * (10 + 60 + 10);
  expect(nodeCost(loop(value(6, 10), value(10, 10), round), dims)).toEqual({ flops: 6 * (200 + 10), bytes });
});

test("Adam's slots, the count of steps and the rate are counted apart from the parameters", () => {
  const { train } = compile(digits, { optimizer: adam(), loss });
  const { parameterBytes, stateBytes } = graphCost(train, dims);
  expect([parameterBytes, stateBytes]).toEqual([4 * 407_050, 2 * 4 * 407_050 + 2 * 4]);
});

describe("peak memory, on paper", () => {
  const peak = (outputs: Record<string, Node>) => peakMemory(makeGraph("g", outputs, [], new Map()), dims);

  test("a chain holds two values at once", () => {
    const x = value(100);
    const first = b.op("exp", [x]);
    expect(peak({ y: b.op("neg", [b.op("exp", [first])]) })).toEqual({ bytes: 800, at: first });
  });

  test("what is read again later is held until then", () => {
    const x = value(100);
    const e = b.op("exp", [x]);
    const narrow = b.op("sum", [b.op("neg", [e])], { axes: [0], keepDims: false });
    // e and its negative, and then the sum besides: 400 + 400 + 4.
    const y = b.op("multiply", [narrow, e]);
    expect(peak({ y })).toEqual({ bytes: 400 + 400 + 4, at: narrow });
  });

  test("a view holds the memory of what it shows", () => {
    const x = value(100);
    const e = b.op("exp", [x]);
    const view = b.op("reshape", [e], { shape: [10, 10] });
    const s = b.op("sum", [b.op("neg", [view])], { axes: [0, 1], keepDims: false });
    expect(peak({ s }).bytes).toBe(800);
    expect(peak({ s, view }).bytes).toBe(800 + 4);
  });

  test("results that nothing reads are there while their op runs", () => {
    const split = b.op("split", [value(100)], { axis: 0, sizes: [30, 70] });
    const [part] = b.results(split);
    // The input, and both parts; then the part that is read, and its negative.
    expect(peak({ y: b.op("neg", [part!]) })).toEqual({ bytes: 400 + 120 + 280, at: split });
  });

  test("what a loop captures is there once", () => {
    const scan = loop(value(6, 10), value(10, 10), round);
    const [carry] = b.results(scan);
    // The first carry, the sequence, the weights and the last carry; within, the product, the place and their sum.
    expect(peak({ carry: carry! })).toEqual({ bytes: 40 + 240 + 400 + 40 + 3 * 40, at: scan });
  });

  test("and once, too, where a loop within captures it", () => {
    const scan = loop(value(6, 3, 10), value(10, 10), (carry, place, weights) => {
      const parameters = [value(10), value(10), value(10, 10)] as const;
      const body = new Body(parameters, [round(...parameters)]);
      const attributes = { body, carries: 1, sequences: 1, length: 3, reverse: false };
      return b.results(b.op("scan", [carry, place, weights], attributes))[0]!;
    });
    const [carry] = b.results(scan);
    // As before; within, a carry, a place of 3 rows and the next carry; within that, as before.
    expect(peak({ carry: carry! })).toEqual({ bytes: 40 + 720 + 400 + 40 + (40 + 120 + 40) + 3 * 40, at: scan });
  });

  test("outputs live to the end, and variables are not counted", () => {
    const { predict } = compile(digits, { optimizer: sgd(), loss });
    // At the second product: h and the logits. The image, 784 wide, is freed after the first: with h, that is more.
    expect(peakMemory(predict, dims).bytes).toBe(4 * 10 * (784 + 512));
  });

  test("updates of the last layer come first, and free what it kept", () => {
    const deep = (layers: number) => {
      const net = model({ x: input(["batch", 100]) }, ({ x }) => {
        let h = x;
        for (let i = 0; i < layers; i++) h = dense(h, { units: 100, activation: relu });
        return dense(h, { units: 2 });
      });
      return peakMemory(compile(net, { optimizer: sgd(), loss: loss as Loss<any> }).train, new Map([["batch", 1000]]));
    };
    // Each layer adds what it keeps, [1000, 100], and nothing else.
    expect(deep(9).bytes - deep(8).bytes).toBe(4 * 1000 * 100);
  });
});

test("the convnet's costs in a table of Keras's kind", () => {
  const net = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
    maxPooling2d(conv2d(image, { filters: 32, kernelSize: 3, activation: relu })),
  );
  const { output } = net;
  const graph = optimize(makeGraph("predict", { output: output as unknown as Node }, [], net.names));
  const conv = (2 * 9 + 2) * 26 * 26 * 32;
  const pool = 4 * 13 * 13 * 32;
  expect(graphCost(graph, new Map([["batch", 1]])).flops).toBe(conv + pool);
});
