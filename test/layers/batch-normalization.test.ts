import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { freezeComputation } from "../../compiler/freezeComputation.js";
import { initialValue } from "../../compiler/initialValue.js";
import {
  activation,
  add,
  type BatchNormalizationOptions,
  batchNormalization,
  broadcastTo,
  compile,
  constant,
  conv2d,
  dense,
  flatten,
  input,
  type Loss,
  meanSquaredError,
  model,
  relu,
  scan,
  sequential,
  sgd,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { computationOf, type Program } from "../../compiler/program.js";
import { specializeTraining } from "../../compiler/specializeTraining.js";
import { eager, open } from "../../runtime/index.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

/** A layer of Keras, and what it gives: test/fixtures/batch-norm.py. */
interface Case {
  readonly shape: number[];
  readonly options: BatchNormalizationOptions;
  readonly start: Readonly<Record<string, number[]>>;
  readonly [number: string]: unknown;
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/batch-norm.json", import.meta.url), "utf8"));
const steps = 5;

const loss = meanSquaredError() as Loss<any>;

function modelOf({ shape, options }: Case) {
  return model({ x: input(["batch", ...shape.slice(1)] as any) as Tensor<any> }, ({ x }) =>
    batchNormalization(x as Tensor<["batch", 3]>, options),
  );
}

const programOf = (of: Case): Program =>
  compile(modelOf(of), { optimizer: sgd({ learningRate: 0.1 }), loss }) as unknown as Program;

const variableName = (weight: string) => `batchNormalization/${weight}`;

/** Some of a case's numbers, as many as a shape has. */
function numbersOf(of: Case, name: string, shape: readonly number[]): NdArray {
  const count = shape.reduce((product, size) => product * size, 1);
  return array(Float32Array.from((of[name] as number[]).slice(0, count)), [...shape]) as NdArray;
}

/** The numbers of all steps, one batch behind the other. */
const allOf = (of: Case, name: string) => numbersOf(of, name, of.shape.with(0, of.shape[0]! * steps));

describe.each(cases)("batchNormalization of $shape with $options is Keras's", (of) => {
  const [channels] = of.shape.slice(-1);
  const weights = Object.entries(of.start).map(([name, numbers]) => [name, batch(numbers, [channels!])] as const);

  test.each([...testedBackends, "reference"] as const)(
    "in value, gradients and a second derivative on %s",
    async (on) => {
      const net = modelOf(of);
      const [x, target, count] = inputsFor([numbersOf(of, "x", of.shape), numbersOf(of, "target", of.shape), scalar]);
      const stands = inputsFor(weights.map(([, value]) => value));
      const known = new Map<Node, Node>(
        weights.map(([name], i) => [net.variables.get(variableName(name))!, stands[i]!]),
      );
      const { outputs: trained } = specializeTraining([nodeOf(net.output)], count!, net.names, 0);
      const [y] = rebuild(trained, known.set(nodeOf(net.inputs.x), x!));
      const axes = of.shape.map((_, axis) => axis);
      const reduced = (op: "mean" | "sum", node: Node) => b.op(op, [b.op("square", [node])], { axes, keepDims: false });
      const slopes = gradientNodes(reduced("mean", b.op("subtract", [y!, target!])), [x!, ...stands]);
      const [ddx] = gradientNodes(reduced("sum", slopes[0]!), [x!]);
      const outputs = Object.fromEntries([
        ["y", y!],
        ["ddx", ddx!],
        ...["x", ...Object.keys(of.start)].map((name, i) => [`d${name}`, slopes[i]!]),
      ]);
      const arrays = [
        numbersOf(of, "x", of.shape),
        numbersOf(of, "target", of.shape),
        ...weights.map(([, value]) => value),
      ];
      const computation = computationFor([x!, target!, ...stands], outputs);
      const executable = on === "reference" ? undefined : await loadOn(on, computation);
      const found = executable ? callWith(executable, arrays) : callReference(computation, arrays);
      executable?.dispose();
      // The second derivative is a difference of numbers that are larger by a factor of ten.
      for (const name of Object.keys(outputs))
        expectNumbers(found[name]!.data, of[name] as number[], name, name === "ddx" ? 2e-4 : 2e-5);
    },
  );

  test.each([...testedBackends, "reference"] as const)("after five steps of training on %s", async (backend) => {
    const session = await open(programOf(of), { backend });
    try {
      for (const [name, value] of weights) await session.setWeight(variableName(name), value);
      const { history } = await session.fit({ x: allOf(of, "x") } as any, allOf(of, "target") as any, {
        batchSize: of.shape[0]!,
        epochs: 1,
        shuffle: false,
      });
      expectNumbers(history.loss!, of.loss as number[], "loss");
      for (const name of ["movingMean", "movingVariance", ...Object.keys(of.start)]) {
        expectNumbers(session.getWeight(variableName(name)).data, of[name] as number[], name);
      }
      const predicted = (await session.predict({ x: numbersOf(of, "x", of.shape) } as any)) as NdArray;
      expectNumbers(predicted.data, of.predicted as number[], "predicted");
    } finally {
      session.dispose();
    }
  });

  test.each(testedBackends)("after five steps of generated code on %s", async (backend) => {
    const text = emitTraining(programOf(of), { name: "program", source: "test" });
    const module = await importGenerated<TrainingModule>(text);
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const given = Object.fromEntries(weights.map(([name, value]) => [variableName(name), tfjsTensorOf(value)]));
    const state = module.createState({ weights: given });
    const [xs, targets] = ["x", "target"].map((name) => tfjsTensorOf(allOf(of, name)));
    const rows = of.shape[0]!;
    for (let step = 0; step < steps; step++) {
      const [x, target] = [xs!, targets!].map((all) => tf.slice(all, step * rows, rows));
      module.trainStep(state, x!, target!);
      tf.dispose([x!, target!]);
    }
    for (const name of ["movingMean", "movingVariance", ...Object.keys(of.start)]) {
      expectNumbers(await state[variableName(name)]!.data(), of[name] as number[], name);
    }
    tf.dispose([xs!, targets!, state, given] as any);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("eagerly", async () => {
    const session = await eager({ backend: "reference" });
    try {
      const net = session.model(modelOf(of)) as any;
      for (const [name, value] of weights) net.variables[variableName(name)].assign(constant(value as any));
      const y = net({ x: constant(numbersOf(of, "x", of.shape) as any) }, { training: true });
      expectNumbers(session.value(y as Tensor<any>).data as Float32Array, of.y as number[], "y");
      // A step of gradient descent moves gamma and beta only, so the moving statistics are those of Keras with one batch.
      const { momentum = 0.99 } = of.options;
      const values = numbersOf(of, "x", of.shape).data as Float32Array;
      const ofFirst = [...values].filter((_, i) => i % channels! === 0);
      const mean = ofFirst.reduce((sum, value) => sum + value, 0) / ofFirst.length;
      const moved = net.variables[variableName("movingMean")].value().data[0];
      expect(moved).toBeCloseTo((1 - momentum) * mean, 5);
    } finally {
      session.dispose();
    }
  });
});

const scalar = array(new Int32Array([0]), []);

function batch(numbers: readonly number[], shape: readonly number[]): NdArray {
  return array(Float32Array.from(numbers), [...shape]) as NdArray;
}

const images = { x: input(["batch", 6, 6, 2]) };

/** Layers whose normalizations stand behind a convolution and a product. */
const convnet = () =>
  model(images, ({ x }) =>
    sequential(
      x,
      conv2d({ filters: 4, kernelSize: 3, useBias: false }),
      batchNormalization({ momentum: 0.5 }),
      activation(relu),
      conv2d({ filters: 3, kernelSize: 2 }),
      batchNormalization({ scale: false }),
      flatten(),
      dense({ units: 5 }),
      batchNormalization({ center: false }),
      dense({ units: 2, activation: relu }),
    ),
  );

describe("in a network", () => {
  const program = () =>
    compile(convnet(), {
      optimizer: sgd({ learningRate: 0.05 }),
      loss: meanSquaredError(),
      onWarning() {},
    });
  const x = generate([8, 6, 6, 2], "float32", (i) => Math.sin(i * 1.3) + (i % 2));
  const target = generate([8, 2], "float32", (i) => Math.cos(i));

  async function trained(of: ReturnType<typeof program>, backend: (typeof testedBackends)[number] | "reference") {
    const session = await open(of, { backend });
    const { history } = await session.fit({ x: x as any }, target as any, { epochs: 3, batchSize: 4, shuffle: false });
    const statistics = [...of.model.variables.keys()].map((name) => session.getWeight(name));
    const predicted = await session.predict({ x: x as any });
    session.dispose();
    return [...history.loss!, ...statistics.flatMap(({ data }) => [...(data as Float32Array)]), ...predicted.data];
  }

  test("training is the same on every backend", async () => {
    const wanted = await trained(program(), "reference");
    for (const backend of testedBackends) {
      for (const [i, value] of (await trained(program(), backend)).entries()) expect(value).toBeCloseTo(wanted[i]!, 3);
    }
  });

  test("computed again under a memory budget, statistics move once in each step", async () => {
    const deep = (memory?: { budget: number; dims: { batch: number } }) =>
      compile(
        model({ x: input(["batch", 8]) }, ({ x }) => {
          let h = x as Tensor<["batch", number]>;
          for (let i = 0; i < 8; i++) {
            h = tanh(batchNormalization(dense(h, { units: 8 }), { momentum: 0.5 })) as typeof h;
          }
          return dense(h, { units: 2 });
        }),
        { optimizer: sgd({ learningRate: 0.05 }), loss, ...(memory && { memory }), onWarning() {} },
      );
    const given = generate([8, 8], "float32", (i) => Math.sin(i * 1.3) + (i % 2));
    const train = async (of: ReturnType<typeof deep>) => {
      const session = await open(of, { backend: "reference" });
      const options = { epochs: 3, batchSize: 4, shuffle: false } as const;
      const { history } = await session.fit({ x: given as any }, target as any, { ...options } as any);
      const statistics = [...of.model.variables.keys()].map((name) => session.getWeight(name).data);
      session.dispose();
      return [[...(history as any).loss], statistics];
    };
    const tight = deep({ budget: 1, dims: { batch: 4 } });
    const count = (of: ReturnType<typeof deep>) =>
      of.train.nodes.filter(({ op }) => op === "batchNormalizationInTraining").length;
    expect(count(deep())).toBe(8);
    expect(count(tight)).toBeGreaterThan(8);
    expect([...tight.train.updates.values()].filter(({ part }) => part === "state")).toHaveLength(16);
    expect(await train(tight)).toEqual(await train(deep()));
  });

  test("frozen, it is part of the products before it, and predicts the same", () => {
    const computation = computationOf(program());
    const values = new Map(
      [...computation.variables].map(([name, node]) => {
        const start = initialValue(name, node, 3);
        const moved = name.endsWith("movingMean") || name.endsWith("Variance") || name.endsWith("gamma");
        return [name, moved ? generate(start.shape as number[], "float32", (i) => 0.5 + Math.sin(i) ** 2) : start];
      }),
    );
    const frozen = freezeComputation(computation, values);
    const ops = frozen.call.nodes.map(({ op }) => op).filter((op) => op !== "constant" && op !== "input");
    expect(ops).toEqual(["affineConvolution", "affineConvolution", "reshape", "affine"]);
    const live = computationFor([nodeOf(images.x)], {
      output: rebuild([computation.call.outputs.output!], constantsFor(computation.variables, values))[0]!,
    });
    const [wanted] = Object.values(callReference(live, [x]));
    const [found] = Object.values(callReference(computationFor([nodeOf(images.x)], frozen.call.outputs), [x]));
    for (const [i, value] of (wanted!.data as Float32Array).entries()) expect(found!.data[i]).toBeCloseTo(value, 4);
  });
});

function constantsFor(variables: ReadonlyMap<string, Node>, values: ReadonlyMap<string, NdArray>): Map<Node, Node> {
  return new Map([...variables].map(([name, node]) => [node, b.constant(values.get(name)!)]));
}

test("a layer that is called twice moves its statistics twice, one after the other", () => {
  const net = model({ a: input(["batch", 2]), b: input(["batch", 2]) }, (inputs) => {
    const normal = batchNormalization({ momentum: 0.5 });
    return add(normal(inputs.a), normal(inputs.b));
  });
  const [count] = inputsFor([scalar]);
  const { nextValues } = specializeTraining([nodeOf(net.output)], count!, net.names, 0);
  const mean = net.variables.get(variableName("movingMean"))!;
  expect(nextValues.size).toBe(2);
  const arrays = [batch([1, 2, 3, 4], [2, 2]), batch([5, 6, 9, 8], [2, 2])];
  const zeros = b.constant(batch([0, 0], [2]));
  const [next] = rebuild([nextValues.get(mean)!], new Map([...net.variables.values()].map((node) => [node, zeros])));
  const given = [nodeOf(net.inputs.a), nodeOf(net.inputs.b)];
  // Means [2, 3] and [7, 7]: half of half of the first, and half of the second.
  expect([...callReference(computationFor(given, { next: next! }), arrays).next!.data]).toEqual([4, 4.25]);
});

test("what the layer does not take is refused", () => {
  expect(() => batchNormalization(input(["batch", "channels"]) as any)).toThrow(
    'batchNormalization: [batch, channels]: the channels have weights, so their axis, the last one, is a number, not "channels"',
  );
  expect(() => batchNormalization(input([3]) as any)).toThrow(
    "batchNormalization: takes an input with a batch axis and channels, got [3]",
  );
  expect(() => batchNormalization({ momentum: 1 as number })).toThrow(
    "batchNormalization: momentum is 1, but must be a number in [0, 1)",
  );
  expect(() => batchNormalization({ epsilon: 0 as number })).toThrow(
    "batchNormalization: epsilon is 0, but must be a positive number of float32",
  );
});

test("in a loop it cannot be trained", () => {
  const net = model({ x: input(["batch", 6, 2]) }, ({ x }) => {
    const start: Tensor<["batch", 2]> = broadcastTo(constant(0), ["batch", 2]);
    const normal = batchNormalization();
    return scan(x, start, (sum, now) => ({ carry: add(sum, normal(now)), output: sum })).carry;
  });
  const compiled = () => compile(net, { optimizer: sgd(), loss: meanSquaredError() });
  expect(compiled).toThrow(
    "batchNormalization: changes variables in training, which nothing can inside of a loop; apply it before or after",
  );
});

test("statistics are no trainable variables, and summaries count them apart", () => {
  const { variables } = convnet();
  const fixed = [...variables].filter(([, node]) => isOp(node, "variable") && !node.attributes.trainable);
  expect(fixed.map(([name]) => name)).toEqual([
    "batchNormalization/movingMean",
    "batchNormalization/movingVariance",
    "batchNormalization_1/movingMean",
    "batchNormalization_1/movingVariance",
    "batchNormalization_2/movingMean",
    "batchNormalization_2/movingVariance",
  ]);
});
