import { describe, expect, test } from "vitest";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  type Activation,
  accuracy,
  adagrad,
  adam,
  adaptiveAveragePooling2d,
  adaptiveMaxPooling2d,
  add,
  array,
  averagePooling1d,
  averagePooling3d,
  binaryCrossentropy,
  broadcastTo,
  categoricalCrossentropy,
  compile,
  concat,
  cond,
  constant,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  dense,
  depthwiseConv2d,
  dot,
  dropout,
  elu,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  glorotUniform,
  greater,
  heNormal,
  input,
  leakyRelu,
  logSoftmax,
  map,
  max,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  mean,
  meanSquaredError,
  model,
  multiply,
  type Optimizer,
  ones,
  pad,
  relu,
  reshape,
  rmsprop,
  scan,
  select,
  separableConv2d,
  sequential,
  sgd,
  sigmoid,
  slice,
  softmax,
  sparseCategoricalCrossentropy,
  split,
  subtract,
  sum,
  tanh,
  transpose,
  upSampling2d,
  variable,
  whileLoop,
  zeros,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { nodeOf } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import type { AnyTensor } from "../../src/ir/tensor.js";
import { testedBackends } from "../support/backends.js";
import { checkGenerated } from "../support/checkGenerated.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { type Batch, generatedReports, sessionReports } from "../support/training.js";
import { compilers } from "../tools/compilers.js";

const squares = { optimizer: sgd({ learningRate: 0.05 }), loss: meanSquaredError() } as const;
const classes = { loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] } as const;

const net = () =>
  model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 5, activation: relu }), { units: 3 }));

const withOptimizer = (optimizer: Optimizer) => () => compile(net(), { optimizer, ...classes });

const activated = (activation: Activation) => () =>
  compile(
    model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 5, activation }), { units: 2 })),
    squares,
  );

