import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  array,
  compile,
  cosineDecay,
  type LearningRate,
  meanSquaredError,
  metricOf,
  sgd,
  subtract,
  type Tensor,
} from "../../compiler/language.js";
import { dataset } from "../../runtime/datasets/index.js";
import {
  type Callback,
  csvLogger,
  earlyStopping,
  jsonLogger,
  learningRateScheduler,
  modelCheckpoint,
  open,
  reduceLROnPlateau,
  type Training,
  timeLimit,
} from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { halvingLine as line } from "../support/halvingLine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const x = array(new Float32Array([1]), [1, 1]);
const y = array(new Float32Array([1]), [1, 1]);
/** The validation loss (w + 1)² rises from the first epoch on. */
const away = array(new Float32Array([-1]), [1, 1]);
const quiet = { verbose: "silent", epochs: 5 } as const;
const rising = { ...quiet, validationData: [{ x }, away] } as const;

type Line = Awaited<ReturnType<typeof openLine>>;
const openLine = () => open(line(), { backend: "reference" });
const slopeOf = (session: { getWeight(name: string): { data: ArrayLike<number> } }) =>
  session.getWeight("dense/kernel").data[0];

describe.each(testedBackends)("on %s", (backend) => {
  test("training ends early, with the best epoch's weights", async () => {
    using session = await open(line(), { backend });
    const callbacks = [earlyStopping({ patience: 2, restoreBestWeights: true })];
    const history = await session.fit({ x }, y, { ...rising, callbacks });
    expect(history.history.val_loss).toEqual([2.25, 3.0625, 3.515625]);
    expect(history.stopped).toBe("earlyStopping: val_loss has not become better than 2.25 for 2 epochs");
    expect(slopeOf(session)).toBe(0.5);
    expect(session.epochs).toBe(3);
    // The next call begins anew.
    expect((await session.fit({ x }, y, { ...rising, callbacks })).epoch).toEqual([4, 5, 6]);
    const once = await session.fit({ x }, y, { ...rising, initialEpoch: 0, callbacks: [earlyStopping()] });
    expect(once.stopped).toMatch(/^earlyStopping: val_loss has not become better than \d\.\d+ for 1 epoch$/);
  });

  test("the rate falls on a plateau, and follows a function", async () => {
    using session = await open(line(), { backend });
    await session.fit({ x }, y, { ...rising, callbacks: [reduceLROnPlateau({ factor: 0.5, patience: 2 })] });
    expect(session.learningRate).toBe(0.0625);
    const rates: number[] = [];
    const callbacks: Callback[] = [
      learningRateScheduler((epoch, rate) => (epoch === 6 ? rate * 2 : rate)),
      { onEpochEnd: ({ learningRate }) => rates.push(learningRate) },
    ];
    await session.fit({ x }, y, { ...quiet, epochs: 3, callbacks });
    expect(rates).toEqual([0.0625, 0.125, 0.125]);
  });

  test("a checkpoint of the best epoch, and the last ones, are what the weights were", async () => {
    const place = join(folder, backend);
    using session = await open(line(), { backend });
    const callbacks = [
      modelCheckpoint(join(place, "best.safetensors"), { saveBestOnly: true, monitor: "val_loss" }),
      modelCheckpoint(join(place, "{epoch:02d}-{loss:.3f}.safetensors"), { saveWeightsOnly: true, keep: 2 }),
    ];
    await session.fit({ x }, y, { ...rising, callbacks });
    expect(readdirSync(place).sort()).toEqual(["04-0.016.safetensors", "05-0.004.safetensors", "best.safetensors"]);
    await session.restoreCheckpoint(join(place, "best.safetensors"));
    expect([slopeOf(session), session.epochs]).toEqual([0.5, 1]);
    await session.loadWeights(join(place, "04-0.016.safetensors"));
    expect([slopeOf(session), session.epochs]).toEqual([0.9375, 1]);
  });
});

