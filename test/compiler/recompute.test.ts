import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { graphCost } from "../../compiler/analysis/cost.js";
import { updatesInPlace } from "../../compiler/analysis/in-place.js";
import { peakMemory } from "../../compiler/analysis/memory.js";
import {
  add,
  compile,
  dense,
  dropout,
  input,
  type Loss,
  meanSquaredError,
  model,
  multiply,
  ones,
  relu,
  reshape,
  sgd,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { kernelsOf } from "../../compiler/lower/kernelsOf.js";
import { lowerProgram } from "../../compiler/lower/lowerProgram.js";
import { SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { budgetFor } from "../../compiler/memory.js";
import { forwardPassOf } from "../../compiler/passes/recompute/forward.js";
import { recomputed } from "../../compiler/passes/recompute/recomputed.js";
import { recompute } from "../../compiler/passes/recompute.js";
import { optimize, retarget } from "../../compiler/pipeline.js";
import { computationOf, type Program } from "../../compiler/program.js";
import { verify } from "../../compiler/verify.js";
import { program as resnet50 } from "../../examples/models/resnet50.js";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import type { Machine } from "../../runtime/backends/machine.js";
import { referenceMachine } from "../../runtime/backends/reference.js";
import { initialize } from "../../runtime/initialize.js";
import { constantInitializer } from "../../src/initializers/constantInitializer.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { type Graph, makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { hasResults } from "../../src/ir/op.js";
import { within } from "../../src/ir/place.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import { variableOp } from "../../src/ops/variable.js";

const dims = new Map([["batch", 100]]);
const loss = meanSquaredError() as Loss<any>;
const peak = (graph: Graph) => peakMemory(graph, dims).bytes;
const flops = (graph: Graph) => graphCost(graph, dims).flops;

/** Layers of one width, as many as are wanted. */
function deep(layers: number): Program {
  const net = model({ x: input(["batch", 50]) }, ({ x }) => {
    let h: Tensor<["batch", number]> = x;
    for (let i = 0; i < layers; i++) h = dense(h, { units: 50, activation: relu });
    return dense(h, { units: 1 });
  });
  return compile(net, { optimizer: sgd(), loss });
}

describe("a chain of layers", () => {
  const { train } = deep(64);
  const layer = 4 * 100 * 50;

  test("that fits is left as it is", () => {
    expect(recompute({ bytes: peak(train), dims }).run(train)).toBe(train);
  });

  test.each([0.9, 0.7, 0.5, 0.35])("fits %s of its memory, computing again less than one forward pass", (share) => {
    const budget = share * peak(train);
    const fitted = verify(recompute({ bytes: budget, dims }).run(train));
    expect(peak(fitted)).toBeLessThanOrEqual(budget);
    const forward = 64 * (2 * 50 * 50 + 2 * 50) * 100;
    expect(flops(fitted) - flops(train)).toBeGreaterThan(0);
    expect(flops(fitted) - flops(train)).toBeLessThanOrEqual(forward);
  });

  test("takes memory that grows with the root of its length", () => {
    // With segments of √n layers, √n values are held at the cuts and √n within a segment: Chen et al., section 4.1.
    const least = peak(recompute({ bytes: 1, dims }).run(train));
    expect(least).toBeLessThan((2 * Math.sqrt(64) + 6) * layer);
    const longer = peak(recompute({ bytes: 1, dims }).run(deep(256).train));
    expect(longer / least).toBeLessThan(2.2);
  });

  test("gets a smaller budget by computing more again", () => {
    const again = [0.8, 0.6, 0.4].map((share) => flops(recompute({ bytes: share * peak(train), dims }).run(train)));
    expect(again).toEqual(again.toSorted((a, b) => a - b));
  });

  test("is not put together again: by the passes, nor where equal TensorFlow nodes become one", () => {
    const fitted = recompute({ bytes: 0.5 * peak(train), dims }).run(train);
    expect(peak(optimize(fitted))).toBe(peak(fitted));
    const forward = (graph: Graph) => kernelsOf(graph).filter((name) => name === "_FusedMatMul").length;
    const copies = fitted.nodes.filter(({ op }) => op === "affine").length - 65;
    expect(copies).toBeGreaterThan(20);
    expect(forward(fitted) - forward(train)).toBe(copies);
  });
});

test("TensorFlow computes nothing again before all that comes earlier in the plan is done", () => {
  // What is ready runs in an order of TensorFlow's own: a gradient that it puts off holds what it reads.
  const program = deep(24);
  const train = recompute({ bytes: 1, dims }).run(program.train);
  const { savedModel } = lowerProgram(retarget(computationOf({ ...program, train }), "tensorflow"));
  const { node: nodes } = fromBinary(SavedModelSchema, savedModel).metaGraphs[0]!.graphDef!;
  const step = nodes.filter(({ name }) => name.startsWith("train/"));
  const before = new Map<string, Set<string>>();
  for (const { name, input } of step) {
    const names = input.map((edge) => edge.replace(/^\^|:\d+$/g, "")).filter((from) => before.has(from));
    before.set(name, new Set(names.flatMap((from) => [from, ...before.get(from)!])));
  }
  const products = step.filter(({ op }) => op === "MatMul" || op === "_FusedMatMul");
  const barriers = step.filter(({ name }) => /\/after(_\d+)?$/.test(name));
  expect(barriers.length).toBeGreaterThan(3);
  for (const barrier of barriers) {
    const earlier = products.filter((product) => step.indexOf(product) < step.indexOf(barrier));
    expect(earlier.filter(({ name }) => !before.get(barrier.name)!.has(name))).toEqual([]);
  }
  // The forward pass, and of every layer behind the last segment the gradients of its input and of its weights.
  const last = before.get(barriers.at(-1)!.name)!;
  expect(products.filter(({ name }) => last.has(name)).length).toBeGreaterThan(25 + 2 * 12);
});

test("ResNet-50 trains in half of its memory for an eighth more operations", () => {
  const { train } = resnet50;
  const batch = new Map([["batch", 32]]);
  const [before, budget] = [graphCost(train, batch), 0.5 * graphCost(train, batch).peakBytes];
  const after = graphCost(verify(recompute({ bytes: budget, dims: batch }).run(train)), batch);
  expect(after.peakBytes).toBeLessThanOrEqual(budget);
  expect(after.flops / before.flops).toBeLessThan(1.125);
});

type Layer = "relu" | "tanh" | "dropout" | "skip" | "gate";
const layers = fc.array(fc.constantFrom<Layer>("relu", "tanh", "dropout", "skip", "gate"), {
  minLength: 2,
  maxLength: 12,
});

/** A network whose layers read the last value, and some an earlier one too. */
function networkOf(kinds: readonly Layer[]): Program {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => {
    const values: Tensor<["batch", 3]>[] = [x];
    for (const kind of kinds) {
      const h = values.at(-1)!;
      const earlier = values[Math.floor(values.length / 2)]!;
      if (kind === "relu") values.push(dense(h, { units: 3, activation: relu }));
      if (kind === "tanh") values.push(tanh(h));
      if (kind === "dropout") values.push(dropout(h, 0.3));
      if (kind === "skip") values.push(add(h, earlier));
      if (kind === "gate") values.push(multiply(dense(h, { units: 3 }), earlier));
    }
    return dense(values.at(-1)!, { units: 2 });
  });
  return compile(net, { optimizer: sgd(), loss });
}

/** The variables after one step on the reference kernels. */
function afterOneStep(program: Program): Record<string, NdArray> {
  const executable = new Interpreter(referenceMachine, computationOf(program));
  initialize(executable.computation, executable, 3);
  const x = generate([5, 3], "float32", (i) => Math.sin(i));
  const data = executable.upload({ x, target: generate([5, 2], "float32", (i) => Math.cos(i)) });
  data.setOrder(new Int32Array([0, 1, 2, 3, 4]));
  executable.run("train", data, 0, 5, 5);
  return Object.fromEntries(executable.getVariables([...program.variables.keys()]));
}

test("random networks take the same step, whatever the budget", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(layers, share, (kinds, part) => {
      const program = networkOf(kinds);
      const train = verify(recompute({ bytes: Math.max(1, part * peak(program.train)), dims }).run(program.train));
      expect(peak(train)).toBeLessThanOrEqual(peak(program.train));
      expect(afterOneStep({ ...program, train })).toEqual(afterOneStep(program));
    }),
    { numRuns: 60 },
  );
});

