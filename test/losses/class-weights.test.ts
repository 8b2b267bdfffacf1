import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  add,
  array,
  binaryCrossentropy,
  categoricalCrossentropy,
  compile,
  ctc,
  dense,
  dice,
  input,
  type Loss,
  meanSquaredError,
  model,
  sgd,
  sparseCategoricalCrossentropy,
  variable,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

interface Case {
  readonly x: readonly number[];
  readonly shape: readonly number[];
  readonly y: readonly number[];
  readonly targetShape: readonly number[];
  readonly fit: number;
  readonly batches: number;
  readonly evaluate: number;
  /** Of training and of evaluation, which leave the weights out. */
  readonly accuracy: readonly [number, number];
  readonly bias: readonly number[];
}

/** Keras's numbers; made by class-weights.py. */
const {
  weights,
  ...cases
}: Readonly<Record<"sparse" | "rows" | "binary", Case>> & { weights: Record<number, number> } = JSON.parse(
  readFileSync(new URL("../fixtures/class-weights.json", import.meta.url), "utf8"),
);

const losses: Record<keyof typeof cases, Loss<any>> = {
  sparse: sparseCategoricalCrossentropy({ fromLogits: true }),
  rows: categoricalCrossentropy({ fromLogits: true }),
  binary: binaryCrossentropy({ fromLogits: true }),
};

const named = Object.entries(cases) as [keyof typeof cases, Case][];
const silent = { shuffle: false, verbose: "silent" } as const;

describe.each([...testedBackends, "reference" as const])("on %s, classes have Keras's weights", (backend) => {
  test.each(named)("%s", async (name, { x, shape, y, targetShape, ...wanted }) => {
    const size = shape[1]!;
    const net = model({ x: input(["batch", size]) }, ({ x }) => add(x, variable("bias", [size], zeros())));
    const data = [
      { x: array(new Float32Array(x), [...shape]) },
      array(name === "sparse" ? new Int32Array(y) : new Float32Array(y), [...targetShape]),
    ] as [any, never];
    const loss = losses[name];
    const judged = { loss, classWeight: weights, metrics: name === "binary" ? [] : [accuracy()] };
    using still = await open(compile(net, { optimizer: sgd({ learningRate: 0 }), ...judged }), { backend });
    expect((await still.evaluate(...data)).loss).toBeCloseTo(wanted.evaluate, 5);
    const { history: kept } = await still.fit(...data, { ...silent, batchSize: 2, validationData: data as never });
    expect(kept.loss[0]).toBeCloseTo(wanted.batches, 5);
    expect(kept.val_loss![0]).toBeCloseTo(wanted.evaluate, 5);
    const { accuracy: [seen] = [], val_accuracy: [held] = [] } = kept as Readonly<Record<string, readonly number[]>>;
    if (name !== "binary")
      for (const [i, value] of [seen, held].entries()) expect(value).toBeCloseTo(wanted.accuracy[i]!, 5);
    using session = await open(compile(net, { optimizer: sgd({ learningRate: 1 }), loss, classWeight: weights }), {
      backend,
    });
    const { history } = await session.fit(...data, { ...silent, batchSize: 5 });
    expect(history.loss[0]).toBeCloseTo(wanted.fit, 5);
    const bias = session.getWeight("bias").data as Float32Array;
    for (const [i, value] of bias.entries()) expect(value).toBeCloseTo(wanted.bias[i]!, 5);
  });
});

const optimizer = sgd({ learningRate: 0 });
const pass = (...shape: (number | string)[]) =>
  model({ x: input(["batch", ...shape]) }, ({ x }) => add(x, variable("bias", [shape.at(-1) as number], zeros())));

test("each place of a sequence has the weight of its class, beside weights of samples", async () => {
  const loss = sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: -1 });
  const program = compile(pass(2, 2), { optimizer, loss, classWeight: [1, 3], sampleWeight: "samples" });
  using session = await open(program, { backend: "reference" });
  const x = array(new Float32Array(8), [2, 2, 2]);
  const labels = array(new Int32Array([0, 1, 1, -1]), [2, 2]);
  const { history } = await session.fit({ x }, labels, { ...silent, sampleWeight: [1, 2] });
  // Of three places that count, each ln 2: 1 · 1, 1 · 3, 2 · 3.
  expect(history.loss[0]).toBeCloseTo((Math.LN2 * (1 + 3 + 6)) / 3, 5);
});

test("of several outputs, by their names", async () => {
  const two = model({ x: input(["batch", 2]) }, ({ x }) => {
    const y = add(x, variable("bias", [2], zeros()));
    return { a: y, b: y };
  });
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  using session = await open(compile(two, { optimizer, loss: { a: loss, b: loss }, classWeight: { b: { 1: 5 } } }));
  const { history } = await session.fit({ x: [[0, 0]] }, { a: [1], b: [1] }, silent);
  expect(history.a_loss[0]).toBeCloseTo(Math.LN2, 5);
  expect(history.b_loss[0]).toBeCloseTo(5 * Math.LN2, 5);
});

describe("weights that are none are refused", () => {
  const compiled = (
    classWeight: unknown,
    loss: Loss<any> = sparseCategoricalCrossentropy(),
    net: ReturnType<typeof pass> = pass(3),
  ) => compile(net, { optimizer, loss, classWeight: classWeight as never, onWarning() {} });

  test.each<[string, unknown]>([
    ["compile: classWeight is 5, but must be a record of numbers by class, such as { 0: 1, 1: 5 }", 5],
    ["compile: classWeight has a weight for class 3, but there are classes 0 to 2", { 3: 1 }],
    ["compile: classWeight has a weight for class 3, but there are classes 0 to 2", [1, 1, 1, 1]],
    ['compile: classWeight has a weight for "cat", which is no class number', { cat: 1 }],
    ["compile: classWeight has for class 1 -2, but must have a number from 0", { 1: -2 }],
    ["compile: classWeight has for class 1 NaN, but must have a number from 0", { 1: Number.NaN }],
    ["compile: classWeight has no weights; give one for a class at least", {}],
  ])("%s", (message, given) => {
    expect(() => compiled(given)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });

  const none = (loss: string, shape: string) =>
    `compile: classWeight weighs values by the class of each, but "${loss}" has none for targets ${shape}`;
  test.each<[string, Loss<any>, ReturnType<typeof pass>]>([
    [none("binaryCrossentropy", "[batch, 3]"), binaryCrossentropy(), pass(3)],
    [none("dice", "[batch, 3]"), dice(), pass(3)],
    [none("ctc", "[batch, labelLength]"), ctc(), pass(4, 3)],
  ])("%s", (message, loss, net) => {
    expect(() => compiled({ 1: 2 }, loss, net)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });

  test("of an output that has no loss", () => {
    const two = model({ x: input(["batch", 2]) }, ({ x }) => ({
      a: dense(x, { units: 2 }),
      b: dense(x, { units: 2 }),
    }));
    const message = "compile: classWeight.b weighs no loss; give one";
    const options = { optimizer, loss: { a: meanSquaredError() }, classWeight: { b: { 0: 1 } } as never };
    expect(() => compile(two, options)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });
});
