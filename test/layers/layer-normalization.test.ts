import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  compile,
  constant,
  dense,
  groupNormalization,
  input,
  type Loss,
  layerNormalization,
  meanSquaredError,
  model,
  normalize,
  rmsNormalization,
  sequential,
  sgd,
  type Tensor,
  unitNormalization,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { eager, open } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { mapDims } from "../../src/ops/mapDims.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

type Weights = Readonly<Record<string, number[]>>;

/** A layer of Keras, and what it gives: test/fixtures/layer-norm.py. */
interface Case {
  readonly kind: "layerNormalization" | "groupNormalization" | "rmsNormalization" | "unitNormalization";
  readonly shape: number[];
  readonly options: object;
  readonly start: Weights;
  readonly trained: Weights;
  readonly [number: string]: unknown;
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/layer-norm.json", import.meta.url), "utf8"));
const steps = 3;
const all = [...testedBackends, "reference"] as const;
const arrayOf = (numbers: unknown, shape: readonly number[]) =>
  array(Float32Array.from(numbers as number[]), [...shape]) as NdArray;

const layers = { layerNormalization, groupNormalization, rmsNormalization, unitNormalization };

function modelOf({ kind, shape, options }: Case) {
  const layer = layers[kind] as unknown as typeof layerNormalization;
  const x = input(["batch", ...shape.slice(1)] as any) as Tensor<any>;
  return model({ x }, (inputs) => layer(inputs.x as Tensor<["batch", 3]>, options));
}

const programOf = (of: Case): Program =>
  compile(modelOf(of), {
    optimizer: sgd({ learningRate: 0.1 }),
    loss: meanSquaredError() as Loss<any>,
  }) as unknown as Program;

describe.each(cases)("$kind of $shape with $options is Keras's", (of) => {
  const x = arrayOf(of.x, of.shape);
  const target = arrayOf(of.target, of.shape);
  const width = [of.shape.at(-1)!];
  const starts = Object.entries(of.start);
  const weighted = starts.length > 0;

  test.each(all)("in value, gradients and a second derivative on %s", async (on) => {
    const net = modelOf(of);
    const arrays = [x, target, ...starts.map(([, numbers]) => arrayOf(numbers, width))];
    const [xNode, targetNode, ...stands] = inputsFor(arrays);
    const known = new Map<Node, Node>(
      starts.map(([name], i) => [net.variables.get(`${of.kind}/${name}`)!, stands[i]!] as const),
    );
    const [y] = rebuild([nodeOf(net.output)], known.set(nodeOf(net.inputs.x), xNode!), (node) =>
      mapDims(node, (dim) => (dim === "batch" ? of.shape[0]! : dim)),
    );
    const axes = of.shape.map((_, axis) => axis);
    const squares = (op: "mean" | "sum", node: typeof y) =>
      b.op(op, [b.op("square", [node!])], { axes, keepDims: false });
    const slopes = gradientNodes(squares("mean", b.op("subtract", [y!, targetNode!])), [xNode!, ...stands]);
    const [ddx] = gradientNodes(squares("sum", slopes[0]), [xNode!]);
    const outputs = Object.fromEntries([
      ["y", y!],
      ["ddx", ddx!],
      ...["x", ...Object.keys(of.start)].map((name, i) => [`d${name}`, slopes[i]!]),
    ]);
    const computation = computationFor([xNode!, targetNode!, ...stands], outputs);
    const executable = on === "reference" ? loadReference(computation) : await loadOn(on, computation);
    const found = callWith(executable, arrays);
    executable.dispose();
    for (const name of Object.keys(outputs)) {
      // The second derivative is a difference of numbers that are larger by a factor of ten.
      expectNumbers(found[name]!.data as Float32Array, of[name] as number[], name, name === "ddx" ? 2e-4 : 2e-5);
    }
  });

  test.each(weighted ? all : [])("after three steps of training on %s", async (backend) => {
    const session = await open(programOf(of), { backend });
    for (const [name, numbers] of starts) await session.setWeight(`${of.kind}/${name}`, arrayOf(numbers, width));
    const options = { batchSize: of.shape[0]!, epochs: steps, shuffle: false, verbose: "silent" } as const;
    await session.fit({ x } as any, target as any, options);
    for (const [name, wanted] of Object.entries(of.trained)) {
      expectNumbers(session.getWeight(`${of.kind}/${name}`).data as Float32Array, wanted, name);
    }
    const predicted = (await session.predict({ x } as any)) as NdArray;
    expectNumbers(predicted.data as Float32Array, of.predicted as number[], "predicted");
    session.dispose();
  });

  test.each(weighted ? testedBackends : [])("after three steps of generated code on %s", async (backend) => {
    const text = emitTraining(programOf(of), { name: "program", source: "test" });
    const module = await importGenerated<TrainingModule>(text);
    await tf.setBackend(backend);
    const weights = Object.fromEntries(
      starts.map(([name, numbers]) => [`${of.kind}/${name}`, tfjsTensorOf(arrayOf(numbers, width))]),
    );
    const state = module.createState({ weights });
    const [xs, targets] = [tfjsTensorOf(x), tfjsTensorOf(target)];
    for (let step = 0; step < steps; step++) module.trainStep(state, xs, targets);
    for (const [name, wanted] of Object.entries(of.trained)) {
      expectNumbers((await state[`${of.kind}/${name}`]!.data()) as Float32Array, wanted, name);
    }
    tf.dispose([xs, targets, state, weights] as any);
  });

  test("eagerly", async () => {
    const session = await eager({ backend: "reference" });
    const net = session.model(modelOf(of)) as any;
    for (const [name, numbers] of starts) {
      net.variables[`${of.kind}/${name}`].assign(constant(arrayOf(numbers, width) as any));
    }
    const y = net({ x: constant(x as any) }) as Tensor<any>;
    expectNumbers(session.value(y).data as Float32Array, of.y as number[], "y");
    session.dispose();
  });
});

test("it shares its weights where it is called twice, and all that it computes is the layer's", () => {
  const net = model({ a: input(["batch", 4]), b: input(["batch", 4]) }, (inputs) => {
    const normal = layerNormalization({ name: "normal" });
    return add(normal(inputs.a), normal(inputs.b));
  });
  expect([...net.variables.keys()]).toEqual(["normal/gamma", "normal/beta"]);
  const [first] = nodeOf(net.output).inputs;
  const ops: string[] = [];
  const visit = (node: Node) => {
    if (node.op === "input" || node.op === "constant") return;
    expect(node.scope?.kind, node.op).toBe("layerNormalization");
    ops.push(node.op);
    node.inputs.forEach(visit);
  };
  visit(first!);
  expect(new Set(ops)).toEqual(
    new Set(["add", "multiply", "subtract", "mean", "square", "sqrt", "divide", "variable"]),
  );
});

test("without weights it takes none", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) =>
    sequential(x, layerNormalization({ center: false, scale: false }), dense({ units: 2 })),
  );
  expect([...net.variables.keys()]).toEqual(["dense/kernel", "dense/bias"]);
});

