import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  array,
  compile,
  dense,
  dropout,
  input,
  meanSquaredError,
  model,
  relu,
  sgd,
  sparseCategoricalCrossentropy,
  sum,
} from "../../compiler/language.js";
import { dataset } from "../../runtime/datasets/index.js";
import { batchesFeed } from "../../runtime/fit/batchesFeed.js";
import { Interrupt } from "../../runtime/fit/interrupt.js";
import { Pace } from "../../runtime/fit/pace.js";
import { Totals } from "../../runtime/fit/totals.js";
import { open } from "../../runtime/index.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { testedBackends } from "../support/backends.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const silent = { verbose: "silent" } as const;

// Dropout depends on the number of the step: steps that are lost or taken twice would show.
const program = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    dense(dropout(dense(x, { units: 8, activation: relu }), 0.2), { units: 2 }),
  ),
  { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] },
);
const values = Float32Array.from({ length: 90 }, (_, i) => Math.sin(i * i));
const labels = Int32Array.from({ length: 30 }, (_, i) => i % 2);

/** The samples from `begin` to `end`. */
const batch = (begin: number, end: number) => ({
  inputs: { x: array(values.subarray(3 * begin, 3 * end), [end - begin, 3]) },
  target: labels.subarray(begin, end),
});

/** All samples, in batches of a size. */
const batchesOf = (size: number) =>
  Array.from({ length: Math.ceil(30 / size) }, (_, i) => batch(size * i, Math.min(30, size * (i + 1))));

type Training = Awaited<ReturnType<typeof openProgram>>;
const openProgram = (backend: (typeof testedBackends)[number] | "reference") => open(program, { backend });

/** The weights after some training, all of them. */
async function weightsAfter(
  backend: Parameters<typeof openProgram>[0],
  train: (session: Training) => Promise<unknown>,
) {
  const session = await openProgram(backend);
  const result = await train(session);
  const weights = session.weightNames.map((name) => session.getWeight(name));
  session.dispose();
  return { weights, result };
}

/** The same by `fit`, of the first samples. */
const inOrder =
  (samples: number, batchSize: number, epochs = 1) =>
  (session: Training) => {
    const { inputs, target } = batch(0, samples);
    return session.fit(inputs, target, { batchSize, epochs, shuffle: false, ...silent });
  };

