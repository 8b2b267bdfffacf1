import { array, type NdArray } from "shapewright";
import { dataset, mixUp } from "shapewright/data";
import { expect, test } from "vitest";

const count = 400;
/** Each sample says in both which it is, and its target half as much. */
const x = array(
  Float32Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2)),
  [count, 2],
);
const target = array(
  Float32Array.from({ length: count }, (_, i) => i / 2),
  [count, 1],
);

test("samples are mixed with others, their targets alike, anew in each batch and epoch", () => {
  const mix = mixUp({ alpha: 0.5, seed: 3 });
  const at = (epoch: number, index: number) => mix({ inputs: { x }, target }, { epoch, index });
  const first = at(0, 0);
  expect(at(0, 0)).toEqual(first);
  expect(at(0, 1)).not.toEqual(first);
  expect(at(1, 0)).not.toEqual(first);
  const { inputs, target: mixedTarget } = first;
  for (let i = 0; i < count; i++) {
    expect(inputs.x.data[2 * i]).toBe(inputs.x.data[2 * i + 1]);
    expect(mixedTarget.data[i]).toBeCloseTo(inputs.x.data[2 * i]! / 2, 3);
  }
  expect(inputs.x.data.filter((value, i) => value !== Math.floor(i / 2)).length).toBeGreaterThan(0.9 * 2 * count);
});

test.each([0.05, 0.5, 1, 3])("shares are of the beta distribution with alpha %d", (alpha) => {
  // Of samples that are 1 and 0, what the mixture is tells the share, where the other one differs.
  const n = 20_000;
  const halves = array(
    Float32Array.from({ length: n }, (_, i) => i % 2),
    [n],
  );
  const found = [...mixUp({ alpha })({ x: halves }, { epoch: 0, index: 0 }).x.data];
  // Half of the ones stay 1, the others are their share: its mean is 1/2, its variance 1 / (4 (2 alpha + 1)).
  const ones = found.filter((_, i) => i % 2 === 1);
  const mean = ones.reduce((a, b) => a + b) / ones.length;
  const squares = ones.reduce((a, b) => a + b ** 2, 0) / ones.length;
  const second = 1 / (4 * (2 * alpha + 1)) + 1 / 4;
  expect(Math.abs(mean - 3 / 4)).toBeLessThan(4 / Math.sqrt(ones.length));
  expect(Math.abs(squares - (1 + second) / 2)).toBeLessThan(4 / Math.sqrt(ones.length));
  expect(found.every((value) => value >= 0 && value <= 1)).toBe(true);
});

test("datasets mix their batches", async () => {
  const batches = dataset({ inputs: { x }, target }).batch(100).map(mixUp());
  const seen: NdArray[] = [];
  for await (const batch of batches) seen.push(batch.inputs.x);
  expect(seen.map(({ shape }) => shape)).toEqual([1, 2, 3, 4].map(() => [100, 2]));
});

test("what cannot be mixed is refused", () => {
  const place = { epoch: 0, index: 0 };
  const labels = array(new Int32Array(count), [count]);
  expect(() => mixUp({ alpha: 0 })).toThrow("mixUp: alpha is 0, but must be a positive number of float32");
  expect(() => mixUp()({ x, labels }, place)).toThrow(
    "mixUp: takes float32 arrays, got int32; targets are rows of numbers, as oneHot makes them",
  );
  expect(() => mixUp()({ x, y: array(new Float32Array(3), [3]) }, place)).toThrow(
    "mixUp: one array has 3 samples, and another 400",
  );
  expect(() => mixUp()({}, place)).toThrow("mixUp: takes a batch of arrays, got none");
  expect(() => (mixUp() as (batch: unknown) => unknown)({ x })).toThrow(
    "mixUp: takes a batch and its place, which map of a dataset tells; write dataset.batch(32).map(mixUp())",
  );
});