test.each([
  [{ epsilon: 0 }, "epsilon is 0, but must be a positive number of float32"],
  [{ epsilon: Number.NaN }, "epsilon is NaN, but must be a positive number of float32"],
  [{ epsilon: null }, "epsilon is null, but must be a positive number of float32"],
  [{ epsilon: "" }, 'epsilon is "", but must be a positive number of float32'],
  [{ center: 1 }, "center is 1, but must be true or false"],
  [{ scale: null }, "scale is null, but must be true or false"],
  [
    { axis: -1 },
    'no option is named "axis"; there are name, trainable, activityRegularizer, center, scale, gammaInitializer, betaInitializer, ' +
      "gammaRegularizer, betaRegularizer, gammaConstraint, betaConstraint, epsilon",
  ],
])("%o is refused", (options, fault) => {
  expect(() => layerNormalization(options as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `layerNormalization: ${fault}` }),
  );
});

test("a scalar of unknown shape is refused when it is known", () => {
  expect(() => layerNormalization(constant(1) as Tensor<any>)).toThrow(
    expect.objectContaining({
      code: "SW_SHAPE",
      message: "layerNormalization: takes an input with channels, its last axis, got a scalar",
    }),
  );
});

const call = (layer: unknown, x: Tensor<any>, options: unknown) => () =>
  (layer as (...args: unknown[]) => unknown)(x, options);
const x = input(["batch", 6]) as Tensor<any>;

test.each([
  [
    "groupNormalization: groups is 0, but must be a positive integer, or -1 for a group of each channel",
    groupNormalization,
    x,
    { groups: 0 },
  ],
  [
    "groupNormalization: groups is 1.5, but must be a positive integer, or -1 for a group of each channel",
    groupNormalization,
    x,
    { groups: 1.5 },
  ],
  [
    "groupNormalization: groups is null, but must be a positive integer, or -1 for a group of each channel",
    groupNormalization,
    x,
    { groups: null },
  ],
  ["groupNormalization: 6 channels do not divide into 4 groups", groupNormalization, x, { groups: 4 }],
  ["groupNormalization: 6 channels do not divide into 32 groups", groupNormalization, x, {}],
  [
    "groupNormalization: takes an input with a batch axis and channels, got [6]",
    groupNormalization,
    input([6]),
    { groups: 2 },
  ],
  ["rmsNormalization: takes an input with channels, its last axis, got a scalar", rmsNormalization, input([]), {}],
  ["rmsNormalization: takes float32, got int32; use cast() first", rmsNormalization, input([3], "int32"), {}],
  ['rmsNormalization: epsilon is "", but must be a positive number of float32', rmsNormalization, x, { epsilon: "" }],
  ["unitNormalization: axis -1 is out of range for [] (a scalar has no axes)", unitNormalization, input([]), {}],
  ["unitNormalization: axis 1 of [batch, 6] is given twice", unitNormalization, x, { axis: [-1, 1] }],
  [
    "unitNormalization: axis is null, but must be the number of an axis, or a list of them",
    unitNormalization,
    x,
    { axis: null },
  ],
  ["normalize: axis 1.5 is out of range for [batch, 6] (rank 2: -2 to 1)", normalize, x, { axis: 1.5 }],
  ["normalize: epsilon is 0, but must be a positive number of float32", normalize, x, { epsilon: 0 }],
  ["normalize: takes float32, got bool; use cast() first", normalize, input([3], "bool"), {}],
] as const)("%s", (message, layer, given, options) => {
  expect(call(layer, given as Tensor<any>, options)).toThrow(message);
});