/** A source that says what is done with it. */
function watched(batches: readonly unknown[], atEnd: "end" | "throw" | "wait" = "end") {
  const told = { started: 0, given: 0, returned: 0 };
  const source = {
    [Symbol.asyncIterator]() {
      told.started++;
      let next = 0;
      return {
        async next() {
          if (next < batches.length) {
            told.given++;
            return { done: false, value: batches[next++] };
          }
          if (atEnd === "throw") throw new Error("the disk is gone");
          return atEnd === "end" ? { done: true, value: undefined } : new Promise<never>(() => {});
        },
        async return() {
          told.returned++;
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { told, source: untyped(source) };
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test.each<[string, (session: Training) => Promise<unknown>, number]>([
    ["a list of batches", (session) => session.fitBatches(batchesOf(4), { epochs: 2, ...silent }), 4],
    [
      "an asynchronous generator for each epoch",
      (session) =>
        session.fitBatches(
          async function* () {
            for (const one of batchesOf(4)) {
              await null;
              yield one;
            }
          },
          { epochs: 2, ...silent },
        ),
      4,
    ],
    ["chunks of many steps", (session) => session.fitBatches(batchesOf(16), { epochs: 2, batchSize: 4, ...silent }), 4],
    [
      "steps over the bounds of batches",
      (session) => session.fitBatches(batchesOf(7), { epochs: 2, batchSize: 4, ...silent }),
      4,
    ],
    [
      "steps of several batches",
      (session) => session.fitBatches(batchesOf(1), { epochs: 2, batchSize: 4, ...silent }),
      4,
    ],
    ["one batch", (session) => session.fitBatches([batch(0, 30)], { epochs: 2, ...silent }), 30],
    [
      "two generators, one a call",
      async (session) => {
        await session.fitBatches(batchesOf(4).values(), silent);
        await session.fitBatches(batchesOf(4).values(), silent);
      },
      4,
    ],
  ])("%s: what fit makes of the same samples", async (_, train, batchSize) => {
    const { weights } = await weightsAfter(backend, train);
    expect(weights).toEqual((await weightsAfter(backend, inOrder(30, batchSize, 2))).weights);
  });

  test("history counts epochs, steps and samples as fit does", async () => {
    const fitted = (await weightsAfter(backend, inOrder(30, 4, 2))).result as Awaited<ReturnType<Training["fit"]>>;
    const session = await openProgram(backend);
    const history = await session.fitBatches(batchesOf(4), { epochs: 2, ...silent, validationBatches: batchesOf(8) });
    expect(history).toMatchObject({ epoch: [1, 2], steps: 16 });
    history.history.loss.forEach((loss, i) => void expect(loss).toBeCloseTo(fitted.history.loss[i]!, 5));
    const { loss, accuracy: right } = await session.evaluateBatches(batchesOf(7));
    expect(history.history.val_loss!.at(-1)).toBeCloseTo(loss, 5);
    expect(history.history.val_accuracy!.at(-1)).toBeCloseTo(right, 5);
    const { inputs, target } = batch(0, 30);
    expect((await session.evaluate(inputs, target)).loss).toBeCloseTo(loss, 5);
    const held = await session.fitBatches(batchesOf(4), { ...silent, validationData: [inputs, target] });
    expect(held.history.val_loss).toHaveLength(1);
    expect(held.epoch).toEqual([3]);
    session.dispose();
  });

  test("what never ends is trained on until a callback ends it", async () => {
    const session = await openProgram(backend);
    const endless = dataset({ inputs: { x: array(values, [30, 3]) }, target: labels })
      .repeat()
      .batch(4)
      .repeat(2);
    const ending = {
      onTrainBatchEnd: ({ step, stop }: { step: number; stop(why: string): void }) => step > 8 && stop("enough"),
    };
    expect(await session.fitBatches(endless, { ...silent, callbacks: [ending] })).toMatchObject({ steps: 9 });
    session.dispose();
  });

  test("predictions come batch by batch", async () => {
    const session = await openProgram(backend);
    const shapes: unknown[] = [];
    const parts: number[] = [];
    for await (const { shape, data } of session.predictBatches(batchesOf(7).map(({ inputs }) => inputs))) {
      shapes.push(shape);
      parts.push(...data);
    }
    expect(shapes).toEqual([
      [7, 2],
      [7, 2],
      [7, 2],
      [7, 2],
      [2, 2],
    ]);
    const whole = await session.predict(batch(0, 30).inputs);
    parts.forEach((value, i) => void expect(value).toBeCloseTo(whole.data[i]!, 5));
    session.dispose();
  });

  test.each<[string, number | undefined]>([
    ["batch by batch", undefined],
    ["over the bounds of batches", 4],
  ])("an error of the source ends training after the steps before it, %s", async (_, batchSize) => {
    const { told, source } = watched([batch(0, 6), batch(6, 12), batch(12, 18)], "throw");
    const { weights } = await weightsAfter(backend, async (session) => {
      const settings = { epochs: 2, ...silent, ...(batchSize && { batchSize }) };
      await expect(session.fitBatches(source, settings)).rejects.toThrow(/^the disk is gone$/);
      expect(session.epochs).toBe(0);
    });
    // As of any iteration: who throws is not told to return.
    expect(told).toEqual({ started: 1, given: 3, returned: 0 });
    const wanted = batchSize ? inOrder(16, 4) : inOrder(18, 6);
    expect(weights).toEqual((await weightsAfter(backend, wanted)).weights);
  });

  test("what a source throws as it is closed is thrown, unless something else was before", async () => {
    const closings: number[] = [];
    /** Ends early, whether it is read by itself or through a dataset. */
    async function* failing() {
      try {
        for (let i = 0; ; i++) yield i < 3 ? batch(6 * i, 6 * i + 6) : { inputs: { x: [[1, 2]] }, target: [0] };
      } finally {
        closings.push(closings.length);
        // biome-ignore lint/correctness/noUnsafeFinally: what is tested
        throw new Error("the lock cannot be removed");
      }
    }
    const session = await openProgram(backend);
    const stopping = { callbacks: [{ onTrainBatchEnd: ({ stop }: { stop(why: string): void }) => stop("enough") }] };
    for (const source of [
      failing,
      dataset(failing),
      dataset(failing)
        .prefetch(1)
        .map((one) => one),
    ]) {
      const fails = { rejects: "the lock cannot be removed" };
      const given = untyped(source);
      await expect(session.fitBatches(given, { ...silent, ...stopping })).rejects.toThrow(fails.rejects);
      await expect(session.fitBatches(given, { ...silent, stepsPerEpoch: 2 })).rejects.toThrow(fails.rejects);
      const held = { validationBatches: given, validationSteps: 2 };
      await expect(session.fitBatches([batch(0, 6)], { ...silent, ...held })).rejects.toThrow(fails.rejects);
      await expect(session.fitBatches(given, silent)).rejects.toThrow("batch 4 of the source: x: takes [batch, 3]");
    }
    expect(closings).toHaveLength(12);
    session.dispose();
  });

  test("a batch that does not fit ends training after the steps before it, and is named", async () => {
    const { told, source } = watched([
      batch(0, 6),
      batch(6, 12),
      { inputs: { x: [[1, 2]] }, target: [0] },
      batch(0, 6),
    ]);
    const { weights } = await weightsAfter(backend, async (session) => {
      await expect(session.fitBatches(source, silent)).rejects.toMatchObject({
        code: "SW_DATA",
        message: "batch 3 of the source: x: takes [batch, 3], got [1, 2]",
      });
    });
    expect(told).toEqual({ started: 1, given: 3, returned: 1 });
    expect(weights).toEqual((await weightsAfter(backend, inOrder(12, 6))).weights);
  });

  test("a signal ends a source that may never go on, after whole steps", async () => {
    const { told, source } = watched([batch(0, 6), batch(6, 12)], "wait");
    const controller = new AbortController();
    const session = await openProgram(backend);
    const running = session.fitBatches(source, { ...silent, signal: controller.signal });
    while (told.given < 2) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    expect(told).toEqual({ started: 1, given: 2, returned: 1 });
    const weights = session.weightNames.map((name) => session.getWeight(name));
    // How many batches make a call, time decides.
    const steps = session.getWeight("optimizer/steps").data[0] as number;
    expect(weights).toEqual((await weightsAfter(backend, inOrder(6 * steps, 6))).weights);
    await session.fitBatches(batchesOf(6), silent);
    session.dispose();
  });

  test("dispose ends a source that may never go on", async () => {
    const { told, source } = watched([batch(0, 6)], "wait");
    const session = await openProgram(backend);
    const running = session.fitBatches(source, silent);
    while (told.given < 1) await new Promise((resolve) => setImmediate(resolve));
    session.dispose();
    await expect(running).rejects.toThrow(
      "fitBatches: the session was disposed while fitBatches was under way; await it first",
    );
    expect(told.returned).toBe(1);
  });

  test("what runs beside it is refused as beside fit", async () => {
    const session = await openProgram(backend);
    const running = session.fitBatches(batchesOf(4), silent);
    await expect(session.evaluateBatches(batchesOf(4))).rejects.toThrow(
      "evaluateBatches: fitBatches is under way on this session; await it before you call evaluateBatches",
    );
    await expect(session.predictBatches([batch(0, 1).inputs]).next()).rejects.toThrow(
      "predictBatches: fitBatches is under way on this session; await it before you call predictBatches",
    );
    await running;
    session.dispose();
  });

  test("batches that differ in a named size are steps of their own", async () => {
    const sequences = () =>
      compile(
        model({ x: input(["batch", "time", 2]) }, ({ x }) => dense(sum(x, { axis: 1 }), { units: 1 })),
        { optimizer: sgd({ learningRate: 0.01 }), loss: meanSquaredError() },
      );
    const of = (count: number, time: number) => ({
      inputs: {
        x: array(
          new Float32Array(count * time * 2).map((_, i) => Math.cos(i)),
          [count, time, 2],
        ),
      },
      target: array(new Float32Array(count).fill(1), [count, 1]),
    });
    const batches = [of(2, 3), of(2, 3), of(2, 5), of(3, 5), of(3, 3)];
    const [all, apart] = [await open(sequences(), { backend }), await open(sequences(), { backend })];
    const { steps } = await all.fitBatches(batches, silent);
    expect(steps).toBe(5);
    for (const { inputs, target } of batches) await apart.fit(inputs, target, { shuffle: false, ...silent });
    expect(all.getWeight("dense/kernel")).toEqual(apart.getWeight("dense/kernel"));
    all.dispose();
    apart.dispose();
  });

  test("no tensors are left behind, by what fails neither", async () => {
    const native = loadTfjsNode();
    const engine = backend === "tensorflow" && "tf" in native ? native.tf : tf;
    const session = await openProgram(backend);
    await session.fitBatches(batchesOf(4), silent);
    const before = engine.memory().numTensors;
    await session.fitBatches(batchesOf(4), { epochs: 3, ...silent });
    await session.evaluateBatches(batchesOf(4));
    await expect(session.fitBatches(watched([batch(0, 6)], "throw").source, silent)).rejects.toThrow(
      "the disk is gone",
    );
    await expect(session.fitBatches(untyped([batch(0, 6), 7]), silent)).rejects.toThrow("batch 2 of the source");
    expect(engine.memory().numTensors).toBe(before);
    session.dispose();
  });
});

describe("refused", async () => {
  const session = await openProgram("reference");
  const advice = "what can be gone through once needs a function that starts it afresh: () => batches()";
  const used = batchesOf(4).values();
  for (const _ of used);
  test.each<[string, () => Promise<unknown>]>([
    [
      "fitBatches: source is null, but must be an iterable of batches, or a function that returns one",
      () => session.fitBatches(untyped(null)),
    ],
    [
      'fitBatches: source is "abc", but must be an iterable of batches, or a function that returns one',
      () => session.fitBatches(untyped("abc")),
    ],
    [
      "fitBatches: source is an object, but must be an iterable of batches, or a function that returns one",
      () => session.fitBatches(untyped(batch(0, 4))),
    ],
    [
      "fitBatches: the source gave 5, which is no iterable of batches",
      () =>
        session.fitBatches(
          untyped(() => 5),
          silent,
        ),
    ],
    [
      `fitBatches: the source is enough for one epoch, not for 2; ${advice}`,
      () => session.fitBatches(batchesOf(4).values(), { epochs: 2 }),
    ],
    [`fitBatches: the source gave no batches in epoch 1; ${advice}`, () => session.fitBatches(used, silent)],
    [`evaluateBatches: the source gave no batches in epoch 1; ${advice}`, () => session.evaluateBatches([])],
    [
      "fitBatches: the source never ends, as it is repeated without a number; give stepsPerEpoch, or leave repeat() out",
      () => session.fitBatches(untyped(dataset([1]).repeat().map(String).batch(3)), silent),
    ],
    [
      "fitBatches: the source never ends, as it is repeated without a number; give validationSteps, or leave repeat() out",
      () => session.fitBatches(batchesOf(4), { validationBatches: untyped(dataset([1]).repeat()), ...silent }),
    ],
    [
      "evaluateBatches: the source never ends, as it is repeated without a number; leave repeat() out, or take(…) as much as is wanted",
      () => session.evaluateBatches(untyped(dataset([1]).repeat())),
    ],
    [
      "fitBatches: the source gave no batches in epoch 1; what it consists of has no elements",
      () => session.fitBatches(untyped(dataset([]).batch(3)), silent),
    ],
    [
      "batch 1 of the source: a batch is { inputs, target }, got an array",
      () => session.fitBatches(untyped([[{ x: [[1, 2, 3]] }, [0]]]), silent),
    ],
    [
      "batch 1 of the source: target: the label at [0] is 2, but there are classes 0 to 1",
      () => session.fitBatches([{ inputs: { x: [[1, 2, 3]] }, target: [2] }], silent),
    ],
    [
      'batch 2 of the source: no input is named "y"; there are "x"',
      () =>
        session
          .predictBatches(untyped([{ x: [[1, 2, 3]] }, { y: 1 }]))
          .next()
          .then(() => session.predictBatches(untyped([{ x: [[1, 2, 3]] }, { y: 1 }])))
          .then(async (all) => {
            for await (const _ of all);
          }),
    ],
    [
      "fitBatches: source is an object, but must be an iterable of batches, or a function that returns one",
      () => session.fitBatches(untyped({ [Symbol.iterator]: 5 })),
    ],
    [
      "fitBatches: the source's iterator is null, which has no next()",
      () => session.fitBatches(untyped({ [Symbol.asyncIterator]: () => null })),
    ],
    [
      "fitBatches: next() of the source gave undefined, not { value, done }",
      () => session.fitBatches(untyped({ [Symbol.iterator]: () => ({ next() {} }) })),
    ],
    [
      'fitBatches: no option is named "shuffle"; shuffle is an option of fit',
      () => session.fitBatches(batchesOf(4), untyped({ shuffle: true })),
    ],
    [
      "fitBatches: batchSize is 0, but must be a positive integer",
      () => session.fitBatches(batchesOf(4), { batchSize: 0 }),
    ],
  ])("%s", async (message, call) => {
    await expect(call()).rejects.toMatchObject({ message });
  });
});

test("a source that is a function is told the epoch, and goes on where a session goes on", async () => {
  const session = await openProgram("reference");
  const told: number[] = [];
  const source = (epoch: number) => {
    told.push(epoch);
    return batchesOf(10);
  };
  await session.fitBatches(source, { epochs: 2, ...silent });
  await session.fitBatches(source, silent);
  await session.fitBatches(source, { initialEpoch: 7, ...silent });
  expect(told).toEqual([0, 1, 2, 7]);
  expect(session.epochs).toBe(8);
  session.dispose();
});

test("many batches are one upload and one call", async () => {
  const runs: number[] = [];
  const executable = {
    upload: () => ({ setOrder() {}, dispose() {} }),
    run(_graph: string, _data: unknown, begin: number, end: number, batchSize: number) {
      runs.push((end - begin) / batchSize);
      const sum = array(new Float32Array([end - begin]), []);
      return { loss: sum, accuracy: sum };
    },
  };
  async function* batches() {
    for (let i = 0; i < 1000; i++)
      yield {
        feeds: { x: batch(0, 2).inputs.x, target: array(labels.subarray(0, 2), [2]) },
        count: 2,
        sizes: new Map(),
      };
  }
  const totals = new Totals(program);
  await batchesFeed({ batches }).run(
    { executable: untyped(executable), graph: "train", interrupt: new Interrupt(), pace: new Pace(), totals },
    0,
  );
  expect(runs.reduce((all, steps) => all + steps, 0)).toBe(1000);
  expect([totals.steps, totals.samples, totals.reports]).toEqual([1000, 2000, { loss: 1, accuracy: 1 }]);
  // Each call may take four times the steps of the one before, and takes what time allows.
  expect(runs.slice(0, 2)).toEqual([1, 4]);
  expect(runs.length).toBeLessThan(100);
});

describe("what is waited for is not waited for longer than it may be", () => {
  const never = new Promise<never>(() => {});

  test("a batch that a plain iterator promises, at a signal", async () => {
    const session = await openProgram("reference");
    const abort = new AbortController();
    const running = session.fitBatches(untyped([never]), { signal: abort.signal, ...silent });
    setImmediate(() => abort.abort(new Error("enough")));
    await expect(running).rejects.toThrow("enough");
    session.dispose();
  });

  test("inputs that are to be predicted from, when the session is disposed", async () => {
    const session = await openProgram("reference");
    let returned = false;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => never,
        async return() {
          returned = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const first = session.predictBatches(untyped(source)).next();
    setImmediate(() => session.dispose());
    await expect(first).rejects.toMatchObject({
      code: "SW_SESSION",
      message: "the session has been disposed; open() another",
    });
    expect(returned).toBe(true);
  });
});
