import { expect, test } from "vitest";
import { collapseAffineChains } from "../../compiler/passes/collapseAffineChains.js";
import { eliminateCommonSubexpressions } from "../../compiler/passes/eliminateCommonSubexpressions.js";
import { foldBatchNormalization } from "../../compiler/passes/foldBatchNormalization.js";
import { foldConstants } from "../../compiler/passes/foldConstants.js";
import { foldReshapes } from "../../compiler/passes/foldReshapes.js";
import { foldTransposes } from "../../compiler/passes/foldTransposes.js";
import { fuseActivations, fusePortableActivations } from "../../compiler/passes/fuseActivations.js";
import { fuseAffine } from "../../compiler/passes/fuseAffine.js";
import { fuseReluGradient } from "../../compiler/passes/fuseReluGradient.js";
import { keepRounds } from "../../compiler/passes/keepRounds.js";
import { maskBeforePooling } from "../../compiler/passes/maskBeforePooling.js";
import type { Pass } from "../../compiler/passes/pass.js";
import { simplify } from "../../compiler/passes/simplify.js";
import { sumAfterLoops } from "../../compiler/passes/sumAfterLoops.js";
import { unfoldTransposes } from "../../compiler/passes/unfoldTransposes.js";
import { array, generate } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import type { Dim } from "../../src/types/dim.js";

const input = (...shape: Dim[]) => makeNode(inputOp, [], { shape, dtype: "float32" });

/** A graph before and after a pass, as a reader compares them. */
function beforeAndAfter(pass: Pass, inputs: Readonly<Record<string, Node>>, y: Node): string {
  const names = new Map(Object.entries(inputs).map(([name, node]) => [node, name]));
  const graph = makeGraph("before", { y }, [], names);
  return `${graph}\n${{ ...pass.run(graph), name: "after" }}`;
}

test("simplify", () => {
  const x = input("batch", 4);
  const scaled = b.op("multiply", [
    b.op("subtract", [x, b.scalar(0)]),
    b.op("broadcastTo", [b.scalar(3)], { shape: x.shape }),
  ]);
  const flat = b.op("reshape", [b.op("reshape", [scaled], { shape: ["batch", 2, 2] })], { shape: ["batch", 4] });
  expect(beforeAndAfter(simplify, { x }, b.op("neg", [b.op("neg", [flat])]))).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %1: float32[batch, 4] = subtract(%x, 0)
      %2: float32[batch, 4] = broadcastTo(3) shape=["batch",4]
      %3: float32[batch, 4] = multiply(%1, %2)
      %4: float32[batch, 2, 2] = reshape(%3) shape=["batch",2,2]
      %5: float32[batch, 4] = reshape(%4) shape=["batch",4]
      %6: float32[batch, 4] = neg(%5)
      %7: float32[batch, 4] = neg(%6)
      return y = %7
    }
    graph after {
      %x: float32[batch, 4] = input
      %1: float32[batch, 4] = multiply(%x, 3)
      return y = %1
    }"
  `);
});

test("simplify leaves constants apart whose sum would be rounded: near x = -1e8, the rounding is all of the result", () => {
  const x = input("batch");
  const sum = (a: number, c: number) => b.op("add", [b.op("add", [x, b.scalar(a)]), b.scalar(c)]);
  const simplified = (y: Node) => simplify.run(makeGraph("f", { y }, [], new Map())).outputs.y!.inputs[0]!.op;
  expect([sum(1e8, 1), sum(0.1, 0.2), sum(1, 2)].map(simplified)).toEqual(["add", "add", "input"]);
});

test("foldConstants", () => {
  const x = input("batch");
  const half = b.op("divide", [b.scalar(1), b.op("add", [b.scalar(1), b.scalar(1)])]);
  expect(beforeAndAfter(foldConstants, { x }, b.op("multiply", [x, half]))).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch] = input
      %1: float32[] = add(1, 1)
      %2: float32[] = divide(1, %1)
      %3: float32[batch] = multiply(%x, %2)
      return y = %3
    }
    graph after {
      %x: float32[batch] = input
      %1: float32[batch] = multiply(%x, 0.5)
      return y = %1
    }"
  `);
});

