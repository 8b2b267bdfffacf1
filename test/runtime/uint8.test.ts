import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  array,
  at,
  cast,
  compile,
  concat,
  constant,
  countNonzero,
  dense,
  diagonal,
  equal,
  expandDims,
  flip,
  gather,
  greater,
  input,
  matmul,
  maximum,
  mean,
  model,
  multiply,
  oneHot,
  pad,
  rescaling,
  reshape,
  select,
  sgd,
  slice,
  sparseCategoricalCrossentropy,
  stack,
  sum,
  tile,
  transpose,
} from "../../compiler/language.js";
import { DataType, SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";

/** What an untyped caller may give. */
const untyped = (value: unknown) => value as never;
const backends = [...testedBackends, "reference"] as const;
const folder = mkdtempSync(join(tmpdir(), "shapewright-uint8-"));
afterAll(() => rmSync(folder, { recursive: true }));

const samples = 30;
const bytes = Uint8Array.from({ length: samples * 6 }, (_, i) => (i * 37 + (i % 6) * 11) % 256);
const labels = Int32Array.from({ length: samples }, (_, i) => i % 2);
const options = { optimizer: sgd({ learningRate: 0.5 }), loss: sparseCategoricalCrossentropy({ fromLogits: true }) };
const ofBytes = compile(
  model({ image: input(["batch", 6], "uint8") }, ({ image }) =>
    dense(rescaling(image, { scale: 1 / 255 }), { units: 2 }),
  ),
  options,
);
const ofFloats = compile(
  model({ image: input(["batch", 6]) }, ({ image }) => dense(rescaling(image, { scale: 1 / 255 }), { units: 2 })),
  options,
);

describe.each(backends)("bytes on %s", (backend) => {
  test("train as the same numbers in float32 do, from arrays and from batches", async () => {
    const fit = { epochs: 3, batchSize: 8, verbose: "silent" } as const;
    const [a, b, c] = [
      await open(ofBytes, { backend }),
      await open(ofFloats, { backend }),
      await open(ofBytes, { backend }),
    ];
    const numbers = array(Float32Array.from(bytes), [samples, 6]);
    const history = await a.fit({ image: array(bytes, [samples, 6], "uint8") }, labels, fit);
    expectNumbers(history.history.loss!, (await b.fit({ image: numbers }, labels, fit)).history.loss!, "loss", 1e-6);
    for (const name of a.weightNames) {
      expectNumbers((await a.getWeight(name)).data, [...(await b.getWeight(name)).data], name, 1e-6);
    }
    // The same steps, of rows that come in chunks.
    const chunk = (begin: number, end: number) => ({
      inputs: { image: array(bytes.subarray(6 * begin, 6 * end), [end - begin, 6], "uint8") },
      target: labels.subarray(begin, end),
    });
    const fromChunks = await c.fitBatches([chunk(0, 17), chunk(17, samples)], {
      epochs: 3,
      batchSize: 8,
      verbose: "silent",
    });
    expect(fromChunks.history.loss).toHaveLength(3);
    const inOrder = await open(ofFloats, { backend });
    await inOrder.fit({ image: numbers }, labels, { ...fit, shuffle: false });
    for (const name of c.weightNames) {
      expectNumbers(c.getWeight(name).data, [...inOrder.getWeight(name).data], name, 1e-6);
    }
    const image = array(bytes, [samples, 6], "uint8");
    const [evaluated, wanted] = [await a.evaluate({ image }, labels), await b.evaluate({ image: numbers }, labels)];
    expect(evaluated.loss).toBeCloseTo(wanted.loss, 6);
    expect((await a.predict({ image })).shape).toEqual([samples, 2]);
  });

  test("are moved and stay bytes, and become numbers by cast alone", async () => {
    const f = await openFunction(
      { x: input(["n", 2, 3], "uint8") },
      ({ x }) => ({
        itself: x,
        reshaped: reshape(x, ["n", 6]),
        transposed: transpose(x),
        joined: concat([x, x], 0),
        stacked: stack([x, x], 1),
        flipped: flip(x, 1),
        gathered: gather(x, constant([1, 0], "int32"), 1),
        taken: slice(x, [0, 1, 0], ["n", 1, 3]),
        sliced: slice(x, [0, 0, 1], ["n", 2, 2]),
        stepped: at(x, ":, :, ::2"),
        onDiagonal: diagonal(
          constant(
            [
              [1, 2],
              [3, 255],
            ],
            "uint8",
          ),
        ),
        tiled: tile(x, [1, 1, 2]),
        widened: expandDims(x, -1),
        chosen: select(cast(x, "bool"), x, 7),
        counted: countNonzero(x),
        float: cast(x, "float32"),
        whole: cast(x, "int32"),
        truth: cast(x, "bool"),
      }),
      { backend },
    );
    const given = [
      [
        [0, 1, 2],
        [253, 254, 255],
      ],
    ];
    const results = await f({ x: given });
    const bytesOf = (name: keyof typeof results) => {
      const { dtype, data } = results[name];
      expect(dtype, name).toBe("uint8");
      expect(data, name).toBeInstanceOf(Uint8Array);
      return [...data];
    };
    const all = [0, 1, 2, 253, 254, 255];
    expect(bytesOf("itself")).toEqual(all);
    expect(bytesOf("reshaped")).toEqual(all);
    expect(bytesOf("widened")).toEqual(all);
    expect(bytesOf("transposed")).toEqual([0, 253, 1, 254, 2, 255]);
    expect(bytesOf("joined")).toEqual([...all, ...all]);
    expect(bytesOf("stacked")).toEqual([...all, ...all]);
    expect(bytesOf("flipped")).toEqual([253, 254, 255, 0, 1, 2]);
    expect(bytesOf("gathered")).toEqual([253, 254, 255, 0, 1, 2]);
    expect(bytesOf("taken")).toEqual([253, 254, 255]);
    expect(bytesOf("sliced")).toEqual([1, 2, 254, 255]);
    expect(bytesOf("stepped")).toEqual([0, 2, 253, 255]);
    expect(bytesOf("onDiagonal")).toEqual([1, 255]);
    expect(bytesOf("tiled")).toEqual([0, 1, 2, 0, 1, 2, 253, 254, 255, 253, 254, 255]);
    expect(bytesOf("chosen")).toEqual([7, 1, 2, 253, 254, 255]);
    expect([...results.counted.data]).toEqual([5]);
    expect(results.float).toMatchObject({ dtype: "float32", data: Float32Array.from(all) });
    expect(results.whole).toMatchObject({ dtype: "int32", data: Int32Array.from(all) });
    expect(results.truth).toMatchObject({ dtype: "bool", data: Uint8Array.of(0, 1, 1, 1, 1, 1) });
  });

  test("are made of numbers by dropping fractions, and end at 0 and 255", async () => {
    const f = await openFunction(
      { x: input(["n"]), i: input(["m"], "int32"), b: input(["k"], "bool") },
      ({ x, i, b }) => ({ x: cast(x, "uint8"), i: cast(i, "uint8"), b: cast(b, "uint8") }),
      { backend },
    );
    const { x, i, b } = await f({
      x: [-300, -0.5, 0.9, 1.7, 254.9, 255.9, 256, 1e30],
      i: [-1, 0, 255, 256, 2 ** 31 - 1, -(2 ** 31)],
      b: [true, false],
    });
    expect(x).toMatchObject({ dtype: "uint8", data: Uint8Array.of(0, 0, 0, 1, 254, 255, 255, 255) });
    expect(i.data).toEqual(Uint8Array.of(0, 0, 255, 255, 255, 0));
    expect(b.data).toEqual(Uint8Array.of(1, 0));
  });

  test("have values at once, and can be given to an eager model", async () => {
    using session = await eager({ backend, seed: 1 });
    const image = constant(array(bytes, [samples, 6], "uint8"));
    expect(session.value(flip(image, 0)).data).toEqual(
      Uint8Array.from({ length: bytes.length }, (_, i) => bytes[(samples - 1 - Math.floor(i / 6)) * 6 + (i % 6)]!),
    );
    expect(session.value(sum(cast(image, "int32"))).data[0]).toBe(bytes.reduce((a, b) => a + b, 0));
    const net = session.model(
      model({ image: input(["batch", 6], "uint8") }, ({ image }) => rescaling(image, { scale: 2 })),
    );
    expect(session.value(net({ image: constant([[0, 1, 2, 3, 4, 255]], "uint8") })).data).toEqual(
      Float32Array.of(0, 2, 4, 6, 8, 510),
    );
  });
});

describe("forms of bytes", () => {
  const f = openFunction({ x: input(["n"], "uint8") }, ({ x }) => ({ x }), { backend: "reference" });

  test.each<[string, () => unknown]>([
    ["a Uint8Array", () => Uint8Array.of(0, 1, 255)],
    ["a Uint8ClampedArray, as a canvas has it", () => Uint8ClampedArray.of(0, 1, 255)],
    ["a Buffer", () => Buffer.from([0, 1, 255])],
    ["numbers", () => [0, 1, 255]],
    ["an array", () => array(Uint8Array.of(0, 1, 255), [3], "uint8")],
    ["an array of wider integers", () => array(Int32Array.of(0, 1, 255), [3], "uint8")],
    ["an array of floats", () => array(Float32Array.of(0, 1, 255), [3], "uint8")],
    ["a tensor of int32, as tf.browser.fromPixels gives it", () => tf.tensor1d([0, 1, 255], "int32")],
  ])("%s is taken", async (_, given) => {
    expect((await (await f)({ x: untyped(given()) })).x).toEqual({
      shape: [3],
      dtype: "uint8",
      data: Uint8Array.of(0, 1, 255),
    });
  });

  test.each<[string, () => unknown, string]>([
    ["300", () => [1, 300], "x: takes uint8 (0 to 255), but element [1] is 300"],
    ["-1", () => [-1], "x: takes uint8 (0 to 255), but element [0] is -1"],
    ["a fraction", () => [2.5], "x: takes uint8, but element [0] is 2.5"],
    ["NaN", () => [Number.NaN], "x: takes uint8, but element [0] is NaN"],
    ["text", () => ["7"], 'x: takes uint8, got text: element [0] is "7"'],
    ["an Int32Array", () => Int32Array.of(1), 'x: takes uint8, got int32; write array(data, shape, "uint8")'],
    ["a Uint16Array", () => Uint16Array.of(1), 'x: takes uint8, got int32; write array(data, shape, "uint8")'],
    ["a Float32Array", () => Float32Array.of(1), "x: takes uint8, got float32"],
    [
      "an array of int32",
      () => array(Uint8Array.of(1), [1]),
      'x: takes uint8, got int32; write array(data, shape, "uint8")',
    ],
    ["a tensor of 256", () => tf.tensor1d([0, 256], "int32"), "x: takes uint8 (0 to 255), but element [1] is 256"],
    ["a tensor of floats", () => tf.tensor1d([0, 1]), "x: takes uint8, got float32"],
    [
      "a record with other data",
      () => ({ shape: [1], dtype: "uint8", data: Int32Array.of(1) }),
      'x: takes data of uint8 as a Uint8Array, got an Int32Array; write array(new Uint8Array(values), shape, "uint8")',
    ],
  ])("%s is refused", async (_, given, message) => {
    await expect((await f)({ x: untyped(given()) })).rejects.toThrow(message);
  });

  test("array() takes a Uint8Array as it is, and refuses what is no byte", () => {
    const data = Uint8Array.of(1, 2);
    expect(array(data, [2], "uint8").data).toBe(data);
    expect(() => array(Int16Array.of(1, 256), [2], "uint8")).toThrow(
      "array: takes uint8 (0 to 255), but element [1] is 256",
    );
    // @ts-expect-error uint8 has 0 to 255.
    expect(() => constant(256, "uint8")).toThrow("constant: takes uint8 (0 to 255), but the value is 256");
    // Without a word bytes are numbers, as before.
    expect(array(data, [2]).dtype).toBe("int32");
  });
});

describe("arithmetic on bytes is refused: nothing is converted silently, and nothing wraps around", () => {
  const x = input(["n", 4], "uint8");
  const both = "takes float32 or int32, got uint8; use cast() first";
  test.each<[string, () => unknown]>([
    [`add: ${both}`, () => add(untyped(x), untyped(1))],
    [`multiply: ${both}`, () => multiply(untyped(x), untyped(2.5))],
    [`multiply: ${both}`, () => multiply(300, untyped(x))],
    [`maximum: ${both}`, () => maximum(untyped(x), untyped(x))],
    [`greater: ${both}`, () => greater(untyped(x), untyped(300))],
    [`equal: ${both}`, () => equal(untyped(x), untyped(0))],
    [`sum: ${both}`, () => sum(untyped(x))],
    [
      `pad: ${both}`,
      () =>
        pad(untyped(x), [
          [0, 0],
          [1, 1],
        ]),
    ],
    ["mean: takes float32, got uint8; use cast() first", () => mean(untyped(x))],
    ["oneHot: takes int32, got uint8; use cast() first", () => oneHot(untyped(x), 4)],
    ["matmul: takes float32, got uint8; use cast() first", () => matmul(untyped(x), untyped(x))],
    ["add: dtypes float32 and uint8 differ; use cast() on one of them", () => add(input(["n", 4]), untyped(x))],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });
});

test("generated code takes bytes as tensors of int32, which is what tfjs has, and trains as a session does", async () => {
  await tf.setBackend("cpu");
  const text = emitTraining(ofBytes, { name: "pixels", source: "pixels.ts" });
  expect(text).toContain("Inputs are tensors of tfjs: image int32 (bytes: tfjs has no uint8) [batch, 6]");
  const module = await importGenerated<TrainingModule>(text);
  const session = await open(ofBytes, { backend: "cpu", seed: 0 });
  const state = module.createState({ seed: 0 });
  const image = tf.tensor2d(bytes, [samples, 6], "int32");
  const { loss } = module.trainStep(state, image, tf.tensor1d(labels, "int32"));
  const { history } = await session.fit({ image: array(bytes, [samples, 6], "uint8") }, labels, {
    epochs: 1,
    batchSize: samples,
    verbose: "silent",
  });
  expect(loss).toBeCloseTo(history.loss![0]!, 5);
  expect(() =>
    module.trainStep(state, tf.tensor2d(bytes, [samples, 6], "float32"), tf.tensor1d(labels, "int32")),
  ).toThrow("image: takes int32 [batch, 6], got float32 [30, 6]");
});

test("an exported SavedModel takes bytes", async () => {
  const session = await open(ofBytes, { backend: "reference" });
  await session.exportSavedModel(join(folder, "pixels"));
  const { metaGraphs } = fromBinary(SavedModelSchema, readFileSync(join(folder, "pixels", "saved_model.pb")));
  const { inputs, outputs } = metaGraphs[0]!.signatureDef.serving_default!;
  expect(inputs.image!.dtype).toBe(DataType.DT_UINT8);
  expect(Object.values(outputs).map(({ dtype }) => dtype)).toEqual([DataType.DT_FLOAT]);
});
