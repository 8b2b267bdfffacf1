import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  add,
  array,
  compile,
  concat,
  constantInitializer,
  dense,
  dropout,
  input,
  meanSquaredError,
  model,
  multiply,
  ones,
  relu,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
  variable,
} from "../../compiler/language.js";
import type { Executable } from "../../runtime/backends/backend.js";
import type { Samples } from "../../runtime/data/samples.js";
import { dataset } from "../../runtime/datasets/index.js";
import { samplesFeeds } from "../../runtime/fit/checked-feeds.js";
import { inSequence } from "../../runtime/fit/feed.js";
import { open, openFunction, type Session } from "../../runtime/index.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

const classifier = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    sequential(x, dense({ units: 8, activation: relu }), dense({ units: 2 })),
  ),
  {
    optimizer: adam({ learningRate: 0.05 }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  },
);
const line = compile(
  model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() })),
  { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
);

/** Points whose class is whether their coordinates sum to a positive number. */
function points(count: number) {
  const generator = random(5, "points");
  const values = Float32Array.from({ length: count * 3 }, () => generator.normal());
  const labels = Int32Array.from({ length: count }, (_, i) =>
    Number(values[3 * i]! + values[3 * i + 1]! + values[3 * i + 2]! > 0),
  );
  return { x: array(values, [count, 3] as [number, 3]), labels };
}

