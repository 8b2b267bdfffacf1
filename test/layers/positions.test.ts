import { describe, expect, test } from "vitest";
import {
  add,
  array,
  compile,
  type Initializer,
  input,
  meanSquaredError,
  model,
  positionEmbedding,
  rotaryEmbedding,
  sgd,
  sinePositionEncoding,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const places = 5;
const channels = 4;
const table = Float32Array.from({ length: places * channels }, (_, i) => i / 8 - 1);
const given: Initializer = { name: "given", sample: () => table.slice() };
const options = { sequenceLength: places, embeddingsInitializer: given };
const backends = [...testedBackends, "reference"] as const;
const rowsOf = (first: number, count: number) => [...table.slice(first * channels, (first + count) * channels)];

describe.each(backends)("on %s", (backend) => {
  test("vectors are those of the places, however many and from wherever", async () => {
    const inputs = {
      x: input(["batch", 2, channels]),
      y: input(["batch", "time", channels]),
      place: input([], "int32"),
    };
    using f = await openFunction(
      inputs,
      ({ x, y, place }) => ({
        known: positionEmbedding(x, options),
        later: positionEmbedding(x, { ...options, offset: 3 }),
        named: positionEmbedding(y, options),
        counted: positionEmbedding(x, { ...options, offset: place }),
      }),
      { backend },
    );
    const data = { x: new Float32Array(8), y: new Float32Array(12), place: array(new Int32Array([2]), []) };
    const found = await f({
      ...data,
      x: array(data.x, [1, 2, channels]),
      y: array(data.y, [1, 3, channels]),
    });
    expect([...found.known.data]).toEqual(rowsOf(0, 2));
    expect([...found.later.data]).toEqual(rowsOf(3, 2));
    expect([...found.named.data]).toEqual(rowsOf(0, 3));
    expect([...found.counted.data]).toEqual(rowsOf(2, 2));
  });

  test("a place behind the last vector is refused when it runs", async () => {
    using f = await openFunction(
      { x: input(["batch", 2, channels]), place: input([], "int32") },
      ({ x, place }) => ({ y: positionEmbedding(x, { ...options, offset: place }) }),
      { backend },
    );
    const x = array(new Float32Array(8), [1, 2, channels]);
    await expect(f({ x, place: array(new Int32Array([4]), []) })).rejects.toThrow(
      expect.objectContaining({ code: "SW_DATA" }),
    );
  });

  test("only vectors of places that there are learn: −2/n of the differences from the target", async () => {
    const net = model({ x: input(["batch", 2, channels]) }, ({ x }) => add(x, positionEmbedding(options)(x)));
    using session = await open(compile(net, { optimizer: sgd({ learningRate: 1 }), loss: meanSquaredError() }), {
      backend,
    });
    const x = array(new Float32Array(8), [1, 2, channels]);
    await session.fit({ x }, x, { epochs: 1, batchSize: 1, verbose: "silent" });
    const trained = [...session.getWeight("positionEmbedding/embeddings").data];
    const wanted = [...table].map((value, i) => (i < 8 ? value - (2 * value) / 8 : value));
    for (const [i, value] of wanted.entries()) expect(trained[i]).toBeCloseTo(value, 6);
  });

  test("places that are counted turn and wave as those that are known", async () => {
    using f = await openFunction(
      { x: input([2, 3, channels]), place: input([], "int32") },
      ({ x, place }) => ({
        counted: rotaryEmbedding(x, { offset: place }),
        known: rotaryEmbedding(x, { offset: 7 }),
        waves: sinePositionEncoding(x, { offset: place }),
        knownWaves: sinePositionEncoding(x, { offset: 7 }),
      }),
      { backend },
    );
    const x = array(
      Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)),
      [2, 3, channels],
    );
    const { counted, known, waves, knownWaves } = await f({ x, place: array(new Int32Array([7]), []) });
    for (const [i, value] of known.data.entries()) expect(counted.data[i]).toBeCloseTo(value, 6);
    for (const [i, value] of knownWaves.data.entries()) expect(waves.data[i]).toBeCloseTo(value, 6);
  });
});

const x = input(["batch", 3, channels]);
const integer = "must be an integer of int32, or an int32 scalar";
test.each([
  [rotaryEmbedding, { base: 0 }, "base is 0, but must be a positive number of float32"],
  [rotaryEmbedding, { offset: 1.5 }, `offset is 1.5, but ${integer}`],
  [rotaryEmbedding, { offset: input(["n"], "int32") }, `offset is a tensor, but ${integer}`],
  [rotaryEmbedding, { interleaved: null }, "interleaved is null, but must be true or false"],
  [sinePositionEncoding, { offset: "" }, `offset is "", but ${integer}`],
  [sinePositionEncoding, null, "options are given as a record, got null"],
  [positionEmbedding, { sequenceLength: 0 }, "sequenceLength is 0, but must be a positive integer"],
  [positionEmbedding, { ...options, offset: -1 }, "offset is -1, but must be an integer from 0"],
  [positionEmbedding, { ...options, offset: Number.NaN }, `offset is NaN, but ${integer}`],
])("%o with %o is refused", (f, given, fault) => {
  expect(() => (f as typeof rotaryEmbedding)(x, given as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `${f.name}: ${fault}` }),
  );
});

test("a known offset counts among the places that a table has vectors for", () => {
  const message = "positionEmbedding: the sequences of [batch, 3, 4] have 3 + 3 places, but sequenceLength is 5";
  expect(() => positionEmbedding(x, { ...options, offset: 3 })).toThrow(
    expect.objectContaining({ code: "SW_SHAPE", message }),
  );
});