test("eliminateCommonSubexpressions", () => {
  const x = input("batch");
  const twice = b.op("add", [b.op("exp", [x]), b.op("exp", [x])]);
  expect(beforeAndAfter(eliminateCommonSubexpressions, { x }, twice)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch] = input
      %1: float32[batch] = exp(%x)
      %2: float32[batch] = exp(%x)
      %3: float32[batch] = add(%1, %2)
      return y = %3
    }
    graph after {
      %x: float32[batch] = input
      %1: float32[batch] = exp(%x)
      %2: float32[batch] = add(%1, %1)
      return y = %2
    }"
  `);
});

test("foldTransposes", () => {
  const [x, W] = [input("batch", 4), input(3, 4)];
  const turn = (node: Node) => b.op("transpose", [node], { permutation: [1, 0] });
  const product = b.op("dot", [x, turn(W)]);
  expect(beforeAndAfter(foldTransposes, { x, W }, turn(product))).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %W: float32[3, 4] = input
      %2: float32[4, 3] = transpose(%W) permutation=[1,0]
      %3: float32[batch, 3] = dot(%x, %2)
      %4: float32[3, batch] = transpose(%3) permutation=[1,0]
      return y = %4
    }
    graph after {
      %W: float32[3, 4] = input
      %x: float32[batch, 4] = input
      %2: float32[3, batch] = dot(%W, %x) transposeB=true
      return y = %2
    }"
  `);
});

test("foldReshapes", () => {
  const [x, W] = [input("batch", "time", 4), input(4, 3)];
  const rows = b.op("dot", [b.op("reshape", [x], { shape: ["batch*time", 4] }), W]);
  const y = b.op("reshape", [rows], { shape: ["batch", "time", 3] });
  expect(beforeAndAfter(foldReshapes, { x, W }, y)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, time, 4] = input
      %1: float32[batch*time, 4] = reshape(%x) shape=["batch*time",4]
      %W: float32[4, 3] = input
      %3: float32[batch*time, 3] = dot(%1, %W)
      %4: float32[batch, time, 3] = reshape(%3) shape=["batch","time",3]
      return y = %4
    }
    graph after {
      %x: float32[batch, time, 4] = input
      %W: float32[4, 3] = input
      %2: float32[batch, time, 3] = dot(%x, %W)
      return y = %2
    }"
  `);
});

test("unfoldTransposes", () => {
  const [x, dy] = [input("batch", 4), input("batch", 3)];
  const y = b.op("dot", [x, dy], { transposeA: true });
  expect(beforeAndAfter(unfoldTransposes, { x, dy }, y)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %dy: float32[batch, 3] = input
      %2: float32[4, 3] = dot(%x, %dy) transposeA=true
      return y = %2
    }
    graph after {
      %x: float32[batch, 4] = input
      %1: float32[4, batch] = transpose(%x) permutation=[1,0]
      %dy: float32[batch, 3] = input
      %3: float32[4, 3] = dot(%1, %dy)
      return y = %3
    }"
  `);
});

test("dead code cannot be: what a rewrite leaves without a reader is in the graph no more", () => {
  const x = input("batch", 4);
  const flat = b.op("reshape", [b.op("reshape", [x], { shape: ["batch", 2, 2] })], { shape: ["batch", 4] });
  expect(beforeAndAfter(simplify, { x }, b.op("neg", [flat]))).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %1: float32[batch, 2, 2] = reshape(%x) shape=["batch",2,2]
      %2: float32[batch, 4] = reshape(%1) shape=["batch",4]
      %3: float32[batch, 4] = neg(%2)
      return y = %3
    }
    graph after {
      %x: float32[batch, 4] = input
      %1: float32[batch, 4] = neg(%x)
      return y = %1
    }"
  `);
});

test("fuseReluGradient", () => {
  const [x, dy] = [input("batch", 4), input("batch", 4)];
  const y = b.op("relu", [x]);
  const masked = b.op("select", [b.op("greater", [y, b.scalar(0)]), dy, b.scalar(0)]);
  expect(beforeAndAfter(fuseReluGradient, { x, dy }, masked)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %1: float32[batch, 4] = relu(%x)
      %2: bool[batch, 4] = greater(%1, 0)
      %dy: float32[batch, 4] = input
      %4: float32[batch, 4] = select(%2, %dy, 0)
      return y = %4
    }
    graph after {
      %dy: float32[batch, 4] = input
      %x: float32[batch, 4] = input
      %2: float32[batch, 4] = relu(%x)
      %3: float32[batch, 4] = reluGradient(%dy, %2)
      return y = %3
    }"
  `);
});

