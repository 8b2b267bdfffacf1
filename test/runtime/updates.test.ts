import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { updatesInPlace } from "../../compiler/analysis/in-place.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { compile, dense, input, meanSquaredError, model, rmsprop } from "../../compiler/language.js";
import { GraphDefBuilder } from "../../compiler/lower/graph-def.js";
import { kernelsOf } from "../../compiler/lower/kernelsOf.js";
import { lowerGraph } from "../../compiler/lower/lowerGraph.js";
import { placeholder, sizesOf } from "../../compiler/lower/nodes.js";
import { variableHandle } from "../../compiler/lower/variables.js";
import { optimizeFor } from "../../compiler/pipeline.js";
import { computationOf, type Program } from "../../compiler/program.js";
import { verify } from "../../compiler/verify.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { initialize } from "../../runtime/initialize.js";
import { constantInitializer } from "../../src/initializers/constantInitializer.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { isOp, type Node, type Scope } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { variableOp } from "../../src/ops/variable.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf } from "../support/training.js";

const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
const plain = compile(net, { optimizer: rmsprop({ learningRate: 0.05, momentum: 0.9 }), loss: meanSquaredError() });

type Extra = { readonly updates: [Node<"variable">, Node][]; readonly outputs?: Record<string, Node> };

/** The program with more in its training step: `add` is given what makes variables, and the next value of each that there is. */
function extended(
  add: (tools: {
    keep(name: string, shape: readonly number[]): Node<"variable">;
    variable(name: string): Node<"variable">;
    next(name: string): Node;
  }) => Extra,
): Program {
  const names = new Map<Node | Scope, string>(plain.train.names);
  const variables = new Map(plain.variables);
  const variable = (name: string) => variables.get(name)!;
  const { updates, outputs = {} } = add({
    keep(name, shape) {
      const attributes = {
        name,
        shape,
        dtype: "float32",
        initializer: constantInitializer(0.5),
        trainable: false,
      } as const;
      const node = makeNode(variableOp, [], attributes);
      names.set(node, name);
      variables.set(name, node);
      return node;
    },
    variable,
    next: (name) => plain.train.updates.get(variable(name))!,
  });
  const { train } = plain;
  const all = new Map([...train.updates, ...updates]);
  const graph = verify(makeGraph("train", { ...train.outputs, ...outputs }, all, names, train.gradientOf));
  return { ...plain, train: graph, variables };
}

const mix = (a: Node, c: Node) =>
  b.op("add", [b.op("multiply", [a, b.scalar(0.75)]), b.op("multiply", [c, b.scalar(0.25)])]);
const mean = (x: Node) => b.op("mean", [x], { axes: x.shape.map((_, axis) => axis), keepDims: false });
const square = (x: Node) => b.op("square", [x]);

const programs: Readonly<Record<string, Program>> = {
  "an average of weights reads the new ones": extended(({ keep, next }) => {
    const [kernel, bias] = [keep("average/kernel", [3, 2]), keep("average/bias", [2])];
    return {
      updates: [
        [kernel, mix(kernel, next("dense/kernel"))],
        [bias, mix(bias, next("dense/bias"))],
      ],
    };
  }),
  "a gradient is added up in a variable": extended(({ keep, next, variable }) => {
    const sum = keep("sum", [3, 2]);
    const gradient = next("dense/kernel").inputs[0]!.inputs.at(-1)!;
    // In the weights' place only the sum changes.
    return {
      updates: [
        [sum, b.op("add", [sum, gradient])],
        [variable("dense/kernel"), variable("dense/kernel")],
      ],
    };
  }),
  "two variables change places": extended(({ keep }) => {
    const [left, right] = [keep("left", [2]), keep("right", [2])];
    const last = keep("last", []);
    return {
      updates: [
        [left, b.op("multiply", [right, b.scalar(2)])],
        [right, left],
        [last, b.scalar(3)],
      ],
    };
  }),
  "new weights are reported, and added to the old": extended(({ keep, next, variable }) => {
    const kernel = keep("middle", [3, 2]);
    const middle = b.op("add", [variable("dense/kernel"), next("dense/kernel")]);
    return { updates: [[kernel, middle]], outputs: { size: mean(square(next("dense/bias"))), middle: mean(middle) } };
  }),
  "another variable keeps the old weights": extended(({ keep, variable }) => ({
    updates: [[keep("old", [3, 2]), variable("dense/kernel")]],
  })),
  "a new value goes to another variable": extended(({ keep, next, variable }) => {
    const other = keep("other", [3, 2]);
    return {
      updates: [
        [other, next("dense/kernel")],
        [variable("dense/kernel"), mix(other, variable("dense/kernel"))],
      ],
    };
  }),
};