/** Programs of every optimizer, loss and kind of shape, and names that TypeScript has for itself. */
const programs: Record<string, () => Program<any, any, any, any>> = {
  sgd: withOptimizer(sgd()),
  "sgd with momentum": withOptimizer(sgd({ learningRate: 0.1, momentum: 0.9 })),
  "sgd with Nesterov momentum": withOptimizer(sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })),
  adagrad: withOptimizer(adagrad({ learningRate: 0.1 })),
  rmsprop: withOptimizer(rmsprop({ learningRate: 0.01, momentum: 0.5 })),
  adam: withOptimizer(adam({ learningRate: 0.01 })),
  "sparse categorical cross-entropy of probabilities": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 3, activation: softmax })),
      { optimizer: sgd(), loss: sparseCategoricalCrossentropy(), metrics: [accuracy()] },
    ),
  "categorical cross-entropy of logits": () =>
    compile(net(), { optimizer: sgd(), loss: categoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] }),
  "categorical cross-entropy": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 3, activation: softmax })),
      { optimizer: sgd(), loss: categoricalCrossentropy() },
    ),
  "binary cross-entropy of logits": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1 })),
      { optimizer: sgd(), loss: binaryCrossentropy({ fromLogits: true }), metrics: [accuracy()] },
    ),
  "binary cross-entropy": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1, activation: sigmoid })),
      { optimizer: sgd(), loss: binaryCrossentropy(), metrics: [accuracy()] },
    ),
  tanh: activated(tanh),
  elu: activated(elu),
  "leaky relu": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => leakyRelu(dense(x, { units: 2 }), 0.2)),
      squares,
    ),
  "an activation between, and one of a sum": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => {
        const h = dense(x, { units: 4 });
        return dense(add(relu(h), sigmoid(h)), { units: 2, useBias: false, kernelInitializer: heNormal() });
      }),
      squares,
    ),
  "sequences: dilated, padded by numbers, channel by channel, averaged": () =>
    compile(
      model({ sound: input(["batch", 12, 2]) }, ({ sound }) => {
        const wide = conv1d(sound, { filters: 4, kernelSize: 3, dilationRate: 2, padding: [4, 0], activation: relu });
        const each = conv1d(wide, { filters: 4, kernelSize: 3, strides: 2, padding: "same", groups: 4 });
        const parted = conv1d(maxPooling1d(each), { filters: 2, kernelSize: 2, groups: 2, activation: elu });
        return dense(flatten(averagePooling1d(parted, { strides: 1, padding: "same" })), { units: 3 });
      }),
      { optimizer: sgd({ learningRate: 0.05 }), ...classes },
    ),
  volumes: () =>
    compile(
      model({ film: input(["batch", 4, 5, 5, 1]) }, ({ film }) =>
        sequential(
          film,
          conv3d({ filters: 3, kernelSize: [2, 3, 3], strides: [1, 2, 1], padding: "same", activation: relu }),
          maxPooling3d({ poolSize: [2, 2, 2], strides: 1, padding: 1 }),
          averagePooling3d({ poolSize: 2, padding: "same" }),
          flatten(),
          dense({ units: 2 }),
        ),
      ),
      squares,
    ),
  "larger, and divided into windows": () =>
    compile(
      model({ image: input(["batch", 4, 5, 2]) }, ({ image }) =>
        sequential(
          image,
          conv2d({ filters: 2, kernelSize: 2, activation: tanh }),
          upSampling2d({ size: [2, 1], interpolation: "bilinear" }),
          adaptiveAveragePooling2d({ outputSize: [4, 2] }),
          upSampling2d(),
          adaptiveMaxPooling2d({ outputSize: 3 }),
          globalAveragePooling2d(),
          dense({ units: 3 }),
        ),
      ),
      { optimizer: sgd({ learningRate: 0.05 }), ...classes },
    ),
  "channel by channel": () =>
    compile(
      model({ image: input(["batch", 6, 6, 2]) }, ({ image }) =>
        sequential(
          image,
          depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 2, activation: relu }),
          separableConv2d({ filters: 3, kernelSize: 2 }),
          globalMaxPooling2d(),
        ),
      ),
      { optimizer: sgd({ learningRate: 0.05 }), ...classes },
    ),
  "an image from a vector, and its means": () =>
    compile(
      model({ code: input(["batch", 8]) }, ({ code }) =>
        sequential(
          reshape(code, ["batch", 2, 2, 2]),
          conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 1, activation: relu }),
          conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same" }),
          conv2dTranspose({ filters: 3, kernelSize: 2, dilationRate: 2, useBias: false }),
          globalAveragePooling2d(),
        ),
      ),
      { optimizer: sgd({ learningRate: 0.05 }), ...classes },
    ),
  "a convnet with strides, padding and dropout": () =>
    compile(
      model({ image: input(["batch", 6, 6, 2]) }, ({ image }) => {
        const h = maxPooling2d(
          conv2d(image, { filters: 3, kernelSize: 3, strides: 2, padding: "same", useBias: false }),
          {
            poolSize: 2,
            padding: "same",
          },
        );
        return dense(dropout(flatten(relu(h)), 0.25), { units: 3 });
      }),
      { optimizer: adam({ learningRate: 0.01 }), ...classes },
    ),
  "vectors, and a scalar weight": () =>
    compile(
      model({ x: input(["batch"]) }, ({ x }) => {
        const scale = variable("scale", [], ones());
        return add(multiply(x, scale), variable("shift", [], zeros()));
      }),
      squares,
    ),
  "a memory budget, under which activations are computed again": () =>
    compile(
      model({ x: input(["batch", 8]) }, ({ x }) => {
        let h = dense(x, { units: 8, activation: relu });
        for (let layer = 0; layer < 6; layer++) h = dense(h, { units: 8, activation: relu });
        return dense(h, { units: 2 });
      }),
      { ...squares, memory: { budget: 2400, dims: { batch: 6 } } },
    ),
  "three axes, and sizes that are computed": () =>
    compile(
      model({ words: input(["batch", "time", 4]) }, ({ words }) => {
        const h = dense(words, { units: 3, activation: tanh });
        return dense(sum(h, { axis: 1 }), { units: 2 });
      }),
      squares,
    ),
  "two inputs, concat, slice, pad, transpose, select and a constant": () =>
    compile(
      model({ left: input(["batch", 2]), right: input(["batch", 3]) }, ({ left, right }) => {
        const both = concat([left, right], 1);
        const part = pad(slice(both, [0, 1], ["batch", 3]), [
          [0, 0],
          [1, 0],
        ]);
        const turned = transpose(transpose(multiply(part, constant([1, -2, 3, 0.5]))));
        const h = dense(turned, { units: 3 });
        const chosen = select(greater(h, constant(0)), h, multiply(h, constant(0.5)));
        return logSoftmax(subtract(chosen, reshape(max(h, { axis: 1 }), ["batch", 1])));
      }),
      { optimizer: sgd({ learningRate: 0.05 }), loss: meanSquaredError() },
    ),
  "names that TypeScript and the code have for themselves": () =>
    compile(
      model({ weights: input(["batch", 4]), state: input(["batch", 4]), class: input(["batch", 4]) }, (inputs) => {
        const h = dense(add(add(inputs.weights, inputs.state), inputs.class), {
          units: 4,
          name: "loss",
          activation: relu,
        });
        const odd = variable("encoder/block-1.dense/2nd", [4, 4], glorotUniform());
        return dense(dense(dot(h, odd), { units: 3, name: "affine" }), { units: 2, name: "dense/dispose" });
      }),
      squares,
    ),
  "parts of a tensor": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => {
        const [left, , right] = split(dense(x, { units: 6 }), [1, 3, 2], -1);
        return multiply(left, right);
      }),
      squares,
    ),
  "a loop within a loop, over a named axis": () =>
    compile(
      model({ x: input(["batch", "time", 3]) }, ({ x }) => {
        const start = broadcastTo(constant(0.1), ["batch", 4]);
        const { carry, outputs } = scan(
          x,
          { sum: start, last: start },
          ({ sum: total, last }, place) => {
            const inner = scan(x, total, (h, other) => {
              const next = tanh(add(dense(other, { units: 4, name: "inner" }), multiply(h, last)));
              return { carry: next, output: multiply(next, constant(0.5)) };
            });
            const next = add(inner.carry, dense(place, { units: 4, name: "outer" }));
            return { carry: { sum: tanh(next), last: total }, output: sum(inner.outputs, { axis: 1 }) };
          },
          { reverse: true },
        );
        return add(carry.sum, mean(outputs, { axis: 1 }));
      }),
      squares,
    ),
  "choices, loops that end by a condition, and a function of each place": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => {
        const h = dense(x, { units: 3, name: "before" });
        const shrunk = whileLoop(
          (v) => greater(mean(multiply(v, v)), 0.02),
          (v) => multiply(tanh(dense(v, { units: 3, name: "within" })), 0.5),
          h,
          { maximumIterations: 6 },
        );
        const chosen = cond(
          greater(sum(h), 0),
          () => ({ y: dense(shrunk, { units: 2, name: "one" }), z: shrunk }),
          () => ({ y: dense(h, { units: 2, name: "other" }), z: h }),
        );
        return add(
          chosen.y,
          sum(
            map((place) => tanh(place), chosen.z, { axis: 1 }),
            { axis: -1, keepDims: true },
          ),
        );
      }),
      squares,
    ),
};

