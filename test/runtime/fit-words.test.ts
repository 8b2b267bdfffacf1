import { expect, test, vi } from "vitest";
import { compile, dense, input, meanSquaredError, model, sgd } from "../../compiler/language.js";
import { dataset } from "../../runtime/datasets/index.js";
import { type Callback, open } from "../../runtime/index.js";
import keras from "../fixtures/fit.json" with { type: "json" };
import { testedBackends } from "../support/backends.js";

const line = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 })),
  { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
);
const { x } = keras;
const y = keras.y.map((one) => [one]);
const held = [
  { x: x.slice(0, 7).map((row) => row.map((value) => value * 2)) },
  y.slice(0, 7).map(([one]) => [one! + 1]),
];
const silent = { verbose: 0, shuffle: false } as const;

type Session = Awaited<ReturnType<typeof openLine>>;
async function openLine(backend: (typeof testedBackends)[number] | "reference" = "reference") {
  const session = await open(line, { backend });
  await session.setWeight("dense/kernel", [[0.5], [-0.25]]);
  await session.setWeight("dense/bias", [0.1]);
  return session;
}

/** Batches as they come, from 1 on: how many were asked for is known. */
function counted(size: number) {
  const told = { given: 0, started: 0, closed: 0 };
  const source = function* () {
    told.started++;
    try {
      for (let i = 0; i < x.length; i += size) {
        told.given++;
        yield { inputs: { x: x.slice(i, i + size) }, target: y.slice(i, i + size) };
      }
    } finally {
      told.closed++;
    }
  };
  return { told, source: source as never };
}

/** Keras's words as ours. */
const words: Readonly<Record<string, string>> = {
  batch_size: "batchSize",
  validation_split: "validationSplit",
  validation_freq: "validationFreq",
  validation_batch_size: "validationBatchSize",
  validation_steps: "validationSteps",
  validation_data: "validationData",
  steps_per_epoch: "stepsPerEpoch",
};

const cases = keras.cases.map(({ epochs, options, source, history, kernel }) => {
  const ours = Object.entries(options).map(([word, value]) => [words[word], value === true ? held : value]);
  return { title: JSON.stringify(options), epochs, options: Object.fromEntries(ours), source, history, kernel };
});

test.each(testedBackends.flatMap((backend) => cases.map((one) => ({ ...one, backend }))))(
  "on $backend, as Keras: $title",
  async ({ backend, epochs, options, source, history, kernel }) => {
    const trainings = [
      (session: Session) => session.fit({ x }, y, { epochs, ...(source && { batchSize: 4 }), ...options, ...silent }),
      ...(source
        ? [(session: Session) => session.fitBatches(counted(4).source, { epochs, ...options, verbose: 0 })]
        : []),
    ];
    for (const train of trainings) {
      const session = await openLine(backend);
      const { history: ours } = await train(session as Session);
      for (const name of ["loss", "val_loss"] as const) {
        const wanted: readonly number[] | undefined = history[name];
        expect(ours[name]?.length).toBe(wanted?.length);
        for (const [i, value] of (wanted ?? []).entries()) expect(ours[name]![i]).toBeCloseTo(value, 5);
      }
      for (const [i, value] of kernel.entries())
        expect(session.getWeight("dense/kernel").data[i]).toBeCloseTo(value, 5);
      session.dispose();
    }
  },
);

test("a source is read as far as the steps go, from epoch to epoch, and closed in the end", async () => {
  const session = await openLine();
  const { told, source } = counted(4);
  const { steps } = await session.fitBatches(source, { epochs: 2, stepsPerEpoch: 2, verbose: 0 });
  expect([steps, told]).toEqual([4, { given: 4, started: 1, closed: 1 }]);
  const [reports, spy] = [[] as string[], vi.spyOn(process.stderr, "write")];
  spy.mockImplementation((text) => reports.push(String(text)) > 0);
  await session.fitBatches(source, { epochs: 1, stepsPerEpoch: 7, verbose: 0 });
  expect(told).toEqual({ given: 11, started: 3, closed: 3 });
  // Of the 23 samples, 9 make two steps of 4. Ten steps go over three rounds, and it is told of the first.
  const short = dataset(x.slice(0, 9).map((row, i) => ({ inputs: { x: row }, target: y[i]! }))).batch(3);
  for (const source of [short, short.repeat()])
    await session.fitBatches(source as never, { epochs: 2, stepsPerEpoch: 5, batchSize: 4, verbose: 0 });
  spy.mockRestore();
  const ended = (steps: string) =>
    `fitBatches: the source ended after ${steps} steps that stepsPerEpoch asks for, and begins again`;
  expect(reports).toEqual([`${ended("6 of the 7")}\n`, `${ended("2 of the 5")}; with repeat() it does not end\n`]);
  session.dispose();
});

