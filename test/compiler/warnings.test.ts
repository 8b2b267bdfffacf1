import { afterEach, expect, test, vi } from "vitest";
import {
  add,
  any,
  argMax,
  binaryCrossentropy,
  broadcastTo,
  type CompileWarning,
  cast,
  categoricalCrossentropy,
  compile,
  constant,
  dense,
  dot,
  dropout,
  flatten,
  glorotUniform,
  greater,
  input,
  type Loss,
  logSoftmax,
  matmul,
  mean,
  meanSquaredError,
  melSpectrogram,
  model,
  multiply,
  relu,
  reshape,
  scan,
  sequential,
  sgd,
  sigmoid,
  softmax,
  sparseCategoricalCrossentropy,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tanh,
  transpose,
  variable,
} from "../../compiler/language.js";
import { nodeOf, tensorOf } from "../../src/ir/node.js";

type X = Tensor<["batch", 784]>;

/** The warnings of a model over images. */
function warned(build: (x: X) => Tensor<any>): readonly CompileWarning[] {
  const told: CompileWarning[] = [];
  const options = { optimizer: sgd(), loss: meanSquaredError(), onWarning: (w: CompileWarning) => told.push(w) };
  const program = compile(
    model({ x: input(["batch", 784]) }, ({ x }) => build(x)),
    options,
  );
  expect(program.warnings).toEqual(told);
  return told;
}

test("a dense layer after a dense layer without an activation is one affine map", () => {
  expect(warned((x) => sequential(x, dense({ units: 512 }), dense({ units: 10 })))).toEqual([
    {
      code: "SW_WARN_AFFINE_CHAIN",
      message:
        "dense → dense_1 without an activation between them is one affine map, [784, 512] · [512, 10] = [784, 10]: " +
        "give dense an activation, { units: 512, activation: relu }, or leave it out",
    },
  ]);
});

test("dropout between them changes nothing when the model is used", () => {
  const [warning] = warned((x) =>
    sequential(x, dense({ units: 512, name: "hidden" }), dropout(0.5), dense({ units: 10 })),
  );
  expect(warning!.message).toBe(
    "hidden → dense without an activation between them is one affine map, [784, 512] · [512, 10] = [784, 10] " +
      "(dropout acts in training alone): give hidden an activation, { units: 512, activation: relu }, or leave it out",
  );
});

test("plain mathematics is named by its variables; each link of a chain is told of once", () => {
  const W = (name: string, rows: number, columns: number) => variable(name, [rows, columns], glorotUniform());
  const told = warned((x) => dot(dot(dot(x, W("A", 784, 64)), W("B", 64, 32)), W("C", 32, 8)) as Tensor<any>);
  expect(told.map(({ message }) => message)).toEqual([
    "A → B without an activation between them is one affine map, [784, 64] · [64, 32] = [784, 32]: " +
      "apply an activation between them, such as relu, or multiply by one matrix",
    "B → C without an activation between them is one affine map, [64, 32] · [32, 8] = [64, 8]: " +
      "apply an activation between them, such as relu, or multiply by one matrix",
  ]);
});

const mel = { fftLength: 256, sequenceStride: 128, numMelBins: 32 } as const;

const sound: [string, (x: X) => Tensor<any>][] = [
  [
    "a spectrogram of each sample by itself",
    (x) => dense(flatten(melSpectrogram(x, { ...mel, topDb: Infinity })), { units: 1 }),
  ],
  ["an activation", (x) => sequential(x, dense({ units: 512, activation: relu }), dense({ units: 10 }))],
  ["a narrow layer between wide ones", (x) => sequential(x, dense({ units: 16 }), dense({ units: 784 }))],
  [
    "a gate, which reads the map, too",
    (x) => {
      const h = dense(x, { units: 64 });
      return multiply(dense(h, { units: 64 }), sigmoid(h)) as Tensor<any>;
    },
  ],
  ["a skip connection", (x) => dense(add(x, dense(x, { units: 784 })) as X, { units: 10 })],
  [
    "tied weights",
    (x) => {
      const W = variable("W", [784, 784], glorotUniform());
      return dot(dot(x, W), transpose(W)) as Tensor<any>;
    },
  ],
];