describe("callbacks", () => {
  const backend = "reference";

  test("are called in order, and awaited", async () => {
    const calls: string[] = [];
    const tell = (name: string): Callback => ({
      async onTrainBegin({ epoch, epochs }) {
        await Promise.resolve();
        calls.push(`${name} begins at ${epoch} of ${epochs}`);
      },
      onEpochBegin: ({ epoch }) => calls.push(`${name} ${epoch}`),
      onEpochEnd: ({ epoch, reports, stop }) => {
        calls.push(`${name} ${epoch}: ${reports.loss}`);
        if (epoch === 2) stop("enough");
      },
      onTrainEnd: ({ epoch }) => calls.push(`${name} ends at ${epoch}`),
    });
    using session = await open(line(), { backend });
    const { stopped, epoch } = await session.fit({ x }, y, { ...quiet, callbacks: [tell("a"), tell("b")] });
    expect(calls).toEqual([
      ...["a begins at 0 of 5", "b begins at 0 of 5", "a 1", "b 1", "a 1: 1", "b 1: 1"],
      ...["a 2", "b 2", "a 2: 0.25", "b 2: 0.25", "a ends at 2", "b ends at 2"],
    ]);
    expect([stopped, epoch]).toEqual(["enough", [1, 2]]);
  });

  test("one that throws ends training, whose steps are taken", async () => {
    using session = await open(line(), { backend });
    const callbacks = [{ onEpochEnd: () => Promise.reject(new Error("no room")) }];
    await expect(session.fit({ x }, y, { ...quiet, callbacks })).rejects.toThrow("no room");
    expect([slopeOf(session), session.epochs]).toEqual([0.5, 1]);
    await session.fit({ x }, y, quiet);
  });

  test("a session that is disposed by one ends training", async () => {
    const session = await open(line(), { backend });
    const callbacks = [{ onEpochEnd: () => session.dispose() }];
    await expect(session.fit({ x }, y, { ...quiet, callbacks })).rejects.toMatchObject({ code: "SW_SESSION" });
  });

  test("files of an epoch's line each", async () => {
    const [csv, json] = [join(folder, "logs", "run.csv"), join(folder, "logs", "run.jsonl")];
    using session = await open(line(), { backend });
    const callbacks = [
      csvLogger(csv),
      jsonLogger(json),
      csvLogger(join(folder, "all.csv"), { append: true, separator: ";" }),
    ];
    await session.fit({ x }, y, { ...rising, epochs: 2, callbacks });
    await session.fit({ x }, y, { ...rising, epochs: 1, callbacks });
    const lines = (file: string) =>
      readFileSync(file, "utf8")
        .replace(/(?<=^\d+[,;]|"seconds":)[\d.e-]+/gm, "s")
        .split("\n");
    expect(lines(csv)).toEqual(["epoch,seconds,loss,val_loss", "3,s,0.0625,3.515625", ""]);
    expect(lines(join(folder, "all.csv"))).toEqual([
      ...["epoch;seconds;loss;val_loss", "1;s;1;2.25", "2;s;0.25;3.0625", "3;s;0.0625;3.515625", ""],
    ]);
    expect(lines(json)).toEqual([
      '{"epoch":1,"seconds":s,"learningRate":0.25,"loss":1,"val_loss":2.25}',
      '{"epoch":2,"seconds":s,"learningRate":0.25,"loss":0.25,"val_loss":3.0625}',
      '{"epoch":3,"seconds":s,"learningRate":0.25,"loss":0.0625,"val_loss":3.515625}',
      "",
    ]);
  });

  test("time that has passed ends training after the epoch", async () => {
    using session = await open(line(), { backend });
    const { epoch, stopped } = await session.fit({ x }, y, { ...quiet, callbacks: [timeLimit(1e-9)] });
    expect([epoch, stopped]).toEqual([[1], "timeLimit: 1e-9 seconds have passed"]);
  });
});

describe("a callback that remembers is of one call at a time", () => {
  const backend = "reference";
  const wrong = (rest: string) => ({
    code: "SW_VALUE",
    message: `fit: callbacks[1] (earlyStopping) is ${rest}`,
  });

  test("in two at once it is refused, and in one after the other it begins anew", async () => {
    const shared = [{ onEpochEnd() {} }, earlyStopping({ monitor: "loss", restoreBestWeights: true })];
    using one = await open(line(), { backend });
    using other = await open(line(), { backend });
    const [first, second] = await Promise.allSettled(
      [one, other].map((session) => session.fit({ x }, y, { ...quiet, callbacks: shared })),
    );
    expect(first).toMatchObject({ status: "fulfilled" });
    expect(second).toMatchObject({
      status: "rejected",
      reason: wrong("in another call that is under way; what it remembers is of one run: make one for each call"),
    });
    expect([slopeOf(one), slopeOf(other), other.epochs]).toEqual([1 - 2 ** -5, 0, 0]);
    // What fails lets it go, too.
    const fails: Callback = { onEpochEnd: () => raise("no room") };
    await expect(one.fit({ x }, y, { ...quiet, callbacks: [...shared, fails] })).rejects.toThrow("no room");
    await other.fit({ x }, y, { ...quiet, callbacks: shared });
    expect(slopeOf(other)).toBe(1 - 2 ** -5);
    const twice = [shared[1]!, shared[1]!];
    await expect(one.fit({ x }, y, { ...quiet, callbacks: twice })).rejects.toMatchObject(
      wrong("callbacks[0], too; what it remembers is of one run: leave one out, or make two"),
    );
  });

  test("the best that is to be beaten is of one session", async () => {
    const file = join(folder, "best-of.safetensors");
    const callbacks = [modelCheckpoint(file, { monitor: "loss", saveBestOnly: true })];
    using good = await open(line(), { backend });
    await good.fit({ x }, y, { ...quiet, callbacks });
    using other = await open(line(), { backend });
    await other.fit({ x }, y, { ...quiet, epochs: 1, callbacks });
    using best = await open(line(), { backend });
    await best.restoreCheckpoint(file);
    expect([slopeOf(best), best.epochs]).toEqual([0.5, 1]);
    // Of the session itself, also before another call.
    const worse = { ...quiet, epochs: 7, initialEpoch: 6, callbacks };
    await other.setWeight("dense/kernel", array(new Float32Array([-9]), [1, 1]));
    await other.fit({ x }, y, worse);
    await best.restoreCheckpoint(file);
    expect(slopeOf(best)).toBe(0.5);
  });
});