const x = generate([5, 3], "float32", (i) => Math.sin(i));
const target = generate([5, 2], "float32", (i) => Math.cos(i));

/** What steps leave: what the last one reports, and every variable. */
function steps(program: Program, executable: Executable, count = 3): Record<string, NdArray | number> {
  initialize(computationOf(program), executable, 7);
  const data = executable.upload({ x, target });
  data.setOrder(new Int32Array([0, 1, 2, 3, 4]));
  let report: ReturnType<Executable["run"]> = {};
  for (let step = 0; step < count; step++) report = executable.run("train", data, 0, 5, 5);
  const variables = executable.getVariables([...program.variables.keys()]);
  data.dispose();
  // Generated code reports a batch's mean; a session's step adds up what makes it, of 5 samples of 2 numbers.
  const { loss, ...others } = report;
  return { ...(loss && { loss: loss.data[0]! / 10 }), ...others, ...Object.fromEntries(variables) };
}

function expectSame(actual: Record<string, NdArray | number>, wanted: Record<string, NdArray | number>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) {
    const numbers = (one: NdArray | number) => (typeof one === "number" ? [one] : [...one.data]);
    const found = numbers(actual[name]!);
    numbers(value).forEach((number, i) => {
      expect(found[i], `${name}, element ${i}`).toBeCloseTo(number, 5);
    });
  }
}

describe.each(Object.entries(programs))("%s", (_, program) => {
  const wanted = steps(program, loadReference(computationOf(program)));

  test.each(testedBackends)("on %s", async (backend) => {
    const executable = await loadOn(backend, computationOf(program));
    expectSame(steps(program, executable), wanted);
    executable.dispose();
  });

  test.each(testedBackends)("as generated code on %s", async (backend) => {
    const module = await importGenerated<TrainingModule>(emitTraining(program, { name: "net", source: "net.ts" }));
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const state = module.createState({ seed: 7 });
    const [inputs, targets] = [tensorOf(x), tensorOf(target)];
    let report: Record<string, number> = {};
    for (let step = 0; step < 3; step++) report = module.trainStep(state, inputs, targets);
    const values = Object.entries(state).map(([name, value]) => [name, { data: value.dataSync() }]);
    expectSame({ ...report, ...Object.fromEntries(values) }, wanted);
    expect(tf.memory().numTensors - before).toBe(Object.keys(state).length + 2);
    for (const tensor of [...Object.values(state), inputs, targets]) tensor.dispose();
  });
});

