import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adam, array, compile, dense, input, meanSquaredError, model } from "../../compiler/language.js";
import { type Dataset, dataset, npyDataset, zip } from "../../runtime/datasets/index.js";
import { open } from "../../runtime/index.js";
import type { NdArray } from "../../src/ir/array.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";

const count = 3000;
const width = 300;
/** Of more than one part that is read at a time. */
const x = array(
  Float32Array.from({ length: count * width }, (_, i) => Math.sin(i)),
  [count, width],
);
const y = array(
  Int32Array.from({ length: count }, (_, i) => i),
  [count, 1],
);
const target = array(
  Float32Array.from({ length: count }, (_, i) => Math.cos(i)),
  [count, 1],
);

let folder: string;
/** The same rows from files, which come in tables, and from memory, which come one by one. */
let files: { x: Dataset<unknown>; y: Dataset<unknown>; target: Dataset<unknown> };
const rows = { x: dataset(x), y: dataset(y), target: dataset(target) };
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  const written = (name: string, descr: string, { shape, data }: NdArray<number[]>) => {
    const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`.padEnd(117);
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, "latin1"), bytesOf(data)]));
    return npyDataset(path);
  };
  const bytesOf = ({ buffer }: NdArray["data"]) => new Uint8Array(buffer as ArrayBuffer);
  files = {
    x: written("x.npy", "<f4", x),
    y: written("y.npy", "<i4", y),
    target: written("target.npy", "<f4", target),
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An element with its numbers as a hash: to compare so many one by one takes long. */
function hashed(element: unknown): unknown {
  if (isTypedArray(element)) return createHash("sha1").update(element).digest("hex");
  if (typeof element !== "object" || element === null || Array.isArray(element)) return element;
  return Object.fromEntries(Object.entries(element).map(([name, part]) => [name, hashed(part)]));
}

/** All elements of an epoch, which are looked at when all are there. */
async function epochOf(elements: Dataset<unknown>, epoch = 0): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const element of elements.epoch(epoch)) all.push(element);
  return all;
}

/** Both as one pipeline makes them. */
const pipelines: readonly (readonly [string, (parts: typeof files) => Dataset<unknown>])[] = [
  ["rows", ({ x }) => x.take(1000)],
  ["batches over the bounds of parts", ({ x, y }) => zip({ x, y }).batch(128)],
  ["nested records", ({ x, y }) => zip({ inputs: zip({ x }), y }).batch(700, { dropRemainder: true })],
  ["shuffled", ({ x, y }) => zip({ x, y }).shuffle(500, { seed: 4 }).batch(128).prefetch(2)],
  ["shuffled within a buffer that holds all", ({ y }) => y.shuffle(1e9).batch(1300)],
  ["shuffled, of which one batch holds all", ({ y }) => y.shuffle(100).batch(Number.MAX_SAFE_INTEGER)],
  [
    "shuffled rows, changed",
    ({ y }) =>
      y
        .shuffle(1000)
        .map((row) => ({ row, one: 1 }))
        .batch(64),
  ],
  ["shuffled twice", ({ x, y }) => zip({ x, y }).shuffle(50).shuffle(100, { seed: 1 }).batch(60)],
  ["some of them", ({ x, y }) => zip({ x, y }).skip(700).take(1000).shuffle(90).skip(3).batch(64)],
  ["none of them", ({ y }) => y.take(0).concatenate(y.skip(count)).batch(64)],
  ["in rounds", ({ y }) => y.shuffle(40).repeat(2).batch(900)],
  ["batches in rounds", ({ y }) => y.shuffle(40).batch(900).repeat(2)],
  ["with rows of memory", ({ y }) => zip({ y, again: rows.y }).shuffle(10).batch(100)],
];

test.each(pipelines)("%s: what rows that come one by one make", async (_, made) => {
  for (const epoch of [0, 3]) {
    const [found, wanted] = [await epochOf(made(files), epoch), await epochOf(made(rows), epoch)];
    // Elements that were given stay what they were, whatever has been read since.
    expect(found.map(hashed)).toEqual(wanted.map(hashed));
  }
});

test("a buffer keeps a row of each place, in an order that is random throughout", async () => {
  const [batch] = (await epochOf(files.y.shuffle(1000).batch(count))) as [typeof y];
  const order = [...batch.data];
  expect(order.toSorted((a, b) => a - b)).toEqual([...y.data]);
  const early = order.findIndex((row) => row >= 1500);
  expect(early).toBeGreaterThan(500);
  expect(order.slice(0, 1000).filter((row) => row < 500).length).toBeLessThan(450);
});

test("training on files, whose batches' memory is used again, is training on the same rows in memory", async () => {
  const program = compile(
    model({ x: input(["batch", width]) }, ({ x }) => dense(x, { units: 1 })),
    { optimizer: adam(), loss: meanSquaredError() },
  );
  const trained = async ({ x, target }: typeof files, settings: object) => {
    using session = await open(program);
    const batches = zip({ inputs: zip({ x }), target })
      .shuffle(700)
      .batch(64)
      .prefetch(2);
    const { history } = await session.fitBatches(batches as never, { verbose: "silent", ...settings });
    return { history, weights: session.weightNames.map((name) => session.getWeight(name)) };
  };
  for (const settings of [{ epochs: 2 }, { stepsPerEpoch: 7, batchSize: 200, epochs: 2 }]) {
    const [found, wanted] = [await trained(files, settings), await trained(rows, settings)];
    expect(found.weights.map(hashed)).toEqual(wanted.weights.map(hashed));
    expect(found.history.loss.at(-1)).toBeCloseTo(wanted.history.loss.at(-1) as number, 5);
  }
});

describe("a file", () => {
  const openFiles = () => readdirSync("/proc/self/fd").length;

  test("is closed when it is no longer read, though the next part of it is being read", async () => {
    const before = openFiles();
    for (let i = 0; i < 10; i++) {
      for await (const _ of zip({ x: files.x, y: files.y }).shuffle(20).batch(10)) break;
    }
    expect(openFiles()).toBe(before);
  });

  test("that becomes shorter is refused when what is missing would come", async () => {
    const path = join(folder, "cut.npy");
    const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${3 * count}, ${width}), }`.padEnd(117);
    const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, "latin1");
    writeFileSync(path, Buffer.concat([head, Buffer.alloc(3 * 4 * count * width)]));
    const given: unknown[] = [];
    const all = async () => {
      for await (const batch of npyDataset(path).batch(100)) {
        if (given.length === 0) truncateSync(path, head.length + 4 * width);
        given.push(batch);
      }
    };
    // The second part is being read while the first is used; the third does not exist.
    await expect(all()).rejects.toThrow(`npyDataset: ${path} cannot be read: it became shorter while it was read`);
    expect(given.length).toBeGreaterThan(0);
  });
});
