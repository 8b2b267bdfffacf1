import { array, type NdArray } from "shapewright";
import { cutMix, dataset } from "shapewright/data";
import { expect, test } from "vitest";

const [count, height, width] = [200, 12, 10];
/** Each pixel says in both channels of which sample it is, and each target, too. */
const images = array(
  Float32Array.from({ length: count * height * width * 2 }, (_, i) => Math.floor(i / (height * width * 2))),
  [count, height, width, 2],
);
const target = array(
  Float32Array.from({ length: count }, (_, i) => i),
  [count, 1],
);
const place = { epoch: 0, index: 0 };

test("images get a rectangle of another one, and targets as much of the other's", () => {
  const cut = cutMix({ factor: [1, 1], seed: 3 });
  const found = cut({ images, target }, place);
  expect(cut({ images, target }, place)).toEqual(found);
  expect(cut({ images, target }, { epoch: 1, index: 0 })).not.toEqual(found);
  expect(cut({ images, target }, { epoch: 0, index: 1 })).not.toEqual(found);
  const shares: number[] = [];
  for (let sample = 0; sample < count; sample++) {
    const at = (y: number, x: number, channel = 0) =>
      found.images.data[((sample * height + y) * width + x) * 2 + channel] as number;
    const places = Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width] as const);
    for (const [y, x] of places) expect(at(y, x, 1)).toBe(at(y, x));
    const taken = places.filter(([y, x]) => at(y, x) !== sample);
    if (taken.length === 0) continue;
    const [rows, columns] = [taken.map(([y]) => y), taken.map(([, x]) => x)];
    const [high, wide] = [rows, columns].map((all) => Math.max(...all) - Math.min(...all) + 1) as [number, number];
    // A whole rectangle, all of one other image.
    expect(taken.length).toBe(high * wide);
    const other = at(...taken[0]!);
    expect(taken.every(([y, x]) => at(y, x) === other)).toBe(true);
    const share = (found.target.data[sample]! - sample) / (other - sample);
    // As high and as wide, to less than a pixel, as its share of the area has it.
    expect(Math.abs(high - Math.sqrt(share) * height)).toBeLessThan(1.001);
    expect(Math.abs(wide - Math.sqrt(share) * width)).toBeLessThan(1.001);
    shares.push(share);
  }
  expect(shares.length).toBeGreaterThan(0.9 * count);
});

test.each([0.2, 1])("shares of areas are of the beta distribution with alpha %d", (alpha) => {
  const n = 20_000;
  const dots = array(new Float32Array(n), [n, 1, 1, 1]);
  const halves = array(
    Float32Array.from({ length: n }, (_, i) => i % 2),
    [n],
  );
  const found = [...cutMix({ factor: [alpha, alpha] })({ dots, halves }, place).halves.data];
  // Half of the ones stay 1, the others are their own share: its mean is 1/2, its variance 1 / (4 (2 alpha + 1)).
  const ones = found.filter((_, i) => i % 2 === 1);
  const mean = ones.reduce((a, b) => a + b) / ones.length;
  const squares = ones.reduce((a, b) => a + b ** 2, 0) / ones.length;
  const second = 1 / (4 * (2 * alpha + 1)) + 1 / 4;
  expect(Math.abs(mean - 3 / 4)).toBeLessThan(4 / Math.sqrt(ones.length));
  expect(Math.abs(squares - (1 + second) / 2)).toBeLessThan(4 / Math.sqrt(ones.length));
});

test("datasets cut and mix their batches", async () => {
  const seen: NdArray[] = [];
  for await (const batch of dataset({ inputs: { images }, target }).batch(50).map(cutMix()))
    seen.push(batch.inputs.images);
  expect(seen.map(({ shape }) => shape)).toEqual([1, 2, 3, 4].map(() => [50, height, width, 2]));
});

test("what cannot be mixed is refused", () => {
  expect(() => cutMix({ factor: 2 })).toThrow("cutMix: factor is 2, but must be a number from 0 to 1, or two of them");
  expect(() => cutMix()({ target }, place)).toThrow(
    "cutMix: takes images [batch, height, width, channels] in a batch, got none",
  );
  expect(() => cutMix()({ images, labels: array(new Int32Array(count), [count]) }, place)).toThrow(
    "cutMix: takes float32 arrays, got int32; targets are rows of numbers, as oneHot makes them",
  );
  expect(() => (cutMix() as (batch: unknown) => unknown)({ images })).toThrow(
    "cutMix: takes a batch and its place, which map of a dataset tells; write dataset.batch(32).map(cutMix())",
  );
});