test.each(sound)("%s is no mistake", (_, build) => {
  expect(warned(build)).toEqual([]);
});

/** The warnings of an output for a loss, each with its code. */
function told(loss: Loss<any>, build: (x: X) => Tensor<any>, metrics: any[] = []): [string, string][] {
  const net = model({ x: input(["batch", 784]) }, ({ x }) => build(x));
  const { warnings } = compile(net as any, { optimizer: sgd(), loss, metrics, onWarning() {} } as any);
  return warnings.map(({ code, message }) => [code, message]);
}

const units = (count: number, f?: any) => (x: X) =>
  dense(x, { units: count, ...(f && { activation: f }) }) as Tensor<any>;
const sparse = sparseCategoricalCrossentropy;

const mistaken: [string, Loss<any>, (x: X) => Tensor<any>, string, string][] = [
  [
    "softmax before a loss from logits",
    sparse({ fromLogits: true }),
    units(10, softmax),
    "SW_WARN_PROBABILITIES",
    "dense ends in softmax, but sparseCategoricalCrossentropy({ fromLogits: true }) applies softmax itself: leave one of the two out",
  ],
  [
    "sigmoid before a loss from logits, in another shape",
    binaryCrossentropy({ fromLogits: true }),
    (x) => reshape(dense(x, { units: 1, activation: sigmoid, name: "spam" }), ["batch"]) as Tensor<any>,
    "SW_WARN_PROBABILITIES",
    "spam ends in sigmoid, but binaryCrossentropy({ fromLogits: true }) applies sigmoid itself: leave one of the two out",
  ],
  [
    "no activation before a loss from probabilities",
    sparse(),
    units(10),
    "SW_WARN_LOGITS",
    "dense has no activation, but sparseCategoricalCrossentropy() takes probabilities: " +
      "write sparseCategoricalCrossentropy({ fromLogits: true }), or give it softmax",
  ],
  [
    "tanh before a loss from probabilities",
    binaryCrossentropy(),
    units(1, tanh),
    "SW_WARN_LOGITS",
    "dense ends in tanh, but binaryCrossentropy() takes probabilities: " +
      "write binaryCrossentropy({ fromLogits: true }), and leave tanh out",
  ],
  [
    "logarithms of probabilities",
    categoricalCrossentropy(),
    units(10, logSoftmax),
    "SW_WARN_LOGITS",
    "dense ends in logSoftmax, but categoricalCrossentropy() takes probabilities: " +
      "write categoricalCrossentropy({ fromLogits: true }), or give it softmax",
  ],
  [
    "one class",
    categoricalCrossentropy(),
    units(1, softmax),
    "SW_WARN_CLASSIFIER_ACTIVATION",
    "dense gives [batch, 1], and categoricalCrossentropy is of one class alone, whose probability is always 1: " +
      "for a yes or no, use binaryCrossentropy, for classes, as many units",
  ],
  [
    "softmax over one unit",
    binaryCrossentropy(),
    units(1, softmax),
    "SW_WARN_CLASSIFIER_ACTIVATION",
    "dense ends in a softmax over one unit, which is always 1: use sigmoid",
  ],
  [
    "sigmoid over classes",
    sparse(),
    units(10, sigmoid),
    "SW_WARN_CLASSIFIER_ACTIVATION",
    "dense ends in sigmoid, whose numbers do not sum to 1 over the classes, as sparseCategoricalCrossentropy takes them: " +
      "use softmax; where several may be right at once, binaryCrossentropy",
  ],
  [
    "relu of logits",
    sparse({ fromLogits: true }),
    units(10, relu),
    "SW_WARN_CLASSIFIER_ACTIVATION",
    "dense ends in relu, which no gradient comes through below 0, and sparseCategoricalCrossentropy takes logits of either " +
      "sign: leave it out",
  ],
  [
    "relu for probabilities",
    binaryCrossentropy(),
    units(1, relu),
    "SW_WARN_CLASSIFIER_ACTIVATION",
    "dense ends in relu, which no gradient comes through below 0, and binaryCrossentropy takes probabilities: use sigmoid",
  ],
  [
    "a mean over everything",
    meanSquaredError(),
    (x) => dense(subtract(x, mean(x)) as X, { units: 1 }) as Tensor<any>,
    "SW_WARN_BATCH_REDUCTION",
    "in prediction, the output for a sample depends on the other samples of its batch, by mean of [batch, 784] over " +
      '"batch": reduce the other axes alone, { axis: [1] }',
  ],
  [
    "a product over samples",
    meanSquaredError(),
    (x) => dense(dot(x, dot(transpose(x), x)) as X, { units: 1 }) as Tensor<any>,
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by dot of [784, batch] over "batch"',
  ],
  [
    "a product over samples in a batch of one",
    meanSquaredError(),
    (x) => {
      const one = reshape(x, [1, "batch", 784]);
      const mixed = matmul(one, matmul(one, one, { transposeA: true }));
      return dense(reshape(mixed, ["batch", 784]), { units: 1 });
    },
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by matmul of [1, batch, 784] over "batch"',
  ],
  [
    "a mean over samples in a loop over their parts",
    meanSquaredError(),
    (x) => {
      const { outputs } = scan(x, constant(0), (carry, part) => ({ carry, output: subtract(part, mean(part)) }));
      return dense(outputs, { units: 1 });
    },
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by mean of [batch] over "batch"',
  ],
  [
    "a loop over samples that carries something from one to the next",
    meanSquaredError(),
    (x) => {
      const step = (sums: Tensor<[784]>, sample: Tensor<[784]>) => ({ carry: add(sums, sample), output: sums });
      return dense(scan(x, broadcastTo(constant(0), [784]), step, { axis: 0 }).outputs, { units: 1 });
    },
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by scan of [batch, 784] over "batch"',
  ],
  [
    "a spectrogram whose least level is of the whole batch",
    meanSquaredError(),
    (x) => dense(flatten(melSpectrogram(x, { ...mel, name: "mel" })), { units: 1 }),
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by max of [batch, 7, 32] over "batch" in the layer "mel": ' +
      "its topDb counts from the loudest of the whole batch, as Keras has it; { topDb: Infinity } leaves it out",
  ],
  [
    "a question about all samples",
    meanSquaredError(),
    (x) => dense(multiply(x, cast(any(greater(x, 0)), "float32")), { units: 1 }),
    "SW_WARN_BATCH_REDUCTION",
    'in prediction, the output for a sample depends on the other samples of its batch, by any of [batch, 784] over "batch": ' +
      "reduce the other axes alone, { axis: [1] }",
  ],
  [
    "a part without gradients",
    meanSquaredError(),
    (x) => {
      const chosen = cast(argMax(dense(x, { units: 3 }), -1), "float32");
      return add(dense(x, { units: 1 }), reshape(chosen, ["batch", 1])) as Tensor<any>;
    },
    "SW_WARN_NO_GRADIENT",
    "no gradient reaches dense_1/kernel, dense_1/bias, since none comes through argMax (int32): " +
      "compute in float32, without steps, all the way to the loss",
  ],
];

