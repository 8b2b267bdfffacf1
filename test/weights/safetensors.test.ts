import { describe, expect, test } from "vitest";
import type { OpenFile } from "../../runtime/files/file-system.js";
import { readSafetensors } from "../../runtime/weights/readSafetensors.js";
import { writeSafetensors } from "../../runtime/weights/writeSafetensors.js";
import { array, type NdArray } from "../../src/ir/array.js";
import made from "../fixtures/safetensors/made.json" with { type: "json" };

/** Bytes as a file. */
function fileOf(bytes: Uint8Array): OpenFile {
  return {
    size: bytes.length,
    read: (at, length) => bytes.slice(at, at + length).buffer as ArrayBuffer,
    fill: async (memory, at) => memory.set(bytes.subarray(at, at + memory.length)),
    close() {},
  };
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

/** A file of a header and as many bytes. */
function written(header: string, length: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A number as Python prints it. */
const ofPython = (text: string) => ({ True: 1, False: 0, inf: Infinity, nan: NaN })[text] ?? Number(text);

test("numbers of every type are read as the reference implementation wrote them", () => {
  const file = readSafetensors(fileOf(bytesOf(made.types.base64)));
  if (typeof file === "string") throw new Error(file);
  for (const [name, [shape, values]] of Object.entries(made.types.values)) {
    const wanted = (values as string[]).map((text) => Math.fround(ofPython(text)));
    const tensor = file.read(name);
    if (typeof tensor === "string") throw new Error(tensor);
    expect(tensor.shape, name).toEqual(shape);
    if (tensor.dtype === "float32") expect([...tensor.data], name).toEqual(wanted);
    else expect([...tensor.data], name).toEqual((values as string[]).map(ofPython));
  }
});

test("tensors are written in the reference implementation's bytes", () => {
  const tensors = new Map<string, NdArray>([
    ["steps", array(new Int32Array([5]), [])],
    ["mask", array(new Uint8Array([1, 0]), [2], "bool")],
    ["dense/kernel", array(new Float32Array([0, 1, 2, 3, 4, 5]), [2, 3])],
    ["dense/bias", array(new Float32Array([1, 2, 3]), [3])],
  ]);
  const parts = writeSafetensors(tensors, { format: "pt" });
  expect(Buffer.concat(parts).toString("base64")).toBe(made.layers.base64);
});

test("an integer that int32 does not hold is refused", () => {
  const file = readSafetensors(fileOf(bytesOf(made.wide.base64)));
  if (typeof file === "string") throw new Error(file);
  expect(file.read("i64")).toBe("it has numbers that int32 does not hold");
});

const one = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';

describe("what is no safetensors file", () => {
  test.each<[string, Uint8Array]>([
    ["it is no safetensors file: it has 0 bytes", new Uint8Array(0)],
    [
      "it is no safetensors file, which saveModel and saveWeights write: its first 8 bytes are no length of a header",
      new Uint8Array(64).fill(255),
    ],
    ["it ends too early: its header has 54 bytes, 12 are there", written(one, 8).slice(0, 20)],
    ["it ends too early: 7 of 8 bytes of tensors are there", written(one, 7)],
    ["1 bytes at its end belong to no tensor", written(one, 9)],
    ["its header is no JSON", written(one.slice(1), 8)],
    ["its header is no record", written("[]", 0)],
    ["its metadata is no record of texts", written('{"__metadata__":{"a":1}}', 0)],
    ['its header describes "a" in a way that is none', written(one.replace("[2]", "[3]"), 8)],
    ['its header describes "a" in a way that is none', written(one.replace("[2]", "[-2]"), 8)],
    ['its header describes "a" in a way that is none', written(one.replace("[2]", "2"), 8)],
    ['its header describes "a" in a way that is none', written(one.replace("[0,8]", "[0]"), 8)],
    ['its header describes "a" in a way that is none', written('{"a":null}', 8)],
    ['the bytes of "a" begin at 4, where 0 is the next free one', written(one.replace("[0,8]", "[4,12]"), 12)],
    [
      'the bytes of "b" begin at 0, where 8 is the next free one',
      written(`${one.slice(0, -1)},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 8),
    ],
  ])("%s", (problem, bytes) => {
    expect(readSafetensors(fileOf(bytes))).toBe(problem);
  });

  test("a type that is not read is named where it is asked for", () => {
    const file = readSafetensors(fileOf(written(one.replace("F32", "F8_E4M3").replace("[0,8]", "[0,2]"), 2)));
    if (typeof file === "string") throw new Error(file);
    expect(file.read("a")).toBe(
      "its numbers are of type F8_E4M3, which is not read; there are F32, F64, F16, BF16, I8, I16, I32, I64, U8, U16, BOOL",
    );
  });

  test("a truth value that is neither 0 nor 1 is refused", () => {
    const bytes = written('{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}', 1);
    bytes[bytes.length - 1] = 2;
    const file = readSafetensors(fileOf(bytes));
    if (typeof file === "string") throw new Error(file);
    expect(file.read("a")).toBe("it has numbers that bool does not hold");
  });
});
