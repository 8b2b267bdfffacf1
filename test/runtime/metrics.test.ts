import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  array,
  auc,
  binaryCrossentropy,
  categoricalCrossentropy,
  compile,
  confusionMatrix,
  dense,
  embedding,
  input,
  type Metric,
  meanAbsoluteError,
  meanSquaredError,
  model,
  ones,
  precision,
  ShapewrightError,
  sgd,
  sparseCategoricalCrossentropy,
  type Weighting,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

/** Keras's numbers, TensorFlow's for confusion matrices; made by metrics.py. */
const keras = JSON.parse(readFileSync(new URL("../fixtures/metrics.json", import.meta.url), "utf8"));
type Edges = Readonly<Record<"p" | "y" | "w", readonly number[]> & Record<"thresholds" | "auc", number>>;
const count: number = keras.p.length;
const column = (values: number[]) => array(new Float32Array(values), [count, 1] as [number, number]);
const weights = array(new Float32Array(keras.w), [count] as [number]);

/** A model whose output is its input. */
const identity = model({ p: input(["batch", 1]) }, ({ p }) =>
  dense(p, { units: 1, useBias: false, kernelInitializer: ones() }),
);
const answers = (sampleWeight: Weighting) =>
  compile(identity, {
    optimizer: sgd({ learningRate: 0 }),
    loss: binaryCrossentropy(),
    metrics: [auc(), precision(), accuracy(), meanSquaredError()],
    sampleWeight,
    onWarning() {},
  });

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("a sample's weight is that of every number in it", async () => {
    const pairs = model({ p: input(["batch", 2]) }, ({ p }) =>
      dense(p, { units: 2, useBias: false, kernelInitializer: ones() }),
    );
    const metrics = [auc(), precision()] as const;
    const program = compile(pairs, { optimizer: sgd(), loss: binaryCrossentropy(), metrics, sampleWeight: "samples" });
    const session = await open(program, { backend });
    await session.setWeight("dense/kernel", [
      [1, 0],
      [0, 1],
    ]);
    const p = [
      [0.9, 0.2],
      [0.8, 0.7],
    ];
    const y = [
      [1, 0],
      [0, 1],
    ];
    const reports = await session.evaluate({ p }, y, { sampleWeight: [1, 3] });
    // Taken for true: 0.9, 0.8 and 0.7, which weigh 1, 3 and 3; the first and the last are.
    expect(reports.precision).toBeCloseTo(4 / 7, 6);
    // Of the pairs of a true and a false one, 4 · 4, in order are 0.9 before both, 1 · 4, and 0.7 before 0.2, 3 · 1.
    expect(reports.auc).toBeCloseTo(7 / 16, 5);
    session.dispose();
  });

  test.each([1, 7, 53])("metrics are Keras's over an epoch of batches of %i", async (batchSize) => {
    const session = await open(answers("none"), { backend });
    const reports = await session.evaluate({ p: column(keras.p) }, column(keras.y), { batchSize });
    expect(Object.keys(reports)).toEqual(["loss", "auc", "precision", "accuracy", "meanSquaredError"]);
    for (const [name, value] of Object.entries(reports)) expect(value, name).toBeCloseTo(keras[name], 5);
    session.dispose();
  });

  test.each([1, 7, 53])("and so they are of weighted samples, in batches of %i", async (batchSize) => {
    const session = await open(answers("samples"), { backend });
    const reports = await session.evaluate({ p: column(keras.p) }, column(keras.y), {
      batchSize,
      sampleWeight: weights,
    });
    for (const [name, value] of Object.entries(reports)) {
      const weighted = `weighted${name[0]!.toUpperCase()}${name.slice(1)}`;
      expect(value, name).toBeCloseTo(keras[weighted], 5);
    }
    const unweighted = await session.evaluate({ p: column(keras.p) }, column(keras.y), { batchSize });
    expect(unweighted.auc).toBeCloseTo(keras.auc, 5);
    session.dispose();
  });

  test.each<Edges>(keras.aucEdges)(
    "the area is Keras's, of $thresholds thresholds and outputs on them and beside them",
    async (edges) => {
      const { thresholds, p, y, w, auc: wanted } = edges;
      const metrics = [auc({ numThresholds: thresholds })];
      const training = { optimizer: sgd(), loss: binaryCrossentropy(), metrics, onWarning() {} } as const;
      const session = await open(compile(identity, { ...training, sampleWeight: "samples" }), { backend });
      const data = (values: readonly number[]) => array(new Float32Array(values), [values.length, 1]);
      const sampleWeight = array(new Float32Array(w), [w.length]);
      for (const batchSize of [p.length, 3]) {
        const reports = await session.evaluate({ p: data(p) }, data(y), { sampleWeight, batchSize });
        expect(reports.auc).toBeCloseTo(wanted, 6);
      }
      session.dispose();
    },
  );

  test("an output beyond 1 counts as 1, one below 0 as 0", async () => {
    const session = await open(answers("none"), { backend });
    const p = [[2], [1], [1e30], [0], [-1], [-1e30], [0.5], [0.4]];
    const reports = await session.evaluate({ p }, [[1], [0], [1], [0], [1], [0], [1], [0]]);
    // Among four and four: 2 and 1e30 tie with 1 and are above three; -1 ties with 0 and -1e30; 0.5 is above 0.4, 0 and -1e30.
    expect(reports.auc).toBeCloseTo((2 * 3.5 + 1 + 3) / 16, 6);
    session.dispose();
  });

  test("a confusion matrix counts, in training too", async () => {
    const eye = { name: "eye", sample: () => new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1]) };
    const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 3, kernelInitializer: eye }));
    const program = compile(net, {
      optimizer: sgd({ learningRate: 0 }),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: [confusionMatrix()],
      sampleWeight: "samples",
    });
    const session = await open(program, { backend });
    const x = array(new Float32Array(keras.scores.flat()), [count, 3] as [number, number]);
    const labels = new Int32Array(keras.labels);
    const options = { batchSize: 8, sampleWeight: weights };
    const { confusionMatrix: matrix } = await session.evaluate({ x }, labels, options);
    expect([matrix.shape, [...matrix.data]]).toEqual([[3, 3], keras.weightedConfusion.flat()]);
    const { history } = await session.fit({ x }, labels, { batchSize: 8, verbose: "silent" });
    expect([...history.confusionMatrix[0]!.data]).toEqual(keras.confusion.flat());
    session.dispose();
  });

  test("of padded sequences, the loss and the metrics are those of Keras's Embedding(mask_zero=True)", async () => {
    const net = model({ ids: input(["batch", 4], "int32") }, ({ ids }) =>
      embedding(ids, { inputDim: 4, outputDim: 1 }),
    );
    const program = compile(net, {
      optimizer: sgd(),
      loss: meanSquaredError(),
      metrics: [meanAbsoluteError()],
      sampleWeight: "mask",
    });
    using session = await open(program, { backend });
    await session.setWeight(session.weightNames[0]!, [[0], [1], [2], [3]]);
    const ids = [
      [1, 2, 0, 0],
      [3, 0, 0, 0],
    ];
    const sampleWeight = ids.map((row) => row.map((id) => [Number(id !== 0)]));
    const target = array(new Float32Array(8), [2, 4, 1]);
    // Keras's `evaluate`: loss 4.6667, and 2 of weighted_metrics. (1 + 4 + 9) / 3, (1 + 2 + 3) / 3.
    const { loss, meanAbsoluteError: error } = await session.evaluate({ ids }, target, { sampleWeight });
    expect(loss).toBeCloseTo(14 / 3, 5);
    expect(error).toBeCloseTo(2, 5);
  });

  test("places that do not count are left out of the loss", async () => {
    const tagger = model({ words: input(["batch", 3, 2]) }, ({ words }) =>
      dense(words, { units: 2, kernelInitializer: zeros() }),
    );
    const program = compile(tagger, {
      optimizer: sgd({ learningRate: 1 }),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: [accuracy()],
      sampleWeight: "mask",
    });
    const session = await open(program, { backend });
    const words = array(new Float32Array(12).fill(1), [2, 3, 2]);
    const tags = array(new Int32Array([0, 0, 1, 1, 1, 1]), [2, 3]);
    const mask = array(new Float32Array([1, 1, 0, 1, 0, 0]), [2, 3]);
    const before = await session.evaluate({ words }, tags, { sampleWeight: mask, batchSize: 1 });
    expect(before.loss).toBeCloseTo(Math.log(2), 6);
    // Of three places that count, the tags of two are 0, which all answers are.
    expect(before.accuracy).toBeCloseTo(2 / 3, 6);
    await session.fit({ words }, tags, { sampleWeight: mask, verbose: "silent" });
    // d/db of the mean over three places: softmax is (½, ½), tags are 0, 0, 1.
    const bias = session.getWeight("dense/bias").data;
    expect(bias[0]).toBeCloseTo((0.5 + 0.5 - 0.5) / 3, 6);
    expect(bias[1]).toBeCloseTo(-(0.5 + 0.5 - 0.5) / 3, 6);
    session.dispose();
  });
});

