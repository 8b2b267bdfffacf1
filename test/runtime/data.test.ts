import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  add,
  array,
  cast,
  compile,
  constant,
  dense,
  type Initializer,
  input,
  meanSquaredError,
  model,
  multiply,
  ones,
  reshape,
  sgd,
  variable,
} from "../../compiler/language.js";
import { open, openFunction, type Session } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

/** What an untyped caller may give. */
const untyped = (value: unknown) => value as never;
const backends = [...testedBackends, "reference"] as const;

/** Nested arrays in which one contains itself. */
function cyclic(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function detached(): Float32Array {
  const values = new Float32Array(4);
  structuredClone(values.buffer, { transfer: [values.buffer] });
  return values;
}

describe("numbers are taken as they are or refused", () => {
  // Each beside a right number, so that its place is told.
  test.each<[string, unknown, string]>([
    ["null", [1, null], "takes float32, but element [1] is null"],
    ["a hole", new Array(1), "takes float32, but element [0] is undefined"],
    ["an empty text", [1, ""], 'takes float32, got text: element [1] is ""'],
    ["a numeral", [1, "2"], 'takes float32, got text: element [1] is "2"'],
    ["a date", [1, new Date(0)], "takes float32, but element [1] is a Date"],
    ["a bigint", [1, 2n], "takes float32 (-3.4e38 to 3.4e38), but element [1] is 2n"],
    ["a record", [1, { valueOf: () => 2 }], "takes float32, but element [1] is an object"],
    ["a function", [1, () => 2], "takes float32, but element [1] is a function"],
    ["a typed array as a row", [[1, 2], Float32Array.of(3, 4)], "ragged data: [1] has a Float32Array, not 2 entries"],
    ["what float32 takes for infinite", [1, 1e39], "takes float32 (-3.4e38 to 3.4e38), but element [1] is 1e+39"],
    ["a cycle", cyclic(), "arrays are nested more than 32 deep; does one contain itself?"],
    ["an array in the place of a number", [1, [2]], "ragged data: [1] has 1 entries, not a number"],
  ])("%s", async (_, given, fault) => {
    expect(() => constant(untyped(given))).toThrow(`constant: ${fault}`);
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ x }), { backend: "reference" });
    const rank2 = await openFunction({ x: input(["n", "m"]) }, ({ x }) => ({ x }), { backend: "reference" });
    await expect(f({ x: untyped(given) })).rejects.toThrow(`x: ${fault}`);
    await expect(rank2({ x: untyped(given) })).rejects.toThrow(`x: ${fault}`);
  });

  test.each<[string, unknown, string]>([
    ["a fraction", [0, 2.7], "takes int32, but element [1] is 2.7"],
    ["3,000,000,000", [0, 3e9], "takes int32 (-2147483648 to 2147483647), but element [1] is 3000000000"],
    ["4,294,967,297", [0, 2 ** 32 + 1], "takes int32 (-2147483648 to 2147483647), but element [1] is 4294967297"],
    ["NaN", [0, Number.NaN], "takes int32, but element [1] is NaN"],
    ["infinity", [0, Infinity], "takes int32, but element [1] is Infinity"],
    ["a scalar fraction", 2.7, "takes int32, but the value is 2.7"],
  ])("int32: %s", (_, given, fault) => {
    expect(() => constant(untyped(given), "int32")).toThrow(`constant: ${fault}`);
  });

  test("the ends of int32 and of float32, infinity and booleans are taken", () => {
    expect(valueIn(constant([-(2 ** 31), 2 ** 31 - 1, -0], "int32")).data).toEqual(
      Int32Array.of(-2147483648, 2147483647, 0),
    );
    const largest = 3.4028234663852886e38;
    expect(valueIn(constant([largest, -Infinity, 0.1])).data).toEqual(Float32Array.of(largest, -Infinity, 0.1));
    expect(valueIn(constant([true, false], "bool")).data).toEqual(Uint8Array.of(1, 0));
    expect(valueIn(constant([true, false])).data).toEqual(Float32Array.of(1, 0));
    // @ts-expect-error bool has 0 and 1.
    expect(() => constant(2, "bool")).toThrow("constant: takes bool (true or false), but the value is 2");
  });

  test("a dtype that is none is refused wherever one is given", () => {
    const known = "there are float32, int32, bool, uint8";
    expect(() => constant(1 as never, untyped("float64"))).toThrow(`constant: there is no dtype "float64"; ${known}`);
    expect(() => input(["n"], untyped("string"))).toThrow(`input: there is no dtype "string"; ${known}`);
    expect(() => cast(constant(1), untyped(undefined))).toThrow(
      `cast: the dtype is a text, such as "int32", got undefined`,
    );
    expect(() => constant(array(Float32Array.of(1), [1]) as never, "int32")).toThrow(
      "constant: takes int32, got float32",
    );
  });

  test("a constant is what it was made of, whatever happens to that", () => {
    const values = Float32Array.of(1, 2);
    const made = constant(array(values, [2]));
    values.fill(9);
    expect(valueIn(made).data).toEqual(Float32Array.of(1, 2));
  });
});

