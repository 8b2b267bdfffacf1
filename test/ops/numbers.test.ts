import { expect, test } from "vitest";
import { eager } from "../../runtime/index.js";
import {
  add,
  cast,
  constant,
  equal,
  greater,
  input,
  multiply,
  select,
  subtract,
  type Tensor,
} from "../../src/index.js";
import { nodeOf } from "../../src/ir/node.js";

const x = input(["batch", 3]);
const ids = input(["batch", 3], "int32");

test("a number is a constant of the other operand's dtype", () => {
  for (const [tensor, place, dtype, value] of [
    [multiply(x, 0.1), 1, "float32", Math.fround(0.1)],
    [subtract(1, ids), 0, "int32", 1],
    [greater(ids, -(2 ** 31)), 1, "int32", -(2 ** 31)],
    [select(equal(ids, 0), x, Number.NEGATIVE_INFINITY), 2, "float32", Number.NEGATIVE_INFINITY],
    [select(equal(ids, 0), -0, x), 1, "float32", -0],
  ] as const) {
    const { attributes } = nodeOf(tensor as Tensor<any>).inputs[place]!;
    expect(attributes).toEqual({ value: { shape: [], dtype, data: expect.objectContaining({ 0: value, length: 1 }) } });
  }
});

test("what the dtype has not is refused as constant refuses it", () => {
  for (const [build, message] of [
    [() => add(ids, Number(2.7)), "add: takes int32, but the value is 2.7"],
    [() => add(ids, Number(Number.NaN)), "add: takes int32, but the value is NaN"],
    [() => add(2 ** 31, ids), "add: takes int32 (-2147483648 to 2147483647), but the value is 2147483648"],
    [() => add(x, 1e39), "add: takes float32 (-3.4e38 to 3.4e38), but the value is 1e+39"],
    [
      () => select(equal(ids, 0), cast(ids, "bool"), Number(2)),
      "select: takes bool (true or false), but the value is 2",
    ],
  ] as const) {
    expect(build).toThrow(expect.objectContaining({ code: "SW_DATA", message }));
  }
});

test("other values are no operands", () => {
  for (const value of [null, undefined, "1", true, [1], {}]) {
    expect(() => add(x, value as never)).toThrow(expect.objectContaining({ code: "SW_VALUE" }));
    expect(() => select(equal(ids, 0), value as never, x)).toThrow(expect.objectContaining({ code: "SW_VALUE" }));
  }
});

test("numbers stand beside eager tensors", async () => {
  const tf = await eager({ backend: "cpu" });
  expect([...tf.value(subtract(1, multiply(constant([1, 2]), 3))).data]).toEqual([-2, -5]);
  tf.dispose();
});