describe("what is refused, before a step is taken", () => {
  const backend = "reference";

  test.each<[message: string, callbacks: unknown, rate?: LearningRate]>([
    ['fit: earlyStopping monitors "val_loss", but there is no validationData', [earlyStopping()]],
    [
      'fit: earlyStopping monitors "val_lose", which is not reported as a number; there are "val_loss", "loss"',
      [earlyStopping({ monitor: "val_lose" })],
    ],
    [
      'fit: reduceLROnPlateau monitors "los", which is not reported as a number; there are "loss", "val_loss"',
      [reduceLROnPlateau({ monitor: "los" })],
    ],
    [
      'fit: modelCheckpoint monitors "best", which is not reported as a number; there are "loss", "val_loss"',
      [modelCheckpoint("none.safetensors", { monitor: "best", saveBestOnly: true })],
    ],
    [
      'learningRate: the optimizer\'s rate is what the schedule "cosineDecay" says; one that can be set is a number, such as 0.25',
      [reduceLROnPlateau({ monitor: "loss" })],
      cosineDecay(0.25, { decaySteps: 9 }),
    ],
    ["fit: callbacks is an object, but must be a list of callbacks, such as [earlyStopping()]", earlyStopping()],
    ...(
      [
        [
          "is a function, but must be a callback; call it, as earlyStopping(), or write { onEpochEnd: … }",
          earlyStopping,
        ],
        ["is an array, but must be a callback; spread it: [...list]", [earlyStopping()]],
        ["is a Promise, but must be a callback; await it", Promise.resolve(earlyStopping())],
        ["is null, but must be a callback, such as earlyStopping() or { onEpochEnd: … }", null],
        [
          "is a Map without any of a callback's functions; there are onTrainBegin, onEpochBegin, onTrainBatchEnd, onProgress, onEpochEnd, onTrainEnd",
          new Map(),
        ],
        ...["epochEnd", "epoch_end", "EpochEnd"].map((name) => [
          `is an object with "${name}", which is never called; did you mean "onEpochEnd"?`,
          { [name]() {} },
        ]),
      ] as [string, unknown][]
    ).map(([fault, one]): [string, unknown] => [`fit: callbacks[1] ${fault}`, [{ onEpochEnd() {} }, one]]),
    ['fit: callbacks have no "on_epoch_end"; did you mean "onEpochEnd"?', [{ on_epoch_end() {} }]],
    ['fit: callbacks have no "onEpochEnds"; did you mean "onEpochEnd"?', [{ onEpochEnds() {} }]],
    ['fit: callbacks have no "onBatchEnd"; did you mean "onTrainBatchEnd"?', [{ onBatchEnd() {} }]],
    ['fit: callbacks have no "onYield"; did you mean "onProgress"?', [{ onYield() {} }]],
    ...["onBatchBegin", "onTrainBatchBegin", "on_train_batch_begin"].map((name): [string, unknown] => [
      `fit: callbacks have no "${name}"; there are onTrainBegin, onEpochBegin, onTrainBatchEnd, onProgress, onEpochEnd, onTrainEnd`,
      [{ [name]() {} }],
    ]),
    ["fit: onEpochEnd of a callback is 3, but must be a function", [{ onEpochEnd: 3 }]],
  ])("%s", async (message, callbacks, rate?: LearningRate) => {
    using session = await open(line(rate), { backend });
    await expect(session.fit({ x }, y, { ...quiet, callbacks } as never)).rejects.toMatchObject({
      code: "SW_VALUE",
      message,
    });
    expect(slopeOf(session)).toBe(0);
  });

  test("a report's name that does not tell whether it should rise, before a step is taken", async () => {
    const gain = metricOf("gain", (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) =>
      subtract(output, target),
    );
    const { model } = line();
    using session = await open(compile(model, { optimizer: sgd(), loss: meanSquaredError(), metrics: [gain] }), {
      backend,
    });
    const monitor = "gain";
    for (const [name, callback] of Object.entries({
      earlyStopping: earlyStopping({ monitor }),
      reduceLROnPlateau: reduceLROnPlateau({ monitor }),
      modelCheckpoint: modelCheckpoint(join(folder, "gain.safetensors"), { monitor, saveBestOnly: true }),
    })) {
      await expect(session.fit({ x }, y, { ...quiet, callbacks: [callback] })).rejects.toMatchObject({
        code: "SW_VALUE",
        message: `${name}: whether "gain" should fall or rise is not known; write mode: "min" or mode: "max"`,
      });
    }
    expect(slopeOf(session)).toBe(0);
    await session.fit({ x }, y, { ...quiet, callbacks: [earlyStopping({ monitor, mode: "max" })] });
    expect(session.epochs).toBe(5);
  });

  test.each<[string, () => unknown]>([
    ["earlyStopping: patience is -1, but must be an integer from 0", () => earlyStopping({ patience: -1 })],
    [
      'earlyStopping: no option is named "restoreBestWeight"; did you mean "restoreBestWeights"?',
      () => earlyStopping({ restoreBestWeight: true } as never),
    ],
    ["reduceLROnPlateau: factor is 1, but must be a number in [0, 1)", () => reduceLROnPlateau({ factor: 1 })],
    ["timeLimit: seconds is 0, but must be a positive number of float32", () => timeLimit(0)],
    ["learningRateScheduler: schedule is 0.1, but must be a function", () => learningRateScheduler(0.1 as never)],
    ['csvLogger: "" is not the path of a file; write one, such as "models/digits.safetensors"', () => csvLogger("")],
  ])("%s", (message, make) => {
    expect(make).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });

  test.each(["{loss:.4g}", "{epoch:>3}", "{loss:.200f}", "{"])("the pattern %s", (pattern) => {
    expect(() => modelCheckpoint(pattern)).toThrow(
      `modelCheckpoint: ${JSON.stringify(pattern)} names no number; write {loss}, {epoch:03d} or {loss:.2f}`,
    );
  });

  test("a pattern that names what is not reported", async () => {
    using session = await open(line(), { backend });
    const callbacks = [modelCheckpoint(join(folder, "{accuracy:.2f}.safetensors"))];
    await expect(session.fit({ x }, y, { ...quiet, callbacks })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `modelCheckpoint: no number "accuracy" is reported for ${join(folder, "{accuracy:.2f}.safetensors")}; there are "epoch", "loss"`,
    });
    expect(session.epochs).toBe(0);
  });
});