describe("array", () => {
  test.each<[string, () => Parameters<typeof array>[0], string, number[]]>([
    ["Float64Array, rounded", () => Float64Array.of(0.1, 1e-50), "float32", [Math.fround(0.1), 0]],
    ["Int8Array", () => Int8Array.of(-128, 127), "int32", [-128, 127]],
    ["Int16Array", () => Int16Array.of(-32768, 32767), "int32", [-32768, 32767]],
    ["Uint8ClampedArray", () => Uint8ClampedArray.of(0, 300), "int32", [0, 255]],
    ["Uint16Array", () => Uint16Array.of(0, 65535), "int32", [0, 65535]],
    ["Uint32Array", () => Uint32Array.of(0, 2 ** 31 - 1), "int32", [0, 2 ** 31 - 1]],
    ["BigInt64Array", () => BigInt64Array.of(-(2n ** 31n), 7n), "int32", [-(2 ** 31), 7]],
    ["BigUint64Array", () => BigUint64Array.of(0n, 7n), "int32", [0, 7]],
    ["a Buffer", () => Buffer.from([1, 255]), "int32", [1, 255]],
  ])("%s", (_, values, dtype, numbers) => {
    const made = array(values(), [2]);
    expect(made).toMatchObject({ shape: [2], dtype });
    expect(made.data).toBeInstanceOf(dtype === "float32" ? Float32Array : Int32Array);
    expect([...made.data]).toEqual(numbers);
  });

  test.each<[string, unknown, unknown, string]>([
    [
      "a plain array",
      [1, 2],
      [2],
      "takes a typed array, such as a Float32Array, got an array; write new Float32Array(values)",
    ],
    [
      "a typed array after JSON",
      { 0: 1, 1: 2 },
      [2],
      "takes a typed array, such as a Float32Array, got an object; write new Float32Array(values)",
    ],
    [
      "a proxy",
      new Proxy(new Float32Array(2), {}),
      [2],
      "takes a typed array, such as a Float32Array, got a proxy of a Float32Array; write new Float32Array(values)",
    ],
    [
      "a DataView",
      new DataView(new ArrayBuffer(8)),
      [2],
      "takes a typed array, such as a Float32Array, got a DataView; write new Float32Array(values)",
    ],
    ["no shape", new Float32Array(2), undefined, "a shape is an array of sizes, got undefined"],
    ["a negative size", new Float32Array(2), [-2, -1], "-2 is no size; the shape of data has integers, from 0"],
    ["NaN for a size", new Float32Array(2), [Number.NaN], "NaN is no size; the shape of data has integers, from 0"],
    ["a huge size", new Float32Array(2), [2, 1e300], "2 elements do not fill [2, 1e+300], which holds 2e+300"],
    ["a text for a size", new Float32Array(2), ["2"], '"2" is no size; the shape of data has integers, from 0'],
    [
      "a hole for a size",
      new Float32Array(2),
      new Array(1),
      "undefined is no size; the shape of data has integers, from 0",
    ],
    ["a detached buffer", detached(), [4], "0 elements do not fill [4], which holds 4"],
    [
      "floats beyond float32",
      Float64Array.of(1, -1e39),
      [2],
      "takes float32 (-3.4e38 to 3.4e38), but element [1] is -1e+39",
    ],
    [
      "integers beyond int32",
      Uint32Array.of(1, 2 ** 31),
      [1, 2],
      "takes int32 (-2147483648 to 2147483647), but element [0, 1] is 2147483648",
    ],
    [
      "bigints beyond int32",
      BigInt64Array.of(1n, 2n ** 53n + 1n),
      [2],
      "takes int32 (-2147483648 to 2147483647), but element [1] is 9007199254740993n",
    ],
  ])("%s is refused", (_, values, shape, fault) => {
    expect(() => array(untyped(values), untyped(shape))).toThrow(`array: ${fault}`);
  });
});