test("fuseReluGradient, of relu6", () => {
  const [x, dy] = [input("batch", 4), input("batch", 4)];
  const y = b.op("relu6", [x]);
  const below = b.op("select", [b.op("less", [y, b.scalar(6)]), dy, b.scalar(0)]);
  const masked = b.op("select", [b.op("greater", [y, b.scalar(0)]), below, b.scalar(0)]);
  expect(beforeAndAfter(fuseReluGradient, { x, dy }, masked)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %1: float32[batch, 4] = relu6(%x)
      %2: bool[batch, 4] = greater(%1, 0)
      %3: bool[batch, 4] = less(%1, 6)
      %dy: float32[batch, 4] = input
      %5: float32[batch, 4] = select(%3, %dy, 0)
      %6: float32[batch, 4] = select(%2, %5, 0)
      return y = %6
    }
    graph after {
      %dy: float32[batch, 4] = input
      %x: float32[batch, 4] = input
      %2: float32[batch, 4] = relu6(%x)
      %3: float32[batch, 4] = relu6Gradient(%dy, %2)
      return y = %3
    }"
  `);
});

test("fuseReluGradient leaves what may not be finite: a product with a mask of 0 would not hide it", () => {
  const x = input("batch", 4);
  const y = b.op("relu", [x]);
  const masked = (dy: Node) => b.op("select", [b.op("greater", [y, b.scalar(0)]), dy, b.scalar(0)]);
  const isFused = (dy: Node) => fuseReluGradient.run(makeGraph("f", { y: masked(dy) }, [], new Map())).outputs.y!.op;
  for (const dy of [b.op("log", [x]), b.op("divide", [x, y]), b.op("exp", [x]), b.op("pow", [x, y])]) {
    expect(isFused(dy)).toBe("select");
    expect(isFused(b.op("multiply", [dy, x]))).toBe("select");
  }
  expect(isFused(b.constant(generate([4], "float32", () => Number.POSITIVE_INFINITY)))).toBe("select");
  expect(isFused(b.op("sqrt", [x]))).toBe("select");
  const padded = (value: number) =>
    b.op("pad", [input("batch", 2)], {
      paddings: [
        [0, 0],
        [1, 1],
      ],
      value,
    });
  expect(isFused(padded(Number.NEGATIVE_INFINITY))).toBe("select");
  expect(isFused(padded(0))).toBe("reluGradient");
  const [left, right] = [b.op("maximum", [x, b.scalar(1e-30)]), b.op("maximum", [y, b.scalar(1e-30)])];
  expect(isFused(b.op("divide", [x, b.op("multiply", [left, right])]))).toBe("select");
  // A root of what is above 0 is finite, and so is what is divided by it.
  const deviation = b.op("sqrt", [b.op("add", [b.op("square", [x]), b.scalar(1e-3)])]);
  expect(isFused(b.op("divide", [x, deviation]))).toBe("reluGradient");
  expect(isFused(b.op("divide", [x, b.op("maximum", [y, b.scalar(1e-7)])]))).toBe("reluGradient");
  expect(isFused(b.op("divide", [x, b.op("maximum", [y, b.scalar(0)])]))).toBe("select");
});

test("fuseReluGradient leaves what no activation decides: what is hidden there may overflow", () => {
  const [x, dy] = [input("batch", 4), input("batch", 4)];
  const fused = (y: Node) => {
    const masked = b.op("select", [b.op("greater", [y, b.scalar(0)]), dy, b.scalar(0)]);
    return fuseReluGradient.run(makeGraph("f", { y: masked }, [], new Map())).outputs.y!.op;
  };
  expect([x, b.op("tanh", [x]), b.op("relu6", [x]), b.op("relu", [x])].map(fused)).toEqual([
    "select",
    "select",
    "reluGradient",
    "reluGradient",
  ]);
  const affine = (activation: "relu" | "elu") => b.op("affine", [x, input(4, 4), input(4)], { activation });
  expect([affine("elu"), affine("relu")].map(fused)).toEqual(["select", "reluGradient"]);
});

test("maskBeforePooling", () => {
  const [x, dy] = [input("batch", 4, 4, 1), input("batch", 2, 2, 1)];
  const pool = { poolSize: [2, 2], strides: [2, 2], padding: "valid" } as const;
  const spread = b.op("maxPoolGradient", [x, b.op("maxPool", [x], pool), dy], pool);
  expect(beforeAndAfter(maskBeforePooling, { x, dy }, b.op("reluGradient", [spread, x]))).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4, 4, 1] = input
      %1: float32[batch, 2, 2, 1] = maxPool(%x) poolSize=[2,2] strides=[2,2] padding="valid"
      %dy: float32[batch, 2, 2, 1] = input
      %3: float32[batch, 4, 4, 1] = maxPoolGradient(%x, %1, %dy) poolSize=[2,2] strides=[2,2] padding="valid"
      %4: float32[batch, 4, 4, 1] = reluGradient(%3, %x)
      return y = %4
    }
    graph after {
      %x: float32[batch, 4, 4, 1] = input
      %1: float32[batch, 2, 2, 1] = maxPool(%x) poolSize=[2,2] strides=[2,2] padding="valid"
      %dy: float32[batch, 2, 2, 1] = input
      %3: float32[batch, 2, 2, 1] = reluGradient(%dy, %1)
      %4: float32[batch, 4, 4, 1] = maxPoolGradient(%x, %1, %3) poolSize=[2,2] strides=[2,2] padding="valid"
      return y = %4
    }"
  `);
});

