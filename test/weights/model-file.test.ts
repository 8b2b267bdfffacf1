import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  add,
  array,
  averagedWeights,
  batchNormalization,
  compile,
  constant,
  cosineDecay,
  dense,
  dropout,
  input,
  lstm,
  meanSquaredError,
  model,
  relu,
  rmsprop,
  sgd,
  softmax,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { restorePreprocessing, textVectorization } from "../../runtime/datasets/index.js";
import { loadModel, open, type Session } from "../../runtime/index.js";
import { readingWeights } from "../../runtime/weights/weight-files.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const place = (name: string) => join(folder, name);
const draw = random(7, "model-file");
const numbers = (count: number) => Float32Array.from({ length: count }, () => draw.normal());
const quiet = { epochs: 2, batchSize: 16, verbose: "silent" } as const;
/** Records that hold themselves. */
const circular: Record<string, object> = {};
circular.inner = { above: circular };
/** More of them in one another than JSON's own functions take. */
const deep = Array.from({ length: 100_000 }).reduce<object>((inner) => ({ inner }), {});

/** State of every kind: moments, a step's number, keys of random numbers, moving statistics, a loop, and a constant of many numbers. */
const network = () =>
  compile(
    model({ x: input(["batch", 5, 8]) }, ({ x }) => {
      const waves = constant(
        Array.from({ length: 5 }, (_, i) => Array.from({ length: 8 }, (_, j) => Math.sin(8 * i + j))),
      );
      const h = batchNormalization(dropout(lstm(add(x, waves), { units: 4, name: "memory" }), 0.5));
      return {
        kind: dense(h, { units: 3, activation: softmax, name: "kind" }),
        score: dense(h, { units: 1, activation: relu, name: "score", kernelInitializer: halves }),
      };
    }),
    {
      optimizer: adam({ learningRate: cosineDecay(0.05, { decaySteps: 60 }) }),
      loss: { kind: sparseCategoricalCrossentropy(), score: meanSquaredError() },
      metrics: { kind: [accuracy()] },
      sampleWeight: "samples",
    },
  );

/** An initializer that only the source code has. */
const halves = {
  name: "halves",
  sample: (shape: readonly number[]) => new Float32Array(shape[0]! * shape[1]!).fill(0.5),
};

const x = array(numbers(40 * 5 * 8), [40, 5, 8]);
const target = {
  kind: Int32Array.from({ length: 40 }, (_, i) => i % 3),
  score: array(numbers(40), [40, 1]),
};
const sampleWeight = { kind: Float32Array.from({ length: 40 }, (_, i) => 1 + (i % 2)) };

/** All variables of a session. */
const variablesOf = (session: Pick<Session<any, any, any>, "weightNames" | "getWeight">) =>
  Object.fromEntries(session.weightNames.map((name) => [name, session.getWeight(name)]));

describe.each(testedBackends)("on %s", (backend) => {
  test("what is loaded predicts, evaluates and trains on, bit for bit, without the program", async () => {
    const file = place(`${backend}.shapewright`);
    using straight = await open(network(), { backend });
    await straight.fit({ x }, target, { ...quiet, sampleWeight });
    await straight.saveModel(file);
    using loaded = await loadModel(file, { backend });
    expect(variablesOf(loaded)).toEqual(variablesOf(straight));
    expect(loaded.weightNames).toEqual(straight.weightNames);
    expect([loaded.epochs, loaded.learningRate]).toEqual([2, straight.learningRate]);
    expect(await loaded.predict({ x })).toEqual(await straight.predict({ x }));
    expect(await loaded.evaluate({ x }, target)).toEqual(await straight.evaluate({ x }, target));
    const { history } = await straight.fit({ x }, target, { ...quiet, sampleWeight });
    const again = await loaded.fit({ x }, target, { ...quiet, sampleWeight });
    expect(Object.keys(again.history)).toEqual(Object.keys(history));
    expect(variablesOf(loaded)).toEqual(variablesOf(straight));
  });
});