test.each(mistaken)("%s", (_, loss, build, code, message) => {
  expect(told(loss, build)).toEqual([[code, message]]);
});

/** (output - target)² for targets of one axis. */
const flat = (values: (output: Tensor<any>, target: Tensor<any>) => unknown): Loss<any> => ({
  name: "flat",
  fromLogits: false,
  target: ({ shape }) => ({ shape: [shape[0]!], dtype: "float32" }),
  values: (output, target) => nodeOf(values(tensorOf(output), tensorOf(target)) as Tensor<any>),
});

test("a loss of one's own of [batch, 1] and [batch], and a metric; once each", () => {
  const own = flat((output, target) => add(square(subtract(output, target)), subtract(target, output)));
  const bias = { name: "bias", values: own.values };
  const message =
    "subtract of [batch, 1] and [batch] is [batch, batch], every sample with the target of every other: " +
    'give both one shape, such as reshape(…, ["batch", 1])';
  expect(told(own, units(1), [bias])).toEqual([
    ["SW_WARN_BATCH_BROADCAST", `the loss: ${message}`],
    ["SW_WARN_BATCH_BROADCAST", `the metric bias: ${message}`],
  ]);
});

test("[batch, 1] and [batch] within a model, unless both have the same rank", () => {
  const line = (of: (x: Tensor<["batch", 1]>, y: Tensor<["batch"]>) => Tensor<any>) =>
    compile(
      model({ x: input(["batch", 4]), y: input(["batch"]) }, ({ x, y }) => of(dense(x, { units: 1 }), y)),
      { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} },
    ).warnings;
  expect(line((x, y) => subtract(x, y))).toEqual([
    {
      code: "SW_WARN_BATCH_BROADCAST",
      message:
        "subtract of [batch, 1] and [batch] is [batch, batch], every sample with every other: " +
        'give both one shape, such as reshape(…, ["batch", 1])',
    },
  ]);
  expect(line((x, y) => subtract(x, reshape(y, [1, "batch"])))).toEqual([]);
});

