import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { constant, foldIn, input, type Key, randomKey, randomNormal, randomUniform } from "../../src/index.js";
import { nodeOf } from "../../src/ir/node.js";
import { statelessRandomNormal, statelessRandomUniform } from "../../src/ir/philox.js";
import { callReference, computationFor } from "../support/computation.js";

interface Case {
  readonly key: [number, number];
  readonly uniform: number[];
  readonly normal: number[];
  /** For 0, 1 and 2³¹ − 1. */
  readonly folded: [number, number][];
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/stateless-random.json", import.meta.url), "utf8"));

const valuesOf = (tensor: object) => [...callReference(computationFor([], { y: nodeOf(tensor as never) }), []).y!.data];

describe.each(cases)("what is drawn with the key $key", ({ key, uniform, normal, folded }) => {
  test("is TensorFlow's", () => {
    expect([...statelessRandomUniform(key, 7)]).toEqual(uniform);
    for (const [i, value] of [...statelessRandomNormal(key, 7)].entries()) expect(value).toBeCloseTo(normal[i]!, 6);
  });

  test("folded numbers give other keys, from TensorFlow's words", () => {
    const first = constant(key, "int32") as Key;
    for (const [i, index] of [0, 1, 2 ** 31 - 1].entries()) {
      expect(valuesOf(foldIn(first, index))).toEqual(folded[i]);
    }
  });
});

test("a thousand numbers for folded keys have nothing in common, and are distributed as they should be", () => {
  const drawn = [0, 1, 2].map((i) => valuesOf(randomNormal(foldIn(randomKey(5), i), [1000])) as number[]);
  expect(new Set(drawn.flat()).size).toBe(3000);
  for (const numbers of drawn) {
    const mean = numbers.reduce((sum, x) => sum + x, 0) / 1000;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1000));
    expect(Math.abs(numbers.reduce((sum, x) => sum + x * x, 0) / 1000 - 1)).toBeLessThan(4 * Math.sqrt(2 / 1000));
  }
  const product = drawn[0]!.reduce((sum, x, i) => sum + x * drawn[1]![i]!, 0) / 1000;
  expect(Math.abs(product)).toBeLessThan(4 / Math.sqrt(1000));
});

test("what is no key, no size and no seed is refused", () => {
  const x = input([3], "int32") as never;
  expect(() => randomUniform(x, [2])).toThrow(
    "randomUniform: takes a key, int32 [2], got int32 [3]; make one with randomKey(seed)",
  );
  expect(() => randomNormal(randomKey(0), [0 as number])).toThrow(
    'randomNormal: 0 is not a dim; write a positive integer, or a name such as "batch"',
  );
  expect(() => foldIn(x, 0)).toThrow("foldIn: takes a key, int32 [2], got int32 [3]; make one with randomKey(seed)");
  expect(() => foldIn(randomKey(0), input(["batch"], "int32") as never)).toThrow(
    "foldIn: takes an int32 scalar, got int32 [batch]",
  );
  expect(() => randomKey(0.5)).toThrow("randomKey: seed is 0.5, but must be an integer");
});

test("a seed is a key's two halves", () => {
  expect([0, 7, -1, 2 ** 32 + 5].map((seed) => valuesOf(randomKey(seed)))).toEqual([
    [0, 0],
    [0, 7],
    [-1, -1],
    [1, 5],
  ]);
});