describe("a file of a model", () => {
  const small = () =>
    compile(
      model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2, name: "head" })),
      { optimizer: averagedWeights(rmsprop({ learningRate: 0.01 }), { momentum: 0.5 }), loss: meanSquaredError() },
    );
  const data = { x: array(numbers(12), [4, 3]) };
  const y = array(numbers(8), [4, 2]);
  const backend = "reference";

  test("without the optimizer's state has the weights that evaluation takes, and begins the optimizer anew", async () => {
    const file = place("weights-alone.shapewright");
    using session = await open(small(), { backend });
    session.learningRate = 0.5;
    await session.fit(data, y, { verbose: "silent" });
    await session.saveModel(file, { optimizer: false });
    using loaded = await loadModel(file, { backend });
    expect(await loaded.predict(data)).toEqual(await session.predict(data));
    expect(loaded.learningRate).toBe(0.01);
    using fresh = await open(small(), { backend });
    const own = fresh.weightNames.filter((name) => name.startsWith("optimizer/"));
    expect(own).toContain("optimizer/head/kernel/meanSquare");
    for (const name of own) expect(loaded.getWeight(name), name).toEqual(fresh.getWeight(name));
    await loaded.fit(data, y, { verbose: "silent" });
    expect(loaded.getWeight("optimizer/steps").data[0]).toBe(1);
  });

  test("has what is said of the model, which another file keeps", async () => {
    const file = place("said.shapewright");
    const metadata = { name: "pairs", classes: ["é", "no"], nested: { sizes: [1, 2.5], none: null } };
    const step = {
      name: "text",
      kind: "textVectorization",
      config: { maxTokens: 5 },
      state: { vocabulary: ["a", "b"] },
    };
    using session = await open(small(), { backend });
    expect([session.metadata, session.preprocessing]).toEqual([{}, []]);
    await session.saveModel(file, { metadata, preprocessing: [step, { toJSON: () => ({ ...step, name: "other" }) }] });
    using loaded = await loadModel(file, { backend });
    expect(loaded.metadata).toEqual(metadata);
    expect(loaded.preprocessing).toEqual([step, { ...step, name: "other" }]);
    await loaded.saveModel(file, { metadata: { version: 2 } });
    using again = await loadModel(file, { backend });
    expect([again.metadata, again.preprocessing]).toEqual([{ version: 2 }, loaded.preprocessing]);
  });

  test("is a checkpoint where it has the optimizer's state", async () => {
    const [file, without] = [place("whole.shapewright"), place("without.shapewright")];
    using session = await open(network(), { backend });
    await session.fit({ x }, target, { ...quiet, sampleWeight });
    await session.saveModel(file);
    await session.saveModel(without, { optimizer: false });
    using other = await open(network(), { backend, seed: 4 });
    await other.restoreCheckpoint(file);
    expect([variablesOf(other), other.epochs]).toEqual([variablesOf(session), 2]);
    await expect(other.restoreCheckpoint(without)).rejects.toMatchObject({
      code: "SW_FILE",
      message: `restoreCheckpoint: ${without} holds a model without its optimizer's state; saveCheckpoint writes them, and loadWeights reads weights alone`,
    });
    using another = await open(small(), { backend });
    await expect(another.restoreCheckpoint(file)).rejects.toMatchObject({
      code: "SW_FILE",
      message: expect.stringMatching(
        /whole\.shapewright is of another program: .*"kind\/kernel" \[4, 3\] is not in the model/,
      ),
    });
  });

  test("has no optimizer's state before the first step, unless that was set", async () => {
    const file = place("new.shapewright");
    const kept = async (session: Pick<Session<any, any, any>, "saveModel">) => {
      await session.saveModel(file);
      const names = await readingWeights("inspect", file, ({ entries }) => [...entries.keys()]);
      return names.filter((name) => name.startsWith("optimizer/")).length;
    };
    using session = await open(small(), { backend });
    const own = session.weightNames.filter((name) => name.startsWith("optimizer/")).length;
    expect(await kept(session)).toBe(0);
    using loaded = await loadModel(file, { backend });
    expect(variablesOf(loaded)).toEqual(variablesOf(session));
    expect(await kept(loaded)).toBe(0);
    loaded.learningRate = 0.5;
    expect(await kept(loaded)).toBe(own);
    using again = await loadModel(file, { backend });
    expect([again.learningRate, await kept(again)]).toEqual([0.5, own]);
    await session.fit(data, y, { verbose: "silent" });
    expect(await kept(session)).toBe(own);
  });

  test("keeps preprocessing that has learnt of data, which gives the same numbers again", async () => {
    const file = place("texts.shapewright");
    const words = await textVectorization({ outputSequenceLength: 4 }).adapt(["the cat sat", "the dog"]);
    using session = await open(small(), { backend });
    await session.saveModel(file, { preprocessing: [words] });
    using loaded = await loadModel(file, { backend });
    const [kept] = loaded.preprocessing;
    const again = restorePreprocessing(kept, "textVectorization");
    expect(again(["The cat, a cow"])).toEqual(words(["The cat, a cow"]));
    expect(again.vocabulary).toEqual(words.vocabulary);
  });

  test.each([
    [
      { metadata: { rate: NaN } },
      'in metadata, "rate" is NaN, which JSON cannot hold; write numbers, texts, lists and records',
    ],
    [
      { metadata: { mean: [new Float32Array(2)] } },
      'in metadata, "0" is a Float32Array, which JSON cannot hold; write numbers, texts, lists and records',
    ],
    [{ metadata: 3 }, "metadata is 3, but must be a record"],
    [
      { preprocessing: [{ name: "text" }] },
      "preprocessing[0] is an object, but must be what toJSON of such a step gives: a record of name and kind, which are texts, and of config and state, which are records",
    ],
    [
      { preprocessing: [{ name: "text", kind: "stringLookup", config: 1, state: {} }] },
      "preprocessing[0] is an object, but must be what toJSON of such a step gives: a record of name and kind, which are texts, and of config and state, which are records",
    ],
    [{ metadata: circular }, 'in metadata, "above" holds itself, which JSON cannot say; leave it out'],
    [{ preprocessing: [circular] }, 'in preprocessing, "above" holds itself, which JSON cannot say; leave it out'],
    [{ metadata: { deep } }, "metadata has more than 1000 records or lists in one another"],
    [{ optimiser: false }, 'no option is named "optimiser"; did you mean "optimizer"?'],
  ])("refuses what is no option: case %#", async (options, message) => {
    using session = await open(small(), { backend });
    await expect(session.saveModel(place("refused.shapewright"), options as object)).rejects.toMatchObject({
      code: "SW_VALUE",
      message: `saveModel: ${message}`,
    });
  });

  test("is compared with a signature: a model's, a program's, or one that is written", async () => {
    const file = place("known.shapewright");
    using session = await open(small(), { backend });
    await session.saveModel(file);
    const program = small();
    const like = { inputs: { x: input(["batch", 3]) }, output: input(["batch", 2]) };
    for (const signature of [program, program.model, like]) (await loadModel(file, { backend, signature })).dispose();
    const wrong = [
      [{ ...like, inputs: { image: input(["batch", 3]) } }, 'the input "image" is not there, wanted float32[batch, 3]'],
      [{ ...like, inputs: { x: input(["n", 3]) } }, 'the input "x" is float32[batch, 3], wanted float32[n, 3]'],
      [{ ...like, output: input(["batch", 2], "int32") }, "the output is float32[batch, 2], wanted int32[batch, 2]"],
      [{ ...like, output: { y: input(["batch", 2]) } }, 'the output "y" is not there, wanted float32[batch, 2]'],
      [
        compile(program.model, { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }),
        "the target is float32[batch, 2], wanted int32[batch]",
      ],
    ] as const;
    for (const [signature, difference] of wrong) {
      await expect(loadModel<any>(file, { backend, signature })).rejects.toMatchObject({
        code: "SW_FILE",
        message: `loadModel: ${file} holds another model: ${difference}`,
      });
    }
    const refused: [unknown, string][] = [
      [3, "signature is 3"],
      [null, "signature is null"],
      [{}, "inputs of signature is undefined, but must be tensors by their names"],
      [{ ...like, output: null }, "output of signature is null, but must be a tensor, or tensors by their names"],
      [{ ...like, inputs: { x: [3] } }, '"x" of signature is an array, but must be a tensor'],
    ];
    const write = 'a program, a model, or { inputs: { x: input(["batch", 3]) }, output: input(["batch", 2]) }';
    for (const [signature, fault] of refused) {
      await expect(loadModel(file, { backend, signature: signature as never })).rejects.toMatchObject({
        code: "SW_VALUE",
        message: `loadModel: ${fault}; write ${write}`,
      });
    }
  });

  test("gives its weights to loadWeights", async () => {
    const file = place("for-weights.shapewright");
    using trained = await open(network(), { backend });
    await trained.fit({ x }, target, quiet);
    await trained.saveModel(file);
    using other = await open(network(), { backend, seed: 5 });
    expect(await other.loadWeights(file)).toEqual(
      trained.weightNames.filter((name) => !name.startsWith("optimizer/")).sort(),
    );
    expect(await other.predict({ x })).toEqual(await trained.predict({ x }));
  });

  describe("that is none, or broken, is told in a line", () => {
    let file: string;
    let bytes: Buffer;
    beforeAll(async () => {
      file = place("broken.shapewright");
      using session = await open(network(), { backend });
      await session.saveModel(file);
      bytes = readFileSync(file);
      await session.saveWeights(place("weights.safetensors"));
    });
    const refusal = async (content: Buffer, message: RegExp | string) => {
      writeFileSync(file, content);
      const expected = typeof message === "string" ? `loadModel: ${file} ${message}` : expect.stringMatching(message);
      await expect(loadModel(file, { backend })).rejects.toMatchObject({ code: "SW_FILE", message: expected });
    };
    /** The same file with another text in its header, of the same length, and without its checksum. */
    const changed = (from: string, to: string) => {
      expect(to).toHaveLength(from.length);
      const text = bytes.toString("latin1");
      expect(text).toContain(from);
      const unsealed = text.replace(/"sha256":"\w+",/, (seal) => " ".repeat(seal.length));
      return Buffer.from(unsealed.replace(from, to), "latin1");
    };

    test("cut off", () => refusal(bytes.subarray(0, bytes.length - 8), /cannot be read: it ends too early/));
    test("weights alone", () =>
      refusal(
        readFileSync(place("weights.safetensors")),
        "holds no model; saveModel writes them; of weights alone, open the program and use loadWeights",
      ));
    test("a checkpoint", async () => {
      using session = await open(network(), { backend });
      await session.saveCheckpoint(place("checkpoint.safetensors"));
      const of = "holds no model; it is a checkpoint: open the program and use restoreCheckpoint";
      await refusal(readFileSync(place("checkpoint.safetensors")), of);
    });
    test("a newer version", () =>
      refusal(
        changed('"version":"1"', '"version":"2"'),
        /is of version "2", this Shapewright reads version 1: update it$/,
      ));
    test("an op that there is not", () =>
      refusal(
        changed('[\\"softmax\\"', '[\\"softmix\\"'),
        "cannot be read: its program is broken: there is no op softmix",
      ));
    test("a program that is no JSON", () =>
      refusal(changed('{\\"scopes\\"', '[\\"scopes\\"'), /its program is broken: /));
    test("another shape of a variable", () =>
      refusal(
        changed('"score/bias":{"dtype":"F32","shape":[1]', '"score/bias":{"dtype":"F32","shape":[ ]'),
        /"score\/bias"/,
      ));
    test("no constants", () =>
      refusal(
        changed('"constants/0"', '"constantz/0"'),
        "cannot be read: its program is broken: of constants/0, it is not there",
      ));
    test("metadata", () => refusal(changed('"metadata":"{}"', '"metadata":"{["'), /its metadata is broken: /));
    test("another file", () =>
      refusal(Buffer.from("PK\u0003\u0004 a zip"), /cannot be read: it is no safetensors file,/));
  });
});