describe("an array of bool", () => {
  test("is made of numbers 0 and 1, and is its own", () => {
    const values = Uint8Array.of(0, 1, 1);
    const made = array(values, [3], "bool");
    values.fill(0);
    expect(made).toEqual({ shape: [3], dtype: "bool", data: Uint8Array.of(0, 1, 1) });
    expect(array(Int32Array.of(1, 0), [1, 2], "bool").data).toEqual(Uint8Array.of(1, 0));
  });

  test.each<[unknown, string]>([
    ["bool", "takes bool (true or false), but element [1] is 2"],
    ["float32", 'the dtype is "float32", but must be "bool" or "uint8", or left out: it is the typed array\'s then'],
    [null, 'the dtype is null, but must be "bool" or "uint8", or left out: it is the typed array\'s then'],
  ])("of dtype %o is refused for 1 and 2", (dtype, fault) => {
    expect(() => array(Uint8Array.of(1, 2), [2], untyped(dtype))).toThrow(`array: ${fault}`);
  });
});

describe("an initializer of one's own", () => {
  const valueFor = async (sample: unknown) => {
    const W = variable("W", [2], { name: "own", sample } as Initializer);
    const f = await openFunction({ x: input(["n", 2]) }, ({ x }) => ({ y: add(x, W) }), { backend: "reference" });
    return (await f({ x: [[0, 0]] })).y.data;
  };
  const gave = 'variable "W": its initializer "own" gave';

  test("may give any numbers", async () => {
    expect(await valueFor(() => [1, 2])).toEqual(Float32Array.of(1, 2));
    expect(await valueFor(() => Float64Array.of(0.1, 2))).toEqual(Float32Array.of(0.1, 2));
  });

  test.each<[string, unknown, string]>([
    ["nothing", () => undefined, "undefined, not a Float32Array"],
    ["a text", () => "12", '"12", not a Float32Array'],
    ["nulls", () => [1, null], "null for element 1"],
    ["too large numbers", () => [1e39, 1], "1e+39 for element 0"],
  ])("but not %s", async (_, sample, fault) => {
    await expect(valueFor(sample)).rejects.toThrow(`${gave} ${fault}`);
  });
});

