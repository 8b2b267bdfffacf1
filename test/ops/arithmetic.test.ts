import { describe, expect, test } from "vitest";
import {
  ceil,
  clip,
  floor,
  floorDivide,
  gradients,
  input,
  mod,
  multiply,
  round,
  sign,
  sum,
  trunc,
} from "../../compiler/language.js";
import { kernelsOf } from "../../compiler/lower/kernelsOf.js";
import { optimizeFor } from "../../compiler/pipeline.js";
import { array } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import type { AnyTensor } from "../../src/ir/tensor.js";
import { callReference, computationFor } from "../support/computation.js";

const ids = input(["n"], "int32");
const x = input(["n"]);

const computing = (y: AnyTensor) => computationFor([nodeOf(x), nodeOf(ids)], { y: nodeOf(y) });

describe("a divisor that is known not to be 0 is one kernel on TensorFlow", () => {
  test.each([
    [floorDivide(ids, 28), ["FloorDiv"]],
    [mod(ids, -3), ["FloorMod"]],
    [mod(28, ids), ["Equal", "SelectV2", "FloorMod"]],
    [floorDivide(28, ids), ["Equal", "SelectV2", "FloorDiv", "SelectV2"]],
    [floorDivide(x, 0), ["FloorDiv"]],
  ] as const)("%#", (y, wanted) => {
    expect(kernelsOf(optimizeFor(computing(y).call, "tensorflow"))).toEqual(wanted);
  });
});

test("a bound of clip may be infinite beside float32, and there alone", () => {
  const given = [array(new Float32Array([-2, 0, 2]), [3]), array(new Int32Array(3), [3])];
  const below = callReference(computing(clip(x, Number.NEGATIVE_INFINITY, 1)), given);
  expect([...below.y!.data]).toEqual([-2, 0, 1]);
  const above = callReference(computing(clip(x, -1, Number.POSITIVE_INFINITY)), given);
  expect([...above.y!.data]).toEqual([-1, 0, 2]);
  const message = "clip: takes int32, but the value is -Infinity";
  expect(() => clip(ids, Number.NEGATIVE_INFINITY, 1)).toThrow(expect.objectContaining({ code: "SW_DATA", message }));
});

test.each([ceil, floor, round, sign, trunc, (t: typeof x) => floorDivide(t, 2), (t: typeof x) => floorDivide(2, t)])(
  "an infinite slope does not flow back through a step: %s",
  (step) => {
    const { x: slope } = gradients(sum(multiply(step(x), Number.POSITIVE_INFINITY)), { x });
    const given = [array(new Float32Array([1.5, -2, 0]), [3]), array(new Int32Array(3), [3])];
    expect([...callReference(computing(slope), given).y!.data]).toEqual([0, 0, 0]);
  },
);
