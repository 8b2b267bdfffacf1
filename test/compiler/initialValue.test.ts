import { expect, test } from "vitest";
import { initialValue } from "../../compiler/initialValue.js";
import type { Initializer } from "../../src/initializers/initializer.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { variableOp } from "../../src/ops/variable.js";

function variable(sample: Initializer["sample"], dtype: "float32" | "int32" = "float32") {
  const initializer = { name: "own", sample };
  return makeNode(variableOp, [], { name: "W", shape: [2, 2], dtype, initializer, trainable: true });
}

test("a value has the variable's shape and dtype, and depends on its name and the seed alone", () => {
  const drawn = variable((_, random) => Float32Array.from({ length: 4 }, () => random.integer(1000)), "int32");
  const value = initialValue("W", drawn, 1);
  expect(value).toMatchObject({ shape: [2, 2], dtype: "int32" });
  expect(value.data).toBeInstanceOf(Int32Array);
  expect(initialValue("W", drawn, 1)).toEqual(value);
  expect(initialValue("V", drawn, 1)).not.toEqual(value);
  expect(initialValue("W", drawn, 2)).not.toEqual(value);
});

test.each<[string, Initializer["sample"], string]>([
  ["a wrong count", () => new Float32Array(3), "3 values for [2, 2], which holds 4"],
  ["what is no number", () => Float32Array.of(1, 2, Number.NaN, 4), "NaN for element 2"],
])("an initializer that gives %s is refused by name", (_, sample, what) => {
  expect(() => initialValue("dense/W", variable(sample), 0)).toThrow(
    `variable "dense/W": its initializer "own" gave ${what}`,
  );
});