test("nothing that is computed again waits for an update in place, or for what reads its result", () => {
  const zero = constantInitializer(0);
  const made = ["w", "other", "kept"].map((name) =>
    makeNode(variableOp, [], { name, shape: [4], dtype: "float32", initializer: zero, trainable: true }),
  );
  const [w, other, kept] = made as [Node<"variable">, Node<"variable">, Node<"variable">];
  const x = makeNode(inputOp, [], { shape: ["batch", 4], dtype: "float32" });
  const y = b.op("exp", [b.op("multiply", [x, w])]);
  const gradient = (of: Node) =>
    within({ part: "backward" }, () => b.op("sum", [b.op("square", [of])], { axes: [0], keepDims: false }));
  const first = gradient(y);
  const [next] = within({ part: "update" }, () => b.results(b.op("applyGradientDescent", [w, b.scalar(0.1), first])));
  const late = within({ part: "update" }, () => b.op("neg", [next!]));
  const second = gradient(b.op("sin", [y]));
  const updates = [
    [kept, late],
    [w, next!],
    [other, second],
  ] as const;
  const graph = makeGraph("train", {}, updates, new Map());
  expect(updatesInPlace(graph).nodes.size).toBe(1);
  const again = recomputed(graph, forwardPassOf(graph), new Set());
  expect(again.again.map(({ op }) => op)).toEqual(["multiply", "exp", "sin"]);
  expect(updatesInPlace(verify(again.graph)).nodes.size).toBe(1);
});