describe("a backup", () => {
  const backend = "reference";

  test("is removed when training ends, and goes on where another session was interrupted", async () => {
    const backup = join(folder, "backup.safetensors");
    using whole = await open(line(), { backend });
    await whole.fit({ x }, y, { ...quiet, backup });
    expect(existsSync(backup)).toBe(false);

    using interrupted = await open(line(), { backend });
    const fails = [{ onEpochBegin: ({ epoch }) => void (epoch === 4 && raise("no power")) }] satisfies Callback[];
    await expect(interrupted.fit({ x }, y, { ...quiet, backup, callbacks: fails })).rejects.toThrow("no power");
    using resumed = await open(line(), { backend });
    const { epoch, history } = await resumed.fit({ x }, y, { ...quiet, backup });
    expect([epoch, history.loss]).toEqual([
      [4, 5],
      [0.015625, 0.00390625],
    ]);
    expect(slopeOf(resumed)).toBe(slopeOf(whole));
  });

  test("through a link, is removed where that leads: a link that is made anew finds no run that has ended", async () => {
    const [backup, target] = [join(folder, "link.safetensors"), join(folder, "led-to.safetensors")];
    for (const epochs of [5, 10]) {
      rmSync(backup, { force: true });
      symlinkSync(target, backup);
      using session = await open(line(), { backend });
      const { epoch } = await session.fit({ x }, y, { ...quiet, epochs, backup });
      expect([epoch.length, existsSync(target)]).toEqual([epochs, false]);
    }
  });

  test("of another program is told from this one's, and nothing is trained", async () => {
    const backup = join(folder, "other.safetensors");
    using other = await open(line(cosineDecay(0.25, { decaySteps: 9 })), { backend });
    const fails = [{ onEpochBegin: ({ epoch }) => void (epoch === 2 && raise("no power")) }] satisfies Callback[];
    await expect(other.fit({ x }, y, { ...quiet, backup, callbacks: fails })).rejects.toThrow("no power");
    using session = await open(line(), { backend });
    await expect(session.fit({ x }, y, { ...quiet, backup })).rejects.toMatchObject({
      code: "SW_FILE",
      message:
        `fit: ${backup} is of another program: "optimizer/steps" [] is not in the model; ` +
        '"optimizer/learningRate" [] is not in the file; ' +
        "loadWeights takes its weights alone",
    });
    expect([slopeOf(session), session.epochs, existsSync(backup)]).toEqual([0, 0, true]);
  });
});