test("an input that is never used", () => {
  const net = model({ x: input(["batch", 4]), mask: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1 }));
  expect(compile(net, { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} }).warnings).toEqual([
    {
      code: "SW_WARN_UNUSED_INPUT",
      message: 'the input "mask" is never used: compute something from it, or leave it out of the model\'s inputs',
    },
  ]);
});

test("a target that the loss never reads, whatever metrics read of it", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) => ({ a: dense(x, { units: 1 }), b: dense(x, { units: 2 }) }));
  const one = model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 1 }));
  const own = (_: unknown, output: Tensor<any>) => square(output);
  const message = (what: string) =>
    `the loss never reads ${what}: a loss is a function of (target, output), in this order; ` +
    "where a model has no target, compileLoss() trains by what it gives itself";
  const options = { optimizer: sgd(), onWarning() {} };
  for (const [program, what] of [
    [compile(one, { ...options, loss: own, metrics: [meanSquaredError()] }), "the target"],
    [compile(net, { ...options, loss: { a: meanSquaredError(), b: own } }), "b_target"],
  ] as const)
    expect(program.warnings).toEqual([{ code: "SW_WARN_UNUSED_TARGET", message: message(what) }]);
  expect(compile(one, { ...options, loss: meanSquaredError() }).warnings).toEqual([]);
});

test("where no gradient reaches any variable, compile refuses", () => {
  expect(() => told(meanSquaredError(), (x) => cast(argMax(dense(x, { units: 3 }), -1), "float32"))).toThrow(
    expect.objectContaining({
      code: "SW_GRADIENT",
      message:
        "compile: no gradient reaches any trainable variable, dense/kernel, dense/bias, since none comes through argMax " +
        "(int32): compute in float32, without steps, all the way to the loss",
    }),
  );
  expect(() => told(meanSquaredError(), (x) => stopGradient(dense(x, { units: 3 })))).toThrow(
    "since none comes through stopGradient",
  );
});