/** The most bytes that an interpreter holds at once in a training step. */
function heldBy(program: Program): number {
  const machine = new CountingMachine();
  const executable = new Interpreter(machine, computationOf(program));
  initialize(executable.computation, executable, 3);
  const data = executable.upload({ x: zeros([5, 3]), target: zeros([5, 2]) });
  data.setOrder(new Int32Array([0, 1, 2, 3, 4]));
  machine.begin();
  executable.run("train", data, 0, 5, 5);
  return machine.peak;
}

test("the analysis says what an interpreter really holds", () => {
  fc.assert(
    fc.property(layers, fc.boolean(), (kinds, tight) => {
      const program = networkOf(kinds);
      const train = tight ? recompute({ bytes: 1, dims }).run(program.train) : program.train;
      expect(heldBy({ ...program, train })).toBe(peakMemory(train, new Map([["batch", 5]])).bytes);
    }),
    { numRuns: 40 },
  );
});

test("a view of a variable is the variable's memory, which is there all the time", () => {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => {
    const scale = reshape(variable("scale", [3], ones()), [1, 3]);
    return dense(multiply(dense(x, { units: 3 }), scale), { units: 2 });
  });
  const program = compile(net, { optimizer: sgd(), loss });
  expect(program.train.nodes.some(({ op, inputs }) => op === "reshape" && inputs[0]!.op === "variable")).toBe(true);
  expect(heldBy(program)).toBe(peakMemory(program.train, new Map([["batch", 5]])).bytes);
});

const zeros = (shape: number[]) => generate(shape, "float32", () => 0);

/** The reference kernels, with a count of the bytes that live between `begin` and the end. */
class CountingMachine implements Machine<NdArray> {
  readonly backend = "reference";
  /** How many values share each array: views do. */
  readonly #holders = new Map<object, number>();
  /** The memory of variables and constants, which does not count, whatever is a view of it. */
  readonly #there = new Set<object>();
  #live = 0;
  peak = 0;

  /** From now on values count; the variables are there already. */
  begin(): void {
    for (const data of this.#holders.keys()) this.#there.add(data);
    this.#holders.clear();
    this.#live = 0;
    this.peak = 0;
  }

  fromHost(value: NdArray): NdArray {
    return this.#hold(value);
  }

  toHost(value: NdArray): NdArray {
    return value;
  }

  run(...[definition, inputs, context]: Parameters<Machine<NdArray>["run"]>): readonly NdArray[] {
    const results = referenceMachine.run(definition, inputs, context);
    if (definition.name === "constant") this.#there.add(results[0]!.data);
    // Updates happen in place.
    if (hasResults(definition) && definition.inPlace) return results;
    return results.map((value) => this.#hold(value));
  }

  dispose(value: NdArray): void {
    const holders = this.#holders.get(value.data);
    if (holders === undefined) return;
    this.#holders.set(value.data, holders - 1);
    if (holders === 1) {
      this.#live -= value.data.byteLength;
      this.#holders.delete(value.data);
    }
  }

  #hold(value: NdArray): NdArray {
    if (this.#there.has(value.data)) return value;
    const holders = this.#holders.get(value.data) ?? 0;
    this.#holders.set(value.data, holders + 1);
    if (holders === 0) this.#live += value.data.byteLength;
    this.peak = Math.max(this.peak, this.#live);
    return value;
  }
}

describe("compile's option", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(tanh(dense(x, { units: 8 })), { units: 2 }));
  const compiled = (memory: { budget: number; dims: Record<string, number> }) =>
    compile(net, { optimizer: sgd(), loss, memory });

  const cases: [string, Parameters<typeof compiled>[0], string][] = [
    ["no budget", { budget: 0, dims: { batch: 1 } }, "compile: memory: budget 0 is not a positive number of bytes"],
    ["a missing size", { budget: 1e6, dims: {} }, 'compile: memory: dims gives no size for "batch"'],
    ["another dim", { budget: 1e6, dims: { bach: 1 } }, 'compile: memory: the model has no dim "bach"; it has "batch"'],
    ["no size", { budget: 1e6, dims: { batch: 1.5 } }, "compile: memory: dims.batch 1.5 is not a positive integer"],
  ];
  test.each(cases)("%s", (_, memory, message) => {
    expect(() => compiled(memory)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });

  test.each([
    [2000, 1000],
    [64e6, 32e6],
    [157e6, 100e6],
    [2.032e9, 1.6e9],
  ])("of %d bytes, %d are for values: the rest is for kernels and the allocator", (budget, values) => {
    expect(budgetFor(values)).toBe(budget);
    expect(compiled({ budget, dims: { batch: 100 } }).budget!.bytes).toBe(values);
  });

  test("a budget that cannot be met is come near to, with a warning", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { train } = compiled({ budget: 1000, dims: { batch: 100 } });
    const reached = `${(budgetFor(peak(train)) / 1e3).toPrecision(3)} kB`;
    expect(warn.mock.calls).toEqual([
      [
        `shapewright: a training step takes ${reached} at batch = 100, computing again what can be, and the budget is 1.00 kB; use a smaller batch`,
      ],
    ]);
    warn.mockRestore();
  });
});