const sizes = new Map([
  ["batch", 6],
  ["time", 5],
]);

/** Batches of random numbers for a program's inputs and its target. */
function batchesFor(program: Program, count: number): Batch[] {
  const generator = random(5, "batches");
  const values = (shape: readonly (number | string)[], element: () => number, dtype: string): NdArray => {
    const known = shape.map((dim) => evaluateDim(dim, sizes));
    const length = known.reduce((product, size) => product * size, 1);
    const data = dtype === "int32" ? Int32Array.from({ length }, element) : Float32Array.from({ length }, element);
    return array(data, known) as NdArray;
  };
  const { signature } = program.judged[0]!;
  return Array.from({ length: count }, () => ({
    inputs: Object.fromEntries(
      Object.entries(program.model.inputs as Readonly<Record<string, AnyTensor>>).map(([name, tensor]) => {
        const { shape, dtype } = nodeOf(tensor);
        return [name, values(shape, () => generator.normal(), dtype)];
      }),
    ),
    target: values(
      signature.shape,
      () => (signature.classes ? generator.integer(signature.classes) : generator.uniform()),
      signature.dtype,
    ),
  }));
}

describe.each(Object.entries(programs))("generated code for %s", (_, make) => {
  const program = make() as Program;
  const options = { name: "program", source: "model.ts" };

  test.each(testedBackends)("trains on %s as the session does", async (backend) => {
    const module = await importGenerated<TrainingModule>(emitTraining(program, options));
    const batches = batchesFor(program, 5);
    const wanted = await sessionReports(testedBackends[0]!, program, batches, 3);
    const { reports, tensors, left, variables } = await generatedReports(backend, module, batches, 3);
    for (const [i, report] of wanted.entries()) {
      expect(Object.keys(reports[i]!)).toEqual(Object.keys(report));
      for (const [name, value] of Object.entries(report))
        expect(reports[i]![name], `${name} ${i}`).toBeCloseTo(value, 4);
    }
    expect(new Set(tensors)).toEqual(new Set([variables]));
    expect(left).toBe(0);
  });
});

test.each(compilers)(
  "all of it type-checks under %s",
  async (compiler) => {
    const files = Object.values(programs).flatMap((make, i): [string, string][] => {
      const program = make() as Program;
      const options = { name: `program${i}`, source: "model.ts" };
      return [
        [`program${i}.train.ts`, emitTraining(program, options)],
        [`program${i}.predict.ts`, emitPrediction(program, options)],
      ];
    });
    // Every op's file declares the op; the sources, unlike the built package, are checked themselves and need them all.
    const language: [string, string] = ["language.ts", 'import "shapewright";'];
    expect(await checkGenerated(compiler, new Map([...files, language]))).toEqual([]);
  },
  120_000,
);