test("steps of a size of their own go over the bounds of epochs", async () => {
  const trained = async (train: (session: Session) => Promise<unknown>) => {
    const session = await openLine();
    await train(session);
    const weights = session.getWeight("dense/kernel").data;
    session.dispose();
    return weights;
  };
  // Batches of 10, 10 and 3 samples are steps of 4; three epochs take 9 of them: of the second round, what makes 13.
  const ours = await trained((session) =>
    session.fitBatches(counted(10).source, { epochs: 3, stepsPerEpoch: 3, batchSize: 4, verbose: 0 }),
  );
  const twice = [...x, ...x].slice(0, 36);
  const wanted = await trained((session) =>
    session.fit({ x: twice }, [...y, ...y].slice(0, 36), { batchSize: 4, ...silent }),
  );
  expect(ours).toEqual(wanted);
});

test("what can be gone through once is enough for as many steps as it has", async () => {
  const session = await openLine();
  const once = () => (counted(4).source as () => Iterable<never>)();
  const { steps } = await session.fitBatches(once(), { epochs: 3, stepsPerEpoch: 2, verbose: 0 });
  expect(steps).toBe(6);
  await expect(session.fitBatches(once(), { epochs: 2, stepsPerEpoch: 4, verbose: 0 })).rejects.toMatchObject({
    code: "SW_DATA",
    message:
      "fitBatches: the source ended before the steps that stepsPerEpoch asks for; what can be gone through once needs a function that starts it afresh: () => batches()",
  });
  expect(session.epochs).toBe(4);
  session.dispose();
});

test("each round of shuffled samples has an order of its own, of which epochs are parts", async () => {
  const weights = async (options: { epochs: number; stepsPerEpoch?: number }) => {
    const session = await openLine();
    await session.fit({ x }, y, { batchSize: 4, verbose: 0, ...options });
    const { data } = session.getWeight("dense/kernel");
    session.dispose();
    return data;
  };
  expect(await weights({ epochs: 6, stepsPerEpoch: 2 })).toEqual(await weights({ epochs: 2 }));
});

test("callbacks look at epochs with validation alone", async () => {
  const session = await openLine();
  const seen: unknown[] = [];
  const own: Callback = {
    onEpochEnd({ epoch, reports, reportNames }) {
      seen.push([epoch, Object.keys(reports), reportNames]);
    },
  };
  await session.fit({ x }, y, {
    epochs: 2,
    ...silent,
    validationSplit: 0.2,
    validationFreq: 2,
    callbacks: [own],
  });
  const all = ["loss", "val_loss"];
  expect(seen).toEqual([
    [1, ["loss"], all],
    [2, all, all],
  ]);
  session.dispose();
});

test.each([
  [{ validationSplit: 1 }, "fit: validationSplit is 1, but must be a number between 0 and 1"],
  [{ validationSplit: "0.2" }, 'fit: validationSplit is "0.2", but must be a number between 0 and 1'],
  [
    { validationFreq: 0, validationSplit: 0.5 },
    "fit: validationFreq is 0, but must be a positive integer, or a list of epochs",
  ],
  [
    { validationFreq: [], validationSplit: 0.5 },
    "fit: validationFreq is [], but must be a positive integer, or a list of epochs",
  ],
  [{ stepsPerEpoch: 1.5 }, "fit: stepsPerEpoch is 1.5, but must be a positive integer"],
  [{ verbose: 3 }, 'fit: verbose is 3, but must be "auto", "bar", "lines", "json", "silent", 0, 1 or 2'],
  [
    { validationSteps: 3 },
    "fit: validationSteps is given, but there is no validation data; give validationData or validationSplit",
  ],
  [
    { validationSplit: 0.2, validationData: held },
    "fit: validationData and validationSplit are given, but there is one validation data; leave one out",
  ],
])("%j is refused", async (options, message) => {
  const session = await openLine();
  await expect(session.fit({ x }, y, options as never)).rejects.toMatchObject({ code: "SW_VALUE", message });
  session.dispose();
});

test("one sample cannot be split", async () => {
  const session = await openLine();
  await expect(session.fit({ x: [[1, 2]] }, [[1]], { validationSplit: 0.5 })).rejects.toMatchObject({
    code: "SW_VALUE",
    message: "fit: validationSplit 0.5 of 1 samples leaves 0 to train on and 1 to validate on; both need one at least",
  });
  session.dispose();
});