describe.each(backends)("on %s", (backend) => {
  let session: Session<any, any, any, any>;
  beforeAll(async () => {
    const line = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() }));
    session = await open(compile(line, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
  });
  afterAll(() => session.dispose());

  // These ended the process, read other memory, or came out as other numbers.
  test.each<[string, unknown, string]>([
    [
      "an array that went through JSON with its numbers in a list",
      { shape: [1, 2], dtype: "float32", data: [1, 2] },
      "x: takes data of float32 as a Float32Array, got an array; write array(new Float32Array(values), shape)",
    ],
    [
      "an array that went through JSON",
      JSON.parse(JSON.stringify(array(Float32Array.of(1, 2), [1, 2]))),
      "x: takes data of float32 as a Float32Array, got an object; write array(new Float32Array(values), shape)",
    ],
    [
      "numbers of another kind than the dtype",
      { shape: [1, 2], dtype: "float32", data: Float64Array.of(1, 2) },
      "x: takes data of float32 as a Float32Array, got a Float64Array; write array(new Float32Array(values), shape)",
    ],
    [
      "fewer numbers than the shape holds",
      { shape: [500, 2], dtype: "float32", data: new Float32Array(2) },
      "x: 2 elements do not fill [500, 2], which holds 1000",
    ],
    [
      "a shape that is none",
      { shape: [-1, -2], dtype: "float32", data: new Float32Array(2) },
      "x: -1 is no size; the shape of data has integers, from 0",
    ],
    [
      "no dtype",
      { shape: [1, 2], dtype: "float64", data: new Float32Array(2) },
      'x: takes float32, int32, bool, uint8, got data of dtype "float64"',
    ],
    [
      "a detached buffer",
      { shape: [2, 2], dtype: "float32", data: detached() },
      "x: 0 elements do not fill [2, 2], which holds 4",
    ],
    ["cyclic arrays", cyclic(), "x: arrays are nested more than 32 deep; does one contain itself?"],
    ["null", null, "x: takes array(values, shape), nested arrays or a tfjs tensor, got null"],
    [
      "a proxy of numbers",
      new Proxy(new Float32Array(2), {}),
      "x: takes array(values, shape), nested arrays or a tfjs tensor, got a proxy of a Float32Array",
    ],
    ["a tensor of text", tf.tensor([["a", "b"]]), "x: takes a tensor of float32, int32, bool, got string"],
    [
      "a tensor of complex numbers",
      tf.complex([[1, 2]], [[0, 0]]),
      "x: takes a tensor of float32, int32, bool, got complex64",
    ],
    ["a disposed tensor", disposed(), "x: the tensor has been disposed"],
    [
      "what only looks like a tensor",
      { dataId: {}, shape: [1, 2], dtype: "float32", rank: 2, isDisposed: false, data: async () => [1, 2] },
      "x: takes data of float32 as a Float32Array, got an array; write array(new Float32Array(values), shape)",
    ],
  ])("%s is refused", async (_, x, message) => {
    await expect(session.predict({ x: untyped(x) })).rejects.toThrow(message);
    await expect(session.fit({ x: untyped(x) }, [[1]])).rejects.toThrow(message);
    await expect(session.setWeight("dense/kernel", x as never)).rejects.toThrow(message.replace("x:", "dense/kernel:"));
    expect((await session.predict({ x: [[1, 2]] })).data).toEqual(Float32Array.of(3));
  });

  test("bytes that are no booleans are refused", async () => {
    const f = await openFunction({ b: input(["n"], "bool") }, ({ b }) => ({ y: cast(b, "float32") }), { backend });
    await expect(f({ b: { shape: [2], dtype: "bool", data: Uint8Array.of(1, 2) } })).rejects.toThrow(
      "b: takes bool, but element [1] is 2",
    );
    expect((await f({ b: [true, false] })).y.data).toEqual(Float32Array.of(1, 0));
    f.dispose();
  });

  test("an error of the caller's own, in a getter, is the caller's, and changes nothing", async () => {
    const x = {
      shape: [1, 2],
      dtype: "float32",
      get data(): never {
        throw new Error("mine");
      },
    };
    await expect(session.fit({ x }, [[1]])).rejects.toThrow("mine");
    expect((await session.predict({ x: [[1, 2]] })).data).toEqual(Float32Array.of(3));
  });

  test("shared memory, wider floats, proxies of nested arrays and tensors are read", async () => {
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([1, 2]);
    for (const x of [
      array(shared, [1, 2]),
      array(Float64Array.of(1, 2), [1, 2]),
      new Proxy([[1, 2]], {}),
      tf.tensor2d([[1, 2]]),
    ]) {
      expect((await session.predict({ x })).data).toEqual(Float32Array.of(3));
    }
  });

  test("weights that are read or set, results and constants share no memory with the session", async () => {
    const kernel = session.getWeight("dense/kernel");
    kernel.data.fill(9);
    expect(session.getWeight("dense/kernel").data).toEqual(Float32Array.of(1, 1));
    const bias = Float32Array.of(0);
    await session.setWeight("dense/bias", bias);
    bias.fill(9);
    expect((await session.predict({ x: [[1, 2]] })).data).toEqual(Float32Array.of(3));

    const W = variable("W", [2, 1], ones());
    const f = await openFunction(
      { x: input(["n"]) },
      ({ x }) => ({ x, weights: reshape(W, [2]), c: constant([5]), y: multiply(x, constant(2)) }),
      { backend },
    );
    const given = Float32Array.of(7);
    const first = await f({ x: given });
    for (const { data } of Object.values(first)) data.fill(-1);
    expect(given).toEqual(Float32Array.of(7));
    const { x, weights, c, y } = await f({ x: given });
    expect([x.data, weights.data, c.data, y.data]).toEqual([
      Float32Array.of(7),
      Float32Array.of(1, 1),
      Float32Array.of(5),
      Float32Array.of(14),
    ]);
    f.dispose();
  });

  test("data may be changed as soon as fit has been called", async () => {
    const run = async (spoil: boolean) => {
      const line = model({ a: input(["batch", 1]), b: input(["batch", 1]) }, ({ a, b }) =>
        dense(add(a, b), { units: 1 }),
      );
      const own = await open(compile(line, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
      const [a, b, target] = [1, 2, 3].map((value) => new Float32Array(4).fill(value)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const held = Float32Array.of(5);
      const training = own.fit({ a: array(a, [4, 1]), b: array(b, [4, 1]) }, array(target, [4, 1]), {
        epochs: 3,
        batchSize: 2,
        verbose: "silent",
        validationData: [{ a: array(held, [1, 1]), b: array(held, [1, 1]) }, array(held, [1, 1])],
      });
      if (spoil) for (const values of [a, b, target, held]) values.fill(1000);
      const { history } = await training;
      own.dispose();
      return history;
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

test("inputs that are not given by name are refused with the names", async () => {
  const f = await openFunction({ x: input(["n"]), y: input(["n"]) }, ({ x, y }) => ({ z: add(x, y) }), {
    backend: "reference",
  });
  const names = "data is given by the inputs' names, as { x: …, y: … }, got";
  await expect(f(untyped(null))).rejects.toThrow(`${names} null`);
  await expect(f(untyped([1, 2]))).rejects.toThrow(`${names} an array`);
  await expect(f(untyped(Float32Array.of(1)))).rejects.toThrow(`${names} a Float32Array`);
  await expect(f(untyped(array(Float32Array.of(1, 2), [2])))).rejects.toThrow(`${names} an object`);
  const tensor = { shape: [2], dtype: "float32", dataId: {}, data: async () => [1, 2] };
  await expect(f(untyped(tensor))).rejects.toThrow(`${names} an object`);
  await expect(f(untyped({ x: [1], y: undefined }))).rejects.toThrow('the input "y" is missing');
  await expect(f(untyped({ x: [1], y: [1], toString: [1] }))).rejects.toThrow(
    'no input is named "toString"; there are "x", "y"',
  );
});

test("200,000 elements are reduced and normalised without running out of stack", async () => {
  const { max, softmax, logSumExp } = await import("../../compiler/language.js");
  const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ max: max(x), sum: logSumExp(x), p: softmax(x) }), {
    backend: "reference",
  });
  const small = await openFunction({ x: input(["n"]) }, ({ x }) => ({ max: max(x), sum: logSumExp(x) }), {
    backend: "reference",
  });
  const { max: largest, sum } = await small({ x: new Float32Array(200_000).map((_, i) => i % 7) });
  expect(largest.data[0]).toBe(6);
  // Of each seven numbers Σ eⁱ = (e⁷ - 1) / (e - 1); 200,000 = 28,571 · 7 + 3.
  const tail = 1 + Math.E + Math.E ** 2;
  expect(sum.data[0]).toBeCloseTo(Math.log((28571 * (Math.E ** 7 - 1)) / (Math.E - 1) + tail), 4);
  f.dispose();
  small.dispose();
});

function disposed(): tf.Tensor {
  const tensor = tf.tensor2d([[1, 2]]);
  tensor.dispose();
  return tensor;
}

/** The value of a constant. */
function valueIn(tensor: unknown) {
  return (tensor as { attributes: { value: ReturnType<typeof array> } }).attributes.value;
}