describe("the reference kernels do what the formulas say", () => {
  const reached = (name: string, count: number) => {
    const program = programs[name]!;
    const values = steps(program, loadReference(computationOf(program)), count);
    return (variable: string) => [...(values[variable] as NdArray).data] as number[];
  };

  test("of an average", () => {
    const value = reached("an average of weights reads the new ones", 1);
    value("dense/kernel").forEach((weight, i) => {
      expect(value("average/kernel")[i]).toBeCloseTo(0.75 * 0.5 + 0.25 * weight, 6);
    });
  });

  test("of a gradient that is added up, where the weights stay", () => {
    const value = reached("a gradient is added up in a variable", 2);
    const start = reached("a gradient is added up in a variable", 0);
    expect(value("dense/kernel")).toEqual(start("dense/kernel"));
    // The bias moves meanwhile: the two gradients are those at its values from before each step.
    const at = (bias: number[], input: number, unit: number) => {
      const [X, T, W] = [[...x.data], [...target.data], start("dense/kernel")];
      const errors = [0, 1, 2, 3, 4].map(
        (row) =>
          [0, 1, 2].reduce((sum, i) => sum + X[row * 3 + i]! * W[i * 2 + unit]!, bias[unit]!) - T[row * 2 + unit]!,
      );
      return errors.reduce((sum, error, row) => sum + (2 / 10) * error * X[row * 3 + input]!, 0);
    };
    const biases = [0, 1].map((count) => reached("a gradient is added up in a variable", count)("dense/bias"));
    value("sum").forEach((sum, i) => {
      const added = biases.map((bias) => at(bias, Math.floor(i / 2), i % 2));
      expect(sum).toBeCloseTo(0.5 + added[0]! + added[1]!, 5);
    });
  });

  test("of two variables that change places", () => {
    const value = reached("two variables change places", 3);
    // 0.5, 0.5 → 1, 0.5 → 1, 1 → 2, 1
    expect([value("left"), value("right"), value("last")]).toEqual([[2, 2], [1, 1], [3]]);
  });
});

test("TensorFlow updates in place what goes home, also where it is read, and else by plain arithmetic", () => {
  const rules = (program: Program) =>
    kernelsOf(optimizeFor(program.train, "tensorflow")).filter((op) => /Apply|Assign/.test(op));
  const apply = "ResourceApplyRMSProp";
  const assign = "AssignVariableOp";
  expect(rules(plain)).toEqual([apply, apply]);
  expect(rules(programs["an average of weights reads the new ones"]!)).toEqual([apply, apply, assign, assign]);
  // The old kernel is wanted when all is done: the new one has to be another's memory.
  expect(rules(programs["another variable keeps the old weights"]!).filter((op) => op === apply)).toHaveLength(1);
  // Who adds the old weights to the new ones needs both at once.
  expect(rules(programs["new weights are reported, and added to the old"]!).sort()).toEqual([
    assign,
    assign,
    assign,
    assign,
    apply,
  ]);
  const moved = programs["a new value goes to another variable"]!.train;
  expect([...updatesInPlace(moved).nodes].map((node) => moved.names.get(node.inputs[0]!))).toEqual(["dense/bias"]);
  expect(optimizeFor(moved, "tensorflow").nodes.filter((node) => isOp(node, "applyRmsProp"))).toHaveLength(1);
});

test("in TensorFlow's graph, what is done in place waits for the read of what it changes, and for who uses it", () => {
  const { train } = plain;
  const graph = optimizeFor(train, "tensorflow");
  const builder = new GraphDefBuilder();
  const all = <N extends "input" | "variable">(op: N) => graph.nodes.filter((node): node is Node<N> => isOp(node, op));
  const feeds = new Map(all("input").map((node) => [node, placeholder(builder, "fed", node.dtype, node.shape)]));
  const handles = new Map(all("variable").map((node) => [node, variableHandle(builder, node.attributes.name, node)]));
  lowerGraph(graph, { builder, feeds, handles, sizes: sizesOf(builder, feeds, new Map()) });
  const { node: nodes } = builder.finish();
  const waits = (variable: string) => {
    const rule = nodes.find(({ op, input }) => op === "ResourceApplyRMSProp" && input[0] === variable)!;
    const awaited = rule.input.filter((name) => name.startsWith("^")).map((name) => name.slice(1));
    return awaited.map((name) => nodes.find((node) => node.name === name)!.op).sort();
  };
  expect(waits("kernel")).toEqual(["ReadVariableOp", "_FusedMatMul"]);
  expect(waits("bias")).toEqual(["ReadVariableOp", "_FusedMatMul"]);
});