test("fuseAffine", () => {
  const [x, W, bias] = [input("batch", 4), input(4, 3), input(3)];
  const y = b.op("add", [bias, b.op("dot", [x, W])]);
  expect(beforeAndAfter(fuseAffine, { x, W, bias }, y)).toMatchInlineSnapshot(`
    "graph before {
      %bias: float32[3] = input
      %x: float32[batch, 4] = input
      %W: float32[4, 3] = input
      %3: float32[batch, 3] = dot(%x, %W)
      %4: float32[batch, 3] = add(%bias, %3)
      return y = %4
    }
    graph after {
      %x: float32[batch, 4] = input
      %W: float32[4, 3] = input
      %bias: float32[3] = input
      %3: float32[batch, 3] = affine(%x, %W, %bias)
      return y = %3
    }"
  `);
});

test("fuseAffine leaves a product that has a second reader", () => {
  const [x, W, bias] = [input("batch", 4), input(4, 3), input(3)];
  const product = b.op("dot", [b.op("neg", [b.op("add", [b.op("dot", [x, W]), bias])]), input(3, 3)]);
  const both = b.op("add", [b.op("add", [product, bias]), product]);
  const names = new Map([x, W, bias].map((node, i) => [node, ["x", "W", "bias"][i]!]));
  const { nodes } = fuseAffine.run(makeGraph("before", { both }, [], names));
  expect(nodes.map(({ op }) => op).filter((op) => op !== "input")).toEqual(["affine", "neg", "dot", "add", "add"]);
});

test("fuseActivations", () => {
  const [images, filter, bias] = [input("batch", 8, 8, 3), input(3, 3, 3, 2), input(2)];
  const sum = b.op("affineConvolution", [images, filter, bias], {
    strides: [1, 1],
    padding: "same",
  });
  const y = b.op("leakyRelu", [sum], { alpha: 0.1 });
  expect(beforeAndAfter(fuseActivations, { images, filter, bias }, y)).toMatchInlineSnapshot(`
    "graph before {
      %images: float32[batch, 8, 8, 3] = input
      %filter: float32[3, 3, 3, 2] = input
      %bias: float32[2] = input
      %3: float32[batch, 8, 8, 2] = affineConvolution(%images, %filter, %bias) strides=[1,1] padding="same"
      %4: float32[batch, 8, 8, 2] = leakyRelu(%3) alpha=0.1
      return y = %4
    }
    graph after {
      %images: float32[batch, 8, 8, 3] = input
      %filter: float32[3, 3, 3, 2] = input
      %bias: float32[2] = input
      %3: float32[batch, 8, 8, 2] = affineConvolution(%images, %filter, %bias) strides=[1,1] padding="same" activation="leakyRelu" alpha=0.1
      return y = %3
    }"
  `);
});

test("fuseActivations leaves a sum that has a second reader", () => {
  const [x, W, bias] = [input("batch", 4), input(4, 3), input(3)];
  const sum = b.op("affine", [x, W, bias]);
  const both = b.op("add", [b.op("relu", [sum]), sum]);
  expect(fuseActivations.run(makeGraph("both", { both }, [], new Map())).outputs.both).toBe(both);
  const output = b.op("relu", [sum]);
  expect(fuseActivations.run(makeGraph("output", { sum, output }, [], new Map())).outputs).toEqual({ sum, output });
});

