import { expect, test } from "vitest";
import { composedFormulas } from "../../compiler/emit/typescript/composedFormulas.js";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  greater,
  input,
  inverse,
  layerNormalization,
  model,
  multiply,
  neg,
  pow,
  sqrt,
  square,
  type Tensor,
} from "../../compiler/language.js";
import * as kernels from "../../runtime/kernels/index.js";
import { makeGraph, usersOf } from "../../src/ir/graph.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import { registry } from "../../src/ops/registry.js";
import { convnetProgram, mnistProgram } from "../support/programs.js";

const source = "examples/02-mnist.ts";

test("the MNIST program's training, written out", async () => {
  const text = emitTraining(mnistProgram(), { name: "program", source });
  await expect(text).toMatchFileSnapshot("generated/mnist.train.ts");
});

test("the MNIST program's prediction, written out", async () => {
  const text = emitPrediction(mnistProgram(), { name: "program", source });
  await expect(text).toMatchFileSnapshot("generated/mnist.predict.ts");
});

test("the convnet's training, written out", async () => {
  const text = emitTraining(convnetProgram(), { name: "program", source: "examples/03-mnist-convnet.ts" });
  await expect(text).toMatchFileSnapshot("generated/convnet.train.ts");
});

test("the same program gives the same bytes, built and compiled anew", () => {
  for (const make of [mnistProgram, convnetProgram]) {
    const [first, second] = [make(), make()].map((program) => emitTraining(program, { name: "program", source }));
    expect(second).toBe(first);
  }
});

test("a model and its program predict by the same code", () => {
  const program = mnistProgram();
  const options = { name: "digits", source };
  expect(emitPrediction(program.model, options)).toBe(emitPrediction(program, options));
});

test("no line is wider than 120 columns, none ends in a space, and the code imports the helper alone", () => {
  const text = emitTraining(convnetProgram(), { name: "program", source });
  expect(text.split("\n").filter((line) => line.length > 120 || / $/.test(line))).toEqual([]);
  expect([...text.matchAll(/^(?:import|\}) .*from "(.*)";$/gm)].map(([, specifier]) => specifier)).toEqual([
    "shapewright/kernels",
  ]);
});

test("no function that code runs on is called as an op is, but what gives sizes", () => {
  // Code makes the functions of ops itself: one of the helper's would hide it.
  expect(Object.keys(registry).filter((op) => op in kernels)).toEqual(["size"]);
});

test("a formula has brackets around a power of which a power or a root is taken, and nowhere else", () => {
  const formulas = Object.entries({
    "(x²)²": (x) => square(square(x)),
    "√(x²)": (x) => sqrt(square(x)),
    "(√x)²": (x) => square(sqrt(x)),
    "(x²) ^ 3.5": (x) => pow(square(x), 3.5),
    "(x⁻¹)²": (x) => square(inverse(x)),
    "-x²": (x) => neg(square(x)),
    "x² · √x": (x) => multiply(square(x), sqrt(x)),
    "(x + 1)²": (x) => square(add(x, 1)),
    "x² > √x": (x) => greater(square(x), sqrt(x)),
  } satisfies Record<string, (x: Tensor<[2, 2]>) => Tensor<any, any>>);
  const x = input([2, 2]);
  const nameOf = (node: Node) => (isOp(node, "constant") ? String(node.attributes.value.data[0]) : "x");
  for (const [formula, f] of formulas) {
    const graph = makeGraph("f", { y: nodeOf(f(x)) }, [], new Map());
    const statements = graph.nodes.filter(({ inputs }) => inputs.length > 0);
    const { starts } = composedFormulas(graph, statements, nameOf, () => false, usersOf(graph));
    expect([...starts.values()].map(({ text }) => text)).toEqual([formula]);
  }
});

test("statements of a layer of which only the next one reads a value are told as one formula", () => {
  const normalized = model({ x: input(["batch", 4]) }, ({ x }) => layerNormalization(x, { name: "norm" }));
  const text = emitPrediction(normalized, { name: "normalized", source });
  expect([...text.matchAll(/^ {2}\/\/ (.*)$/gm)].map(([, formula]) => formula)).toEqual([
    "norm_difference = x - mean(x)",
    "norm = norm_difference · 1 / √(mean(norm_difference²) + 0.001) · norm/gamma + norm/beta",
  ]);
});