describe("a backup is of one call", () => {
  const backend = "reference";
  const fails = [{ onEpochBegin: ({ epoch }) => void (epoch === 2 && raise("no power")) }] satisfies Callback[];

  /** The file that a call of `fit` leaves which fails in its second epoch. */
  async function left(name: string, options: object) {
    const backup = join(folder, name);
    using session = await open(line(), { backend });
    await expect(session.fit({ x }, y, { ...quiet, ...options, backup, callbacks: fails })).rejects.toThrow("no power");
    return backup;
  }

  test.each([
    [{ batchSize: 2 }, {}, "of a call with batchSize 2, this one has batchSize 32"],
    [{ seed: 1 }, { seed: 2 }, "of a call with seed 1, this one has seed 2"],
    [{}, { shuffle: false }, "of a call with shuffle true, this one has shuffle false"],
    [{ stepsPerEpoch: 3 }, { stepsPerEpoch: 4 }, "of a call with stepsPerEpoch 3, this one has stepsPerEpoch 4"],
  ])("with %j, not with %j", async (before, now, difference) => {
    const backup = await left("calls-differ.safetensors", before);
    using session = await open(line(), { backend });
    await expect(session.fit({ x }, y, { ...quiet, ...now, backup })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${backup} is ${difference}; call it as it was called, or remove the file to begin anew`,
    });
    expect([slopeOf(session), readdirSync(folder).includes("calls-differ.safetensors.lock")]).toEqual([0, false]);
    await session.fit({ x }, y, { ...quiet, ...before, backup });
    expect(session.epochs).toBe(5);
  });

  test("on so many samples, however what is usual is said", async () => {
    const backup = await left("samples.safetensors", { batchSize: 32, shuffle: true, seed: 0 });
    using session = await open(line(), { backend });
    const two = array(new Float32Array(2), [2, 1]);
    await expect(session.fit({ x: two }, two, { ...quiet, backup })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${backup} is of a call with 1 sample, this one has 2 samples; call it as it was called, or remove the file to begin anew`,
    });
    await session.fit({ x }, y, { ...quiet, backup });
    expect(session.epochs).toBe(5);
  });

  test("with these numbers, not with others of the same size", async () => {
    const backup = await left("data-differ.safetensors", {});
    using session = await open(line(), { backend });
    const message = (difference: string) =>
      `fit: ${backup} is ${difference}; call it as it was called, or remove the file to begin anew`;
    const other = array(new Float32Array([0.5]), [1, 1]);
    for (const [inputs, target] of [
      [other, y],
      [x, other],
    ] as const)
      await expect(session.fit({ x: inputs }, target, { ...quiet, backup })).rejects.toMatchObject({
        code: "SW_FILE",
        message: message("of a call on other data: not all of its rows are these"),
      });
    await expect(session.fit({ x }, y, { ...rising, backup })).rejects.toMatchObject({
      message: message("of a call with no validation data, this one has validation data"),
    });
    await session.fit({ x }, y, { ...quiet, backup });
    expect(session.epochs).toBe(5);
  });

  test("with each of its rows, and with those of its validation data", async () => {
    const column = (change: (i: number) => number = () => 1) =>
      array(
        Float32Array.from({ length: 40 }, (_, i) => change(i)),
        [40, 1],
      );
    const backup = join(folder, "rows-differ.safetensors");
    type Column = ReturnType<typeof column>;
    const fit = async (all: Column, held: Column, callbacks: readonly Callback[]) => {
      using session = await open(line(), { backend });
      await session.fit({ x: all }, column(), { ...quiet, validationData: [{ x: held }, column()], backup, callbacks });
    };
    await expect(fit(column(), column(), fails)).rejects.toThrow("no power");
    const mended = column((i) => (i === 20 ? 0.5 : 1));
    // Signs are the highest bits, which a product with an odd number leaves where they are.
    const signs = column((i) => (i === 20 || i === 21 ? -1 : 1));
    for (const other of [mended, signs]) {
      await expect(fit(other, column(), [])).rejects.toThrow("of a call on other data: not all of its rows are these;");
      await expect(fit(column(), other, [])).rejects.toThrow(
        "of a call with other validation data: not all of its rows are these;",
      );
    }
    await fit(column(), column(), []);
    expect(existsSync(backup)).toBe(false);
  });

  test("with its validation data, of which other steps and batches may be asked for", async () => {
    const backup = join(folder, "validation-steps.safetensors");
    const held = array(new Float32Array(40).fill(1), [40, 1]);
    const fit = async (options: object, callbacks: readonly Callback[]) => {
      using session = await open(line(), { backend });
      const validation = { validationData: [{ x: held }, held] as const, validationBatchSize: 4, validationSteps: 2 };
      return await session.fit({ x }, y, { ...quiet, ...validation, ...options, backup, callbacks });
    };
    for (const options of [{ validationSteps: 3 }, { validationBatchSize: 3 }, { validationSteps: undefined }]) {
      await expect(fit({}, fails)).rejects.toThrow("no power");
      expect((await fit(options, [])).epoch).toEqual([2, 3, 4, 5]);
    }
    // Of its rows, also one that no step reaches is looked at.
    await expect(fit({}, fails)).rejects.toThrow("no power");
    const other = array(held.data.map((value, i) => (i === 39 ? 2 : value)) as Float32Array, [40, 1]);
    await expect(fit({ validationData: [{ x: other }, held] }, [])).rejects.toThrow(
      "of a call with other validation data: not all of its rows are these;",
    );
    rmSync(backup);
  });

  const batchesOf = (value: number) =>
    Array.from({ length: 4 }, () => ({ inputs: { x: [[value]] }, target: [[value]] }));

  test.each<[string, number, (value: number) => unknown, object]>([
    ["by a function", 2, (value) => () => batchesOf(value), {}],
    ["as a dataset", 2, (value) => dataset(batchesOf(value)), {}],
    ["once, by a generator", 1, (value) => batchesOf(value).values(), {}],
    ["in epochs of so many steps", 2, (value) => () => batchesOf(value), { stepsPerEpoch: 2 }],
  ])("of a source, %s, which gives another first batch now: that is told", async (_, epochs, sourceOf, options) => {
    const told: string[] = [];
    const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
    const backup = join(folder, "sources-differ.safetensors");
    const settings = { ...quiet, ...options, epochs, backup };
    const fit = async (value: number, callbacks: readonly Callback[] = []) => {
      using session = await open(line(), { backend });
      await session.fitBatches(sourceOf(value) as never, { ...settings, callbacks });
    };
    const told1 =
      "fitBatches: the source's first batch is another than before: if its data is the same, it draws at random, ";
    for (const value of [1, 0.5]) {
      const now = vi.spyOn(performance, "now");
      // The first step of each epoch is kept as late, and the second of the last epoch fails.
      const late: Callback = {
        onTrainBatchEnd: ({ epoch, step }) =>
          epoch === epochs && step === 2 ? raise("no power") : void now.mockReturnValue(1e9 * (10 * epoch + step)),
      };
      await expect(fit(1, [late])).rejects.toThrow("no power");
      now.mockRestore();
      await fit(value);
      expect(existsSync(backup)).toBe(false);
    }
    spy.mockRestore();
    expect(told).toEqual([expect.stringContaining(told1)]);
  });

  test("of before, which says less of its call: what it says", async () => {
    const backup = await left("older.safetensors", { batchSize: 2 });
    const written = readFileSync(backup, "latin1");
    const settings = /(?<=\\"settings\\":)\{.*?\}/;
    const [now] = settings.exec(written)!;
    expect(JSON.parse(now.replaceAll("\\", ""))).toEqual({
      ...{ samples: 1, batchSize: 2, shuffle: true, seed: 0 },
      ...{ stepsPerEpoch: null, validationSplit: null, source: null, rows: expect.any(Number), validation: null },
    });
    // As they were written before samples, and what is usual, were among them: only what was said.
    const older = written
      .replace(/"sha256":"\w+",/, (seal) => " ".repeat(seal.length))
      .replace(settings, '{\\"batchSize\\":2}'.padEnd(now.length));
    using session = await open(line(), { backend });
    writeFileSync(backup, older, "latin1");
    await expect(session.fit({ x }, y, { ...quiet, batchSize: 4, backup })).rejects.toThrow(
      "is of a call with batchSize 2, this one has batchSize 4",
    );
    await session.fit({ x }, y, { ...quiet, batchSize: 2, backup });
    expect([session.epochs, existsSync(backup)]).toEqual([5, false]);
  });

  test("with a rate of 0.25, not of 0.5", async () => {
    const backup = await left("rates.safetensors", {});
    using session = await open(line(0.5), { backend });
    await expect(session.fit({ x }, y, { ...quiet, backup })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${backup} is of a step that was compiled otherwise: with other constants, such as a rate, or other layers, loss or metrics; call it as it was called, or remove the file to begin anew`,
    });
  });

  test("not of two at a time", async () => {
    const backup = join(folder, "two.safetensors");
    using one = await open(line(), { backend });
    using other = await open(line(), { backend });
    let refused: unknown;
    const onEpochEnd = async () => {
      refused = await other.fit({ x }, y, { ...quiet, backup }).catch((error: unknown) => error);
    };
    await one.fit({ x }, y, { ...quiet, epochs: 1, backup, callbacks: [{ onEpochEnd }] });
    expect(refused).toMatchObject({
      code: "SW_FILE",
      message: `fit: ${backup} is the backup of a call that is under way in process ${process.pid}; wait for its end, or give each call a backup of its own`,
    });
    expect(other.epochs).toBe(0);
    await other.fit({ x }, y, { ...quiet, backup });
    expect(readdirSync(folder).filter((name) => name.startsWith("two"))).toEqual([]);
  });

  test("what a process has left that is no more does not bar the way; one that lives does", async () => {
    const backup = join(folder, "locked.safetensors");
    const fit = async () => {
      using session = await open(line(), { backend });
      await session.fit({ x }, y, { ...quiet, backup });
      return session.epochs;
    };
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(`${backup}.lock`, `${pid} ${hostname()}\n`);
    expect(await fit()).toBe(5);
    writeFileSync(`${backup}.lock`, `${process.ppid} ${hostname()}\n`);
    await expect(fit()).rejects.toThrow(
      `fit: ${backup} is the backup of a call that is under way in process ${process.ppid}; wait for its end`,
    );
    rmSync(`${backup}.lock`);
  });

  test.each(["null", "{}", '{"first":0}', '{"first":0,"callbacks":{},"call":{}}', undefined])(
    "whose memory is %s is refused",
    async (kept) => {
      const backup = await left("broken.safetensors", {});
      const bytes = readFileSync(backup);
      const length = Number(bytes.readBigUInt64LE());
      const {
        __metadata__: { sha256, ...metadata },
        ...rest
      } = JSON.parse(bytes.subarray(8, 8 + length).toString());
      const header = Buffer.from(JSON.stringify({ __metadata__: { ...metadata, kept }, ...rest }).padEnd(length));
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(header.length));
      writeFileSync(backup, Buffer.concat([size, header, bytes.subarray(8 + length)]));
      using session = await open(line(), { backend });
      await expect(session.fit({ x }, y, { ...quiet, backup })).rejects.toMatchObject({
        code: "SW_FILE",
        message: `fit: ${backup} is broken: what training remembers in it is not there`,
      });
      rmSync(backup);
    },
  );

  test.each([
    [{ values: { step: 1n } }, '1n for "step", but values are numbers, texts and null'],
    [{ values: { all: [1] } }, 'an array for "all", but values are numbers, texts and null'],
    [{ values: {}, weights: { a: y } }, "an object for weights, but they are a Map of arrays by their names"],
  ])("what a callback remembers is %s: refused before it is written", async (state, fault) => {
    using session = await open(line(), { backend });
    const callbacks = [{ name: "own", state: () => state, setState() {} }] as unknown as Callback[];
    const backup = join(folder, "state.safetensors");
    await expect(session.fit({ x }, y, { ...quiet, backup, callbacks })).rejects.toMatchObject({
      code: "SW_VALUE",
      message: `fit: state() of own gave ${fault}`,
    });
  });
});

describe("between steps", () => {
  const backend = "reference";
  const many = { x: array(new Float32Array(40).fill(1), [40, 1]) };
  const ones = array(new Float32Array(40).fill(1), [40, 1]);

  test("a callback sees each, with what was reported up to it", async () => {
    using session = await open(line(), { backend });
    const seen: unknown[] = [];
    const callbacks = [
      {
        onTrainBatchEnd({ epoch, step, reports }) {
          seen.push([epoch, step, reports.loss, slopeOf(session)]);
        },
      },
    ] satisfies Callback[];
    await session.fit(many, ones, { ...quiet, epochs: 2, batchSize: 20, callbacks });
    // The slope lacks 1, 1/2, 1/4, 1/8; the loss is its square, and that of an epoch's steps their mean.
    expect(seen).toEqual([
      [1, 1, 1, 0.5],
      [1, 2, (1 + 0.25) / 2, 0.75],
      [2, 1, 0.0625, 0.875],
      [2, 2, (0.0625 + 0.015625) / 2, 0.9375],
    ]);
  });

  test.each(testedBackends)(
    "on %s, training ends after the step in which one says so, as does its epoch",
    async (backend) => {
      using session = await open(line(), { backend });
      const onTrainBatchEnd = ({ epoch, step, stop }: Training) => void (epoch === 2 && step === 3 && stop("enough"));
      const { history, steps, stopped } = await session.fit(many, ones, {
        ...quiet,
        batchSize: 4,
        callbacks: [{ onTrainBatchEnd }],
      });
      expect([history.loss.length, steps, stopped, session.epochs]).toEqual([2, 13, "enough", 2]);
      expect(slopeOf(session)).toBe(1 - 2 ** -13);
    },
  );

  test("a source is closed where one says so", async () => {
    using session = await open(line(), { backend });
    let closed = 0;
    const source = function* () {
      try {
        for (;;) yield { inputs: { x }, target: y };
      } finally {
        closed++;
      }
    };
    const onProgress = ({ step, stop }: Training) => void (step >= 5 && stop("enough"));
    for (const options of [{}, { stepsPerEpoch: 1000 }]) {
      const { stopped, steps } = await session.fitBatches(source, {
        ...quiet,
        ...options,
        callbacks: [{ onProgress }],
      });
      expect([stopped, steps < 1000]).toEqual(["enough", true]);
    }
    expect(closed).toBe(2);
  });
});

describe("what a callback may do with the session", () => {
  const backend = "reference";

  test("evaluate and predict, between epochs and steps", async () => {
    using session = await open(line(), { backend });
    const seen: unknown[] = [];
    const look = async () => {
      const { loss } = await session.evaluate({ x }, y);
      const { data } = await session.predict({ x });
      seen.push([loss, data[0]]);
    };
    await session.fit({ x }, y, { ...quiet, epochs: 2, callbacks: [{ onTrainBatchEnd: look, onEpochEnd: look }] });
    expect(seen).toEqual([
      [0.25, 0.5],
      [0.25, 0.5],
      [0.0625, 0.75],
      [0.0625, 0.75],
    ]);
  });

  test.each<[string, (session: Line) => Promise<unknown>, string]>([
    [
      "train",
      (session) => session.fit({ x }, y),
      "fit: fit is under way on this session; await it before you call fit",
    ],
    [
      "set a weight",
      (session) => session.setWeight("dense/kernel", [[1]]),
      "setWeight: fit is under way on this session; await it before you call setWeight",
    ],
  ])("not %s", async (_, act, message) => {
    using session = await open(line(), { backend });
    const callbacks = [{ onEpochEnd: () => act(session) }];
    await expect(session.fit({ x }, y, { ...quiet, callbacks })).rejects.toMatchObject({ code: "SW_SESSION", message });
  });

  test("leave nothing under way", async () => {
    using session = await open(line(), { backend });
    let evaluated: Promise<unknown> | undefined;
    const onEpochEnd = () => {
      evaluated = session.evaluate({ x }, y);
    };
    await expect(session.fit({ x }, y, { ...quiet, callbacks: [{ onEpochEnd }] })).rejects.toMatchObject({
      code: "SW_SESSION",
      message: "fit: evaluate is still under way; await it in the callback",
    });
    await evaluated;
  });

  test("nothing with what it was given, after training has ended", async () => {
    using session = await open(line(), { backend });
    let kept: Training | undefined;
    const onEpochEnd = (training: Training) => {
      kept = training;
    };
    await session.fit({ x }, y, { ...quiet, callbacks: [{ onEpochEnd }] });
    const message = "fit: it has ended, and what it gave to callbacks with it";
    expect(() => kept!.getWeights()).toThrow(expect.objectContaining({ code: "SW_SESSION", message }));
    await expect(kept!.setWeights(new Map([["dense/kernel", [[7]]]]))).rejects.toThrow(message);
    await expect(kept!.saveWeights(join(folder, "late.safetensors"))).rejects.toThrow(message);
    expect(slopeOf(session)).toBe(1 - 2 ** -5);
  });
});

test("a class's misspelt function is told as a record's is", async () => {
  class Own {
    onEpochEnds() {}
  }
  using session = await open(line(), { backend: "reference" });
  await expect(session.fit({ x }, y, { callbacks: [new Own() as Callback] })).rejects.toMatchObject({
    code: "SW_VALUE",
    message: 'fit: callbacks have no "onEpochEnds"; did you mean "onEpochEnd"?',
  });
});

describe("what a callback may not do", () => {
  const backend = "reference";
  const within = async (act: (training: Training) => unknown) => {
    using session = await open(line(), { backend });
    await session.fit({ x }, y, { ...quiet, epochs: 1, callbacks: [{ onEpochEnd: act }] });
  };

  test.each<[string, (training: Training) => unknown]>([
    [
      "dense/kernel: takes [1, 1], got [1]",
      ({ setWeights }) => setWeights(new Map([["dense/kernel", new Float32Array(1)]])),
    ],
    [
      'no variable is named "dense/kernels"; there are "dense/kernel", "optimizer/learningRate"',
      ({ setWeights }) => setWeights(new Map([["dense/kernels", y]])),
    ],
    ["setWeights: takes a Map of values by names, got an object", ({ setWeights }) => setWeights({} as never)],
    ["stop: why is undefined, but must be a text that is not empty", ({ stop }) => (stop as () => void)()],
  ])("%s", async (message, act) => {
    await expect(within(act)).rejects.toMatchObject({ name: "ShapewrightError", message });
  });

  test("what was given to setWeights may be changed afterwards", async () => {
    using session = await open(line(), { backend });
    const given = new Float32Array([3]);
    const onEpochEnd = ({ setWeights }: Training) => setWeights(new Map([["dense/kernel", array(given, [1, 1])]]));
    await session.fit({ x }, y, { ...quiet, epochs: 1, callbacks: [{ onEpochEnd }] });
    given[0] = 7;
    expect(slopeOf(session)).toBe(3);
  });
});

describe("a backup is no other file", () => {
  const backend = "reference";

  test("a checkpoint is neither gone on from nor removed", async () => {
    const file = join(folder, "mine.safetensors");
    using session = await open(line(), { backend });
    await session.saveCheckpoint(file);
    await expect(session.fit({ x }, y, { ...quiet, backup: file })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${file} is no backup, which would be removed in the end; give it a file of its own`,
    });
    expect(existsSync(file)).toBe(true);
  });

  test("one of another call of fit is refused, one that this call was interrupted in goes on to its last epoch", async () => {
    const backup = join(folder, "calls.safetensors");
    const failsAt = (number: number): Callback[] => [
      { onEpochBegin: ({ epoch }) => void (epoch === number && raise("no power")) },
    ];
    using session = await open(line(), { backend });
    await session.fit({ x }, y, { ...quiet, epochs: 3, backup });
    await expect(session.fit({ x }, y, { ...quiet, epochs: 3, backup, callbacks: failsAt(5) })).rejects.toThrow(
      "no power",
    );
    // As a program does that is started again:
    using again = await open(line(), { backend });
    await expect(again.fit({ x }, y, { ...quiet, epochs: 3, backup })).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${backup} is of a run that began with epoch 4 and has ended 4, this one begins with epoch 1; give each call a backup of its own, or remove it to begin anew`,
    });
    expect((await session.fit({ x }, y, { ...quiet, epochs: 3, backup })).epoch).toEqual([5, 6]);
    expect(existsSync(backup)).toBe(false);
  });

  test("one of a call with initialEpoch, left within its first epoch, is gone on from", async () => {
    const backup = join(folder, "initial.safetensors");
    const now = vi.spyOn(performance, "now");
    using session = await open(line(), { backend });
    const many = array(new Float32Array(3).fill(1), [3, 1]);
    const settings = { ...quiet, epochs: 5, initialEpoch: 4, batchSize: 1, backup };
    // Six minutes after it has begun, a step is kept.
    const late: Callback = {
      onTrainBatchEnd: ({ step }) => (step === 2 ? raise("no power") : void now.mockReturnValue(1e9)),
    };
    await expect(session.fit({ x: many }, many, { ...settings, callbacks: [late] })).rejects.toThrow("no power");
    now.mockRestore();
    using again = await open(line(), { backend });
    const { epoch, steps } = await again.fit({ x: many }, many, settings);
    expect([epoch, steps, slopeOf(again)]).toEqual([[5], 2, 1 - 2 ** -3]);
  });

  test("other callbacks than it remembers are refused", async () => {
    const backup = join(folder, "remembers.safetensors");
    const fails = { onEpochBegin: ({ epoch }) => void (epoch === 3 && raise("no power")) } satisfies Callback;
    using session = await open(line(), { backend });
    const callbacks = [earlyStopping({ monitor: "loss", patience: 3 }), fails];
    await expect(session.fit({ x }, y, { ...quiet, backup, callbacks })).rejects.toThrow("no power");
    using again = await open(line(), { backend });
    await expect(again.fit({ x }, y, { ...quiet, backup })).rejects.toMatchObject({
      code: "SW_VALUE",
      message:
        'fit: the backup remembers the callback "0.earlyStopping", which is not among those given; give the same, in this order',
    });
  });

  test("lines that were logged after it are written anew", async () => {
    const [backup, log] = [join(folder, "lines.safetensors"), join(folder, "lines.csv")];
    using session = await open(line(), { backend });
    const end = new AbortController();
    const callbacks = (fail: boolean): Callback[] => [
      csvLogger(log),
      { onEpochEnd: ({ epoch }) => (fail && epoch === 2 ? raise("no power") : undefined) },
    ];
    await expect(
      session.fit({ x }, y, { ...quiet, epochs: 3, backup, callbacks: callbacks(true), signal: end.signal }),
    ).rejects.toThrow();
    using again = await open(line(), { backend });
    await again.fit({ x }, y, { ...quiet, epochs: 3, backup, callbacks: callbacks(false) });
    const epochs = readFileSync(log, "utf8")
      .split("\n")
      .map((row) => row.split(",")[0]);
    expect(epochs).toEqual(["epoch", "1", "2", "3", ""]);
  });
});

function raise(message: string): never {
  throw new Error(message);
}