test("fusePortableActivations", () => {
  const [x, W, bias] = [input("batch", 4), input(4, 3), input(3)];
  const y = b.op("sigmoid", [b.op("affine", [x, W, bias])]);
  expect(beforeAndAfter(fusePortableActivations, { x, W, bias }, y)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 4] = input
      %W: float32[4, 3] = input
      %bias: float32[3] = input
      %3: float32[batch, 3] = affine(%x, %W, %bias)
      %4: float32[batch, 3] = sigmoid(%3)
      return y = %4
    }
    graph after {
      %x: float32[batch, 4] = input
      %W: float32[4, 3] = input
      %bias: float32[3] = input
      %3: float32[batch, 3] = affine(%x, %W, %bias) activation="sigmoid"
      return y = %3
    }"
  `);
});

test("collapseAffineChains", () => {
  const x = input("batch", 2);
  const matrix = (rows: number, columns: number, ...values: number[]) =>
    b.constant(array(new Float32Array(values), [rows, columns]));
  const vector = (...values: number[]) => b.constant(array(new Float32Array(values), [values.length]));
  const first = b.op("affine", [x, matrix(2, 3, 1, 2, 3, 4, 5, 6), vector(1, 0, -1)]);
  const y = b.op("affine", [first, matrix(3, 2, 1, 0, 0, 1, 1, 1), vector(0.5, 0)], { activation: "relu" });
  expect(beforeAndAfter(collapseAffineChains, { x }, y)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 2] = input
      %1: float32[2, 3] = constant [1, 2, 3, 4, 5, 6]
      %2: float32[3] = constant [1, 0, -1]
      %3: float32[batch, 3] = affine(%x, %1, %2)
      %4: float32[3, 2] = constant [1, 0, 0, 1, 1, 1]
      %5: float32[2] = constant [0.5, 0]
      %6: float32[batch, 2] = affine(%3, %4, %5) activation="relu"
      return y = %6
    }
    graph after {
      %x: float32[batch, 2] = input
      %1: float32[2, 2] = constant [4, 5, 10, 11]
      %2: float32[2] = constant [0.5, -1]
      %3: float32[batch, 2] = affine(%x, %1, %2) activation="relu"
      return y = %3
    }"
  `);
});

