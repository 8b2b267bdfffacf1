import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  constant,
  foldIn,
  input,
  type Key,
  randomBernoulli,
  randomCategorical,
  randomKey,
  randomNormal,
  randomTruncatedNormal,
  randomUniform,
} from "../../src/index.js";
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

test("classes are drawn as often as their softmax says, and truth values as their probability", () => {
  const logits = constant(Array.from({ length: 2000 }, () => [0, Math.log(2), Math.log(5), Number.NEGATIVE_INFINITY]));
  const classes = valuesOf(randomCategorical(randomKey(3), logits)) as number[];
  for (const [name, share] of [1 / 8, 2 / 8, 5 / 8, 0].entries()) {
    const found = classes.filter((drawn) => drawn === name).length / 2000;
    expect(Math.abs(found - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / 2000));
  }
  const kept = valuesOf(randomBernoulli(randomKey(4), [2000], 0.9)) as number[];
  const share = kept.reduce((sum, x) => sum + x, 0) / 2000;
  expect(Math.abs(share - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / 2000));
  const normal = valuesOf(randomTruncatedNormal(randomKey(5), [2000])) as number[];
  expect(Math.max(...normal.map(Math.abs))).toBeLessThanOrEqual(2);
  // The variance of what is left of the distribution within two standard deviations.
  expect(Math.abs(normal.reduce((sum, x) => sum + x * x, 0) / 2000 - 0.7737)).toBeLessThan(0.1);
});

test("what is no key, no size and no seed is refused", () => {
  const x = input([3], "int32") as never;
  expect(() => randomUniform(x, [2])).toThrow(
    "randomUniform: takes a key, int32 [2], got int32 [3]; make one with randomKey(seed)",
  );
  expect(() => randomNormal(randomKey(0), [0 as number])).toThrow(
    'randomNormal: 0 is not a dim; write a positive integer, or a name such as "batch"',
  );
  for (const draw of [randomUniform, randomNormal, randomBernoulli, randomTruncatedNormal] as unknown as ((
    shape: unknown,
  ) => unknown)[])
    expect(() => draw(["batch", 8])).toThrow(
      `${draw.name}: takes a key first, got an array; make one with randomKey(seed), or with stepKey(), of which each training step has another`,
    );
  expect(() => foldIn(x, 0)).toThrow("foldIn: takes a key, int32 [2], got int32 [3]; make one with randomKey(seed)");
  expect(() => foldIn(randomKey(0), input(["batch"], "int32") as never)).toThrow(
    "foldIn: takes an int32 scalar, got int32 [batch]",
  );
  expect(() => randomKey(0.5 as number)).toThrow(
    "randomKey: seed is 0.5, but must be an integer between -2^53 and 2^53",
  );
});

test("a seed is a key's two halves", () => {
  expect([0, 7, -1, 2 ** 32 + 5].map((seed) => valuesOf(randomKey(seed)))).toEqual([
    [0, 0],
    [0, 7],
    [-1, -1],
    [1, 5],
  ]);
});