const meant: [string, Loss<any>, (x: X) => Tensor<any>][] = [
  ["logits for a loss from logits", sparse({ fromLogits: true }), units(10)],
  ["softmax for a loss from probabilities", sparse(), units(10, softmax)],
  ["sigmoid for a loss from probabilities", binaryCrossentropy(), units(3, sigmoid)],
  ["logSoftmax for a loss from logits", sparse({ fromLogits: true }), units(10, logSoftmax)],
  ["relu, tanh and softmax for numbers", meanSquaredError(), (x) => relu(tanh(softmax(dense(x, { units: 3 }))))],
  [
    "probabilities that are mixed",
    sparse(),
    (x) => dot(softmax(dense(x, { units: 3 })), softmax(weights())) as Tensor<any>,
  ],
  [
    "an encoder that is held constant",
    meanSquaredError(),
    (x) => dense(stopGradient(relu(dense(x, { units: 3 }))), { units: 1 }),
  ],
  [
    "a mean over a sample",
    meanSquaredError(),
    (x) => dense(subtract(x, mean(x, { axis: 1, keepDims: true })) as X, { units: 1 }),
  ],
  [
    "a loop over the parts of samples, and one that takes sample by sample",
    meanSquaredError(),
    (x) => {
      const { carry } = scan(x, broadcastTo(constant(0), ["batch"]), (sums, part) => ({
        carry: add(sums, part),
        output: part,
      }));
      const alone = scan(x, constant(0), (none, sample) => ({ carry: none, output: mean(sample) }), { axis: 0 });
      return dense(reshape(add(carry, alone.outputs), ["batch", 1]), { units: 1 });
    },
  ],
  [
    "a sum of weights for each sample",
    meanSquaredError(),
    (x) => multiply(dense(x, { units: 1 }), sum(weights())) as Tensor<any>,
  ],
];

function weights(): Tensor<[3, 10]> {
  return variable("table", [3, 10], glorotUniform());
}

test.each(meant)("%s: no warning", (_, loss, build) => {
  expect(told(loss, build)).toEqual([]);
});

test("pairs of samples that are compared on purpose, and a target beside several outputs, are no mistakes", () => {
  const ranks = flat((output, target) => {
    const column = reshape(output, ["batch", 1]) as Tensor<any>;
    const row = reshape(output, [1, "batch"]) as Tensor<any>;
    const wanted = subtract(reshape(target, ["batch", 1]) as Tensor<any>, reshape(target, [1, "batch"]) as Tensor<any>);
    return square(subtract(subtract(column, row) as Tensor<any>, wanted as Tensor<any>) as Tensor<any>);
  });
  expect(told(ranks, units(1))).toEqual([]);
  const quantiles = flat((output, target) =>
    square(subtract(output, reshape(target, ["batch", 1]) as Tensor<any>) as Tensor<any>),
  );
  expect(told(quantiles, units(9))).toEqual([]);
});

test("a model that is given relations between samples mixes them on purpose", () => {
  const inputs = { x: input(["nodes", 4]), edges: input(["nodes", "nodes"]) };
  const graph = model(inputs, ({ x, edges }) => dense(dot(edges, x), { units: 2 }));
  expect(compile(graph, { optimizer: sgd(), loss: meanSquaredError() }).warnings).toEqual([]);
});

test.each([
  ["the two layers of npm start", () => import("../../examples/02-mnist.js")],
  ["the convnet", () => import("../../examples/03-mnist-convnet.js")],
  ["ResNet-50", () => import("../../examples/models/resnet50.js")],
  ["what init makes", () => import("../../runtime/cli/init/template/src/model.js")],
])("no warning: %s", async (_, load) => {
  expect((await load()).program.warnings).toEqual([]);
});

afterEach(() => vi.restoreAllMocks());

test("warnings are printed once where nobody is told of them", () => {
  const print = vi.spyOn(console, "warn").mockImplementation(() => {});
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 4 }), { units: 2 }));
  compile(net, { optimizer: sgd(), loss: meanSquaredError() });
  expect(print.mock.calls).toEqual([
    [
      "shapewright: dense → dense_1 without an activation between them is one affine map, [4, 4] · [4, 2] = [4, 2]: " +
        "give dense an activation, { units: 4, activation: relu }, or leave it out",
    ],
  ]);
});