test("foldBatchNormalization", () => {
  const x = input("batch", 2);
  const known = (shape: number[], start: number) => b.constant(generate(shape, "float32", (i) => start + i));
  const product = b.op("affine", [x, known([2, 2], 1), known([2], 5)]);
  // Variances 4 and 16, without an epsilon: deviations 2 and 4.
  const variance = b.constant(generate([2], "float32", (i) => (i === 0 ? 4 : 16)));
  const inputs = [product, known([2], 2), known([2], 1), known([2], 3), variance];
  const y = b.op("batchNormalization", inputs, { epsilon: 0, momentum: 0.9 });
  expect(beforeAndAfter(foldBatchNormalization, { x }, y)).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 2] = input
      %1: float32[2, 2] = constant [1, 2, 3, 4]
      %2: float32[2] = constant [5, 6]
      %3: float32[batch, 2] = affine(%x, %1, %2)
      %4: float32[2] = constant [2, 3]
      %5: float32[2] = constant [1, 2]
      %6: float32[2] = constant [3, 4]
      %7: float32[2] = constant [4, 16]
      %8: float32[batch, 2] = batchNormalization(%3, %4, %5, %6, %7) epsilon=0 momentum=0.9
      return y = %8
    }
    graph after {
      %x: float32[batch, 2] = input
      %1: float32[2, 2] = constant [1, 1.5, 3, 3]
      %2: float32[2] = constant [3, 3.5]
      %3: float32[batch, 2] = affine(%x, %1, %2)
      return y = %3
    }"
  `);
});

test("collapseAffineChains leaves a narrow layer between wide ones, and what is an output", () => {
  const x = input("batch", 4);
  const zeros = (...shape: number[]) => b.constant(generate(shape, "float32", () => 0));
  const narrow = b.op("dot", [b.op("dot", [x, zeros(4, 1)]), zeros(1, 4)]);
  expect(collapseAffineChains.run(makeGraph("narrow", { narrow }, [], new Map())).outputs).toEqual({ narrow });
  const middle = b.op("dot", [x, zeros(4, 4)]);
  const last = b.op("dot", [middle, zeros(4, 4)]);
  expect(collapseAffineChains.run(makeGraph("middle", { middle, last }, [], new Map())).outputs).toEqual({
    middle,
    last,
  });
});

test("sumAfterLoops leaves a carry that is none of what is added: the last round alone gives it", () => {
  const [xs, x] = [input("time", "batch", 2), input("batch", 2)];
  const sum = (y: Node) => b.op("sum", [y], { axes: [0], keepDims: false });
  const next = {
    sum: sum(x),
    "sum of sums": b.op("add", [sum(b.op("exp", [x])), sum(b.op("tanh", [x]))]),
    product: b.op("dot", [x, b.op("tanh", [x])], { transposeA: true }),
  };
  for (const [name, given] of Object.entries(next)) {
    const carry = makeNode(inputOp, [], { shape: given.shape, dtype: "float32" });
    const read = b.op(given.rank === 1 ? "add" : "dot", [x, carry]);
    const attributes = {
      body: new Body([carry, x], [given, read]),
      carries: 1,
      sequences: 1,
      length: "time",
      reverse: false,
    };
    const zeros = b.op("broadcastTo", [b.scalar(0)], { shape: given.shape });
    const [last] = b.results(b.op("scan", [zeros, xs], attributes));
    expect(sumAfterLoops.run(makeGraph("f", { last: last! }, [], new Map())).outputs.last, name).toBe(last);
  }
});

test("sumAfterLoops: a gradient that a scan adds up is one product after it", () => {
  const [h, xs, kernel] = [input("batch", 2), input("time", "batch", 2), input(2, 2)];
  const [dKernel, state, x, W] = [input(2, 2), input("batch", 2), input("batch", 2), input(2, 2)];
  const next = b.op("tanh", [b.op("add", [x, b.op("dot", [state, W])])]);
  const body = new Body(
    [dKernel, state, x, W],
    [b.op("add", [dKernel, b.op("dot", [x, next], { transposeA: true })]), next],
  );
  const zeros = b.op("broadcastTo", [b.scalar(0)], { shape: [2, 2] });
  const attributes = { body, carries: 2, sequences: 1, length: "time", reverse: false };
  const [sum] = b.results(b.op("scan", [zeros, h, xs, kernel], attributes));
  expect(beforeAndAfter(sumAfterLoops, { h, xs, kernel }, sum!)).toMatchInlineSnapshot(`
    "graph before {
      %0: float32[2, 2] = broadcastTo(0) shape=[2,2]
      %h: float32[batch, 2] = input
      %xs: float32[time, batch, 2] = input
      %kernel: float32[2, 2] = input
      %4: (float32[2, 2], float32[batch, 2]) = scan(%0, %h, %xs, %kernel) carries=2 sequences=1 length="time"
        body {
          %0: float32[2, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[batch, 2] = input
          %3: float32[2, 2] = input
          %4: float32[batch, 2] = dot(%1, %3)
          %5: float32[batch, 2] = add(%2, %4)
          %6: float32[batch, 2] = tanh(%5)
          %7: float32[2, 2] = dot(%2, %6) transposeA=true
          %8: float32[2, 2] = add(%0, %7)
          return 0 = %8
          return 1 = %6
        }
      %5: float32[2, 2] = result(%4) index=0
      return y = %5
    }
    graph after {
      %xs: float32[time, batch, 2] = input
      %1: float32[batch*time, 2] = reshape(%xs) shape=["batch*time",2]
      %h: float32[batch, 2] = input
      %kernel: float32[2, 2] = input
      %4: (float32[batch, 2], float32[time, batch, 2]) = scan(%h, %xs, %kernel) carries=1 sequences=1 length="time"
        body {
          %0: float32[batch, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[2, 2] = input
          %3: float32[batch, 2] = dot(%0, %2)
          %4: float32[batch, 2] = add(%1, %3)
          %5: float32[batch, 2] = tanh(%4)
          return 0 = %5
          return 1 = %5
        }
      %5: float32[time, batch, 2] = result(%4) index=1
      %6: float32[batch*time, 2] = reshape(%5) shape=["batch*time",2]
      %7: float32[2, 2] = dot(%1, %6) transposeA=true
      return y = %7
    }"
  `);
});

/** A loop of h' = f(tanh(h · W)), and one back through it, which computes the same again for a function of it. */
function backThrough(width: number, f: (y: Node) => Node, gradient: (d: Node, y: Node) => Node) {
  const [h, xs, kernel] = [input("batch", 2), input("time", "batch", 2), input(2, width)];
  const [state, x, W, d] = [input("batch", 2), input("batch", 2), input(2, width), input("batch", 2)];
  const y = b.op("tanh", [b.op("dot", [b.op("add", [x, state]), W])]);
  const body = new Body([state, x, W], [f(y), state]);
  const loop = { length: "time", reverse: false, carries: 1, sequences: 1 };
  const [, history] = b.results(b.op("scan", [h, xs, kernel], { ...loop, body }));
  const back = new Body([d, state, x, W], [gradient(d, y)]);
  const backward = { ...loop, body: back, sequences: 2, reverse: true };
  const [first] = b.results(b.op("scan", [h, history!, xs, kernel], backward));
  return { h, xs, kernel, d: first! };
}

test("keepRounds: what rounds compute by a product is read by those of the gradient", () => {
  const tanhGradient = (d: Node, y: Node) => b.op("tanhGradient", [d, y]);
  const { d, ...inputs } = backThrough(2, (y) => y, tanhGradient);
  expect(beforeAndAfter(keepRounds, inputs, d)).toMatchInlineSnapshot(`
    "graph before {
      %h: float32[batch, 2] = input
      %xs: float32[time, batch, 2] = input
      %kernel: float32[2, 2] = input
      %3: (float32[batch, 2], float32[time, batch, 2]) = scan(%h, %xs, %kernel) length="time" carries=1 sequences=1
        body {
          %0: float32[batch, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[2, 2] = input
          %3: float32[batch, 2] = add(%1, %0)
          %4: float32[batch, 2] = dot(%3, %2)
          %5: float32[batch, 2] = tanh(%4)
          return 0 = %5
          return 1 = %0
        }
      %4: float32[time, batch, 2] = result(%3) index=1
      %5: (float32[batch, 2]) = scan(%h, %4, %xs, %kernel) length="time" reverse=true carries=1 sequences=2
        body {
          %0: float32[batch, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[batch, 2] = input
          %3: float32[2, 2] = input
          %4: float32[batch, 2] = add(%2, %1)
          %5: float32[batch, 2] = dot(%4, %3)
          %6: float32[batch, 2] = tanh(%5)
          %7: float32[batch, 2] = tanhGradient(%0, %6)
          return 0 = %7
        }
      %6: float32[batch, 2] = result(%5) index=0
      return y = %6
    }
    graph after {
      %h: float32[batch, 2] = input
      %xs: float32[time, batch, 2] = input
      %kernel: float32[2, 2] = input
      %3: (float32[batch, 2], float32[time, batch, 2], float32[time, batch, 2]) = scan(%h, %xs, %kernel) length="time" carries=1 sequences=1
        body {
          %0: float32[batch, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[2, 2] = input
          %3: float32[batch, 2] = add(%1, %0)
          %4: float32[batch, 2] = dot(%3, %2)
          %5: float32[batch, 2] = tanh(%4)
          return 0 = %5
          return 1 = %0
          return 2 = %5
        }
      %4: float32[time, batch, 2] = result(%3) index=1
      %5: float32[time, batch, 2] = result(%3) index=2
      %6: (float32[batch, 2]) = scan(%h, %4, %xs, %5, %kernel) length="time" reverse=true carries=1 sequences=3
        body {
          %0: float32[batch, 2] = input
          %1: float32[batch, 2] = input
          %2: float32[batch, 2] = input
          %3: float32[batch, 2] = input
          %4: float32[2, 2] = input
          %5: float32[batch, 2] = tanhGradient(%0, %3)
          return 0 = %5
        }
      %7: float32[batch, 2] = result(%6) index=0
      return y = %7
    }"
  `);
});

test("keepRounds leaves what is more than the gradient's rounds read anyway", () => {
  const narrow = (y: Node) =>
    b.op("sum", [b.op("reshape", [y], { shape: ["batch", 2, 4] })], { axes: [2], keepDims: false });
  const run = (gradient: (d: Node, y: Node) => Node) => {
    const { d } = backThrough(8, narrow, gradient);
    const graph = makeGraph("f", { d }, [], new Map());
    return keepRounds.run(graph) === graph;
  };
  expect(run((d, y) => b.op("multiply", [d, narrow(y)]))).toBe(false);
  expect(run((d, y) => b.op("add", [d, narrow(b.op("square", [y]))]))).toBe(true);
});