const silent = { verbose: "silent" } as const;

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("a separable problem is learned, and history has an entry an epoch", async () => {
    const session = await open(classifier, { backend });
    const { x, labels } = points(100);
    const { history, epoch, steps } = await session.fit({ x }, labels, { epochs: 12, batchSize: 16, ...silent });
    expect(epoch).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(steps).toBe(12 * 7);
    expect(history.loss.length).toBe(12);
    expect(history.loss.at(-1)).toBeLessThan(0.2);
    const { accuracy: right, loss } = await session.evaluate({ x }, labels, { batchSize: 33 });
    expect(right).toBeGreaterThan(0.95);
    expect(loss).toBeLessThan(0.2);
    session.dispose();
  });

  test("a short last batch counts for as many samples as it has", async () => {
    const session = await open(line, { backend });
    // y = x, so errors against these targets are 1, 1, 1, 1 and 6; squares 1, 1, 1, 1, 36.
    const x = array(new Float32Array([1, 2, 3, 4, 5]), [5, 1]);
    const target = array(new Float32Array([2, 3, 4, 5, 11]), [5, 1]);
    const { loss } = await session.evaluate({ x }, target, { batchSize: 4 });
    expect(loss).toBeCloseTo(40 / 5, 5);
    session.dispose();
  });

  test("one step of gradient descent is the one on paper", async () => {
    const session = await open(line, { backend });
    const { history } = await session.fit({ x: [[1], [2]] }, [[3], [5]], { batchSize: 2, ...silent });
    // w = 1, b = 0: errors -2 and -3; dw = mean(2 · e · x) = -8, db = mean(2 · e) = -5.
    expect(history.loss[0]).toBeCloseTo((4 + 9) / 2, 5);
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(1.8, 5);
    expect(session.getWeight("dense/bias").data[0]).toBeCloseTo(0.5, 5);
    const predicted = await session.predict({ x: [[10]] });
    expect(predicted.shape).toEqual([1, 1]);
    expect(predicted.data[0]).toBeCloseTo(18.5, 4);
    session.dispose();
  });

  test("prediction in batches gives what one call gives", async () => {
    const session = await open(classifier, { backend });
    const { x } = points(70);
    const whole = await session.predict({ x }, { batchSize: 70 });
    const batched = await session.predict({ x }, { batchSize: 32 });
    expect(batched.shape).toEqual([70, 2]);
    for (const [i, value] of whole.data.entries()) expect(batched.data[i]).toBeCloseTo(value, 5);
    session.dispose();
  });

  test("targets of a size that is calculated from an input's", async () => {
    const doubled = compile(
      model({ x: input(["batch", "time"]) }, ({ x }) =>
        concat([multiply(x, variable("scale", [], constantInitializer(2))), x], 1),
      ),
      { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
    );
    const session = await open(doubled, { backend });
    const x = [
      [1, 2],
      [3, 4],
    ];
    // The first halves are wrong by 1, 2, 3 and 4, the second ones right: 30 / 8.
    const { loss } = await session.evaluate({ x }, [
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(loss).toBeCloseTo(3.75, 6);
    await expect(
      session.evaluate({ x }, [
        [1, 2, 1],
        [3, 4, 3],
      ]),
    ).rejects.toThrow('target: axis 1, "time*2", has size 3, but as time is 2 it must have 4');
    session.dispose();
  });

  test("targets and inputs agree in the sizes that they name alike", async () => {
    const scaled = compile(
      model({ x: input(["batch", "time"]) }, ({ x }) => multiply(x, variable("scale", [], ones()))),
      { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
    );
    const session = await open(scaled, { backend });
    await expect(session.evaluate({ x: [[1, 2]] }, [[1]])).rejects.toThrow(
      'target: axis 1, "time", has size 1, but in x it has 2',
    );
    session.dispose();
  });

  test("validation is reported and does not train", async () => {
    const session = await open(line, { backend });
    const x = array(new Float32Array([1, 2]), [2, 1]);
    const validationData = [{ x: array(new Float32Array([7]), [1, 1]) }, array(new Float32Array([7]), [1, 1])] as const;
    const { history } = await session.fit({ x }, x, { epochs: 2, validationData, ...silent });
    expect(history.loss).toEqual([0, 0]);
    expect(history.val_loss).toEqual([0, 0]);
    session.dispose();
  });

  test("dropout is off in evaluation and prediction, and random in training", async () => {
    const program = compile(
      model({ x: input(["batch", 40]) }, ({ x }) => dense(dropout(x, 0.5), { units: 1, kernelInitializer: ones() })),
      { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError() },
    );
    const session = await open(program, { backend });
    const x = array(new Float32Array(40).fill(1), [1, 40]);
    expect((await session.predict({ x })).data[0]).toBe(40);
    const { history } = await session.fit({ x }, [[40]], { epochs: 40, batchSize: 1, ...silent });
    // A sum of 40 terms, each 0 or 2 with equal chance: variance 40.
    const mean = history.loss.reduce((sum, loss) => sum + loss, 0) / 40;
    expect(new Set(history.loss).size).toBeGreaterThan(5);
    expect(mean).toBeGreaterThan(10);
    expect(mean).toBeLessThan(90);
    session.dispose();
  });

  test("weights are read and set by name", async () => {
    const session = await open(line, { backend });
    expect(session.weightNames).toEqual(["dense/kernel", "dense/bias", "optimizer/learningRate"]);
    await session.setWeight("dense/kernel", [[4]]);
    expect(session.getWeight("dense/kernel")).toEqual({ shape: [1, 1], dtype: "float32", data: new Float32Array([4]) });
    expect((await session.predict({ x: [[2]] })).data[0]).toBe(8);
    await expect(session.setWeight("dense/kernel", [[1], [2]])).rejects.toThrow(
      "dense/kernel: takes [1, 1], got [2, 1]",
    );
    expect(() => session.getWeight("dense/kernl")).toThrow(
      'no variable is named "dense/kernl"; there are "dense/kernel", "dense/bias", "optimizer/learningRate"',
    );
    for (const [name, shown] of [
      [Symbol("w"), "Symbol(w)"],
      [Object.create(null), "an object"],
      [undefined, "undefined"],
    ] as const) {
      const message = `no variable is named ${shown}; there are "dense/kernel", "dense/bias", "optimizer/learningRate"`;
      const refusal = expect.objectContaining({ code: "SW_NAME", message });
      expect(() => session.getWeight(name as never)).toThrow(refusal);
      await expect(session.setWeight(name as never, [[1]])).rejects.toThrow(refusal);
    }
    session.dispose();
  });
});

test("where the validation data cannot be uploaded, the training data is taken back", async () => {
  const held = new Set<object>();
  const executable: Pick<Executable, "upload"> = {
    upload() {
      if (held.size === 1) throw new Error("no memory");
      const data = { setOrder() {}, dispose: () => void held.delete(data) };
      held.add(data);
      return data;
    },
  };
  const given = { inputs: { x: [[1], [2]] }, target: [[1], [2]] };
  const plans = (checked: readonly Samples[]) =>
    checked.map((samples) => ({ samples, batchSize: 1, order: inSequence }));
  const feeds = samplesFeeds(line, executable as Executable, [given, given], plans, new AbortController().signal);
  await expect(feeds).rejects.toThrow("no memory");
  expect(held.size).toBe(0);
});

test("every backend starts from the same weights and sees the same batches and dropout masks", async () => {
  const program = compile(
    model({ x: input(["batch", 3]) }, ({ x }) =>
      sequential(x, dense({ units: 8, activation: relu }), dropout(0.3), dense({ units: 2 })),
    ),
    { optimizer: adam({ learningRate: 0.02 }), loss: sparseCategoricalCrossentropy({ fromLogits: true }) },
  );
  const { x, labels } = points(50);
  const losses = new Map<string, readonly number[]>();
  for (const backend of [...testedBackends, "reference" as const]) {
    const session = await open(program, { backend, seed: 3 });
    const { history } = await session.fit({ x }, labels, { epochs: 3, batchSize: 8, seed: 4, ...silent });
    losses.set(backend, history.loss);
    session.dispose();
  }
  const reference = losses.get("reference")!;
  for (const [backend, own] of losses) {
    own.forEach((loss, i) => void expect(Math.abs(loss - reference[i]!), `${backend}, epoch ${i}`).toBeLessThan(1e-4));
  }
});

describe("wrong data is refused, with the sample named, before anything is changed", () => {
  let session: Session<any, any, any, any>;
  let before: Float32Array;
  beforeEach(async () => {
    session = await open(classifier, { backend: "reference" });
    before = Float32Array.from(session.getWeight("dense/kernel").data);
  });
  afterEach(() => {
    expect(session.getWeight("dense/kernel").data).toEqual(before);
    session.dispose();
  });
  const good = array(new Float32Array(6), [2, 3]);
  const cases: [string, object, unknown, string][] = [
    ["rank", { x: array(new Float32Array(6), [6]) }, [0, 1], "x: takes [batch, 3], got [6]"],
    ["size", { x: array(new Float32Array(8), [2, 4]) }, [0, 1], "x: takes [batch, 3], got [2, 4]"],
    ["dtype", { x: array(new Int32Array(6), [2, 3]) }, [0, 1], "x: takes float32, got int32"],
    [
      "ragged rows",
      {
        x: [
          [1, 2, 3],
          [4, 5],
        ],
      },
      [0, 1],
      "x: ragged data: [1] has 2 entries, not 3 entries",
    ],
    [
      "a length that does not divide",
      { x: { data: new Float32Array(7), shape: [2, 3], dtype: "float32" } },
      [0, 1],
      "x: 7 elements do not fill [2, 3], which holds 6",
    ],
    [
      "NaN",
      {
        x: [
          [1, 2, 3],
          [4, Number.NaN, 6],
        ],
      },
      [0, 1],
      "x: element [1, 1] is NaN",
    ],
    ["an empty set", { x: array(new Float32Array(0), [0, 3]) }, new Int32Array(0), "x: [0, 3] has no elements"],
    ["a label too large", { x: good }, [0, 2], "target: the label at [1] is 2, but there are classes 0 to 1"],
    ["a negative label", { x: good }, [-1, 0], "target: the label at [0] is -1, but there are classes 0 to 1"],
    ["a label that is no integer", { x: good }, [0, 0.5], "target: takes int32, but element [1] is 0.5"],
    ["fewer labels than samples", { x: good }, [0], "target: has 1 samples, but x has 2"],
    ["a misspelt input", { y: good }, [0, 1], 'no input is named "y"; there are "x"'],
    ["a missing input", {}, [0, 1], 'the input "x" is missing'],
    ["a promise", Promise.resolve({ x: good }), [0, 1], "as { x: … }, got a Promise; await it"],
    ["a promise of an input", { x: Promise.resolve(good) }, [0, 1], "a tfjs tensor, got a Promise; await it"],
    ["a Map", new Map([["x", good]]), [0, 1], "as { x: … }, got a Map"],
    [
      "a dataset",
      dataset([1]),
      [0, 1],
      "got a Dataset; batches are given to fitBatches, evaluateBatches and predictBatches",
    ],
    [
      "something else",
      { x: "text" },
      [0, 1],
      'x: takes array(values, shape), nested arrays or a tfjs tensor, got "text"',
    ],
  ];
  test.each(cases)("%s", async (_, inputs, target, message) => {
    await expect(session.fit(inputs as any, target as any, silent)).rejects.toThrow(message);
  });

  test("an option out of range", async () => {
    await expect(session.fit({ x: good }, [0, 1], { epochs: 0 })).rejects.toThrow(
      "fit: epochs is 0, but must be a positive integer",
    );
    await expect(session.fit({ x: good }, [0, 1], { batchSize: 1.5 })).rejects.toThrow(
      "fit: batchSize is 1.5, but must be a positive integer",
    );
  });
});

test("a session and a function in using declarations are disposed of where their block ends", async () => {
  const held = await (async () => {
    using session = await open(line, { backend: "cpu" });
    using double = await openFunction({ x: input(["n"]) }, ({ x }) => ({ y: add(x, x) }), { backend: "cpu" });
    expect((await double({ x: [1, 2] })).y.data).toEqual(Float32Array.of(2, 4));
    return { session, double };
  })();
  await expect(held.session.predict({ x: [[1]] })).rejects.toThrow("the session has been disposed; open() another");
  await expect(held.double({ x: [1] })).rejects.toThrow("the function has been disposed; open() another");
});

test("a disposed session says so", async () => {
  const session = await open(line, { backend: "reference" });
  session.dispose();
  session.dispose();
  await expect(session.predict({ x: [[1]] })).rejects.toThrow("the session has been disposed; open() another");
});

test("training stops at a signal, and the weights stay usable", async () => {
  const session = await open(line, { backend: "reference" });
  const x = array(new Float32Array([1, 2]), [2, 1]);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(session.fit({ x }, x, { epochs: 1000, signal, ...silent })).rejects.toThrow("enough");
  expect((await session.predict({ x: [[1]] })).data[0]).toBe(1);
});

const native = loadTfjsNode();
test.skipIf(!("tf" in native))(
  "after 1,000 steps there are as many tensors as after 10 (native TensorFlow is there)",
  async () => {
    if (!("tf" in native)) return;
    const session = await open(classifier, { backend: "tensorflow" });
    const { x, labels } = points(100);
    const counts: number[] = [];
    for (const epochs of [1, 100]) {
      await session.fit({ x }, labels, { epochs, batchSize: 10, ...silent });
      await session.evaluate({ x }, labels);
      await session.predict({ x });
      counts.push(native.tf.memory().numTensors);
    }
    expect(counts[1]).toBe(counts[0]);
    session.dispose();
  },
);

test("the number of threads is taken once a process", async () => {
  await expect(open(line, { threads: 0 })).rejects.toThrow("open: threads is 0, but must be a positive integer");
  loadTfjsNode();
  await expect(open(line, { threads: 1 })).rejects.toThrow(
    "open: threads is 1, but TensorFlow has been loaded with its own choice; it takes the number once a process",
  );
});

test.each([
  ["a model", line.model, "a model: compile it first"],
  ["null", null, "null"],
  ["a session's options", { backend: "cpu" }, "an object"],
])("open refuses %s", async (_, given, what) => {
  await expect(open(given as never)).rejects.toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `open: takes what compile() makes, but this is ${what}` }),
  );
});