describe("metrics of other targets than the loss takes are refused in their own words", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 3 }));
  const judged = (metric: Metric) =>
    compile(net, {
      optimizer: sgd(),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: [metric],
      onWarning() {},
    });

  test.each([
    ["auc", auc()],
    ["precision", precision()],
  ] as const)("%s", (name, metric) => {
    const message =
      `${name}: takes a target for each output, float32 [batch, 3], got int32 [batch]; ` +
      "it is for yes-or-no questions, as binaryCrossentropy is";
    expect(() => judged(metric)).toThrow(new ShapewrightError("SW_SHAPE", message, name));
  });

  test.each([
    ["meanSquaredError", meanSquaredError()],
    ["binaryCrossentropy", binaryCrossentropy({ fromLogits: true })],
    ["categoricalCrossentropy", categoricalCrossentropy({ fromLogits: true })],
  ] as const)("%s", (name, metric) => {
    const message = `compile: the metric "${name}" takes targets float32 [batch, 3], but the loss takes int32 [batch]`;
    expect(() => judged(metric)).toThrow(new ShapewrightError("SW_SHAPE", message, "compile"));
  });
});

test("the area takes memory for every output, not for every output at every threshold", () => {
  const { train, evaluate } = answers("samples");
  for (const node of [...train.nodes, ...evaluate.nodes]) {
    if (node.shape.includes(200)) expect(node.shape.filter((size) => size !== 1)).toEqual([200]);
  }
});
