import { describe, expect, test } from "vitest";
import { dataset, zip } from "../../runtime/datasets/index.js";
import { array } from "../../src/ir/array.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A source that says how far it was read, and whether it was closed. */
function watched(count: number) {
  const told = { started: 0, given: 0, closed: 0 };
  async function* elements() {
    told.started++;
    try {
      for (let i = 0; i < count; i++) {
        told.given++;
        yield i;
      }
    } finally {
      told.closed++;
    }
  }
  return { told, elements };
}

/** All that there is, in a list. */
async function listOf<E>(elements: AsyncIterable<E>): Promise<E[]> {
  const all: E[] = [];
  for await (const element of elements) all.push(element);
  return all;
}

const epochs = async <E>(elements: { epoch(number: number): AsyncIterable<E> }, numbers: readonly number[]) => {
  const all: E[][] = [];
  for (const number of numbers) all.push(await listOf(elements.epoch(number)));
  return all;
};

test("what a source throws as it is closed is thrown where its end is not reached, and all others are closed", async () => {
  const { told, elements } = watched(9);
  function* failing() {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: what is tested
      throw new Error("the lock cannot be removed");
    }
  }
  const both = zip({ a: dataset(failing), b: dataset(elements) });
  for (const elements of [
    both.take(1),
    dataset(failing).prefetch(2).take(1),
    dataset([0])
      .interleave(() => dataset(failing))
      .take(1),
  ])
    await expect(elements.toArray()).rejects.toThrow("the lock cannot be removed");
  expect(told).toMatchObject({ started: 1, closed: 1 });
  const broken = dataset(failing).map((value) => {
    if (value === 1) throw new Error("mine");
    return value;
  });
  await expect(broken.toArray()).rejects.toThrow("map: element 1: mine");
});

describe("what a dataset is made of", () => {
  test("rows of arrays, which are not copied, and of records of them", async () => {
    const pixels = Float32Array.of(1, 2, 3, 4, 5, 6);
    const rows = await dataset({
      inputs: { image: array(pixels, [3, 2]) },
      target: Int32Array.of(7, 8, 9),
      name: ["a", "b", "c"],
    }).toArray();
    expect(rows[1]).toEqual({
      inputs: { image: { shape: [2], dtype: "float32", data: Float32Array.of(3, 4) } },
      target: 8,
      name: "b",
    });
    expect(rows[1]!.inputs.image.data.buffer).toBe(pixels.buffer);
    expect(rows).toHaveLength(3);
    expect(await dataset(array(new Uint8Array([1, 0]), [2], "bool")).toArray()).toEqual([true, false]);
    expect(await dataset(BigInt64Array.of(3n, -4n)).toArray()).toEqual([3, -4]);
  });

  test("iterables, generator functions and asynchronous ones, which start afresh in each epoch", async () => {
    expect(await dataset(new Set([3, 4])).toArray()).toEqual([3, 4]);
    const { told, elements } = watched(3);
    expect(await epochs(dataset(elements), [0, 1])).toEqual([upTo(3), upTo(3)]);
    expect(told).toEqual({ started: 2, given: 6, closed: 2 });
    expect(
      await epochs(
        dataset((epoch: number) => [epoch, epoch * 10]),
        [1, 4],
      ),
    ).toEqual([
      [1, 10],
      [4, 40],
    ]);
    // A plain iterator may give promises.
    expect(
      await dataset([1, 2].map((n) => Promise.resolve(n)))
        .map((n) => n)
        .toArray(),
    ).toEqual([1, 2]);
  });

  test("a generator can be gone through once", async () => {
    const once = dataset(watched(3).elements()).map((n) => n);
    expect(once.isOnce).toBe(true);
    expect(await once.toArray()).toEqual(upTo(3));
    const message =
      "dataset: the source can be gone through once; give a function that starts it afresh: dataset(() => elements())";
    await expect(once.toArray()).rejects.toThrow(message);
    const cached = dataset(watched(3).elements()).cache();
    expect([cached.isOnce, await epochs(cached, [0, 1])]).toEqual([false, [upTo(3), upTo(3)]]);
  });

  test("anything else is refused", () => {
    const refusals = [
      3,
      "text",
      null,
      { a: [1, 2], b: [1] },
      { a: { b: new Map() } },
      {},
      array(new Float32Array(1), []),
      { a: JSON.parse('{"shape":[1],"dtype":"float32","data":[1]}') },
      { shape: 2, dtype: "float32", data: new Float32Array(2) },
    ].map((source) => {
      try {
        return dataset(untyped(source));
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refusals).toEqual([
      "dataset: takes arrays, an iterable, or a function that gives one, got 3",
      'dataset: takes arrays, an iterable, or a function that gives one, got "text"',
      "dataset: takes arrays, an iterable, or a function that gives one, got null",
      "dataset: b has 1 rows, but a has 2",
      "dataset: a.b: takes arrays, or records of arrays, got a Map",
      "dataset: takes a record of arrays, got one that is empty",
      "dataset: a scalar has no rows",
      "dataset: a: takes arrays, got one whose data is an array; write array(new Float32Array(values), shape)",
      "dataset: takes arrays, got one whose shape is 2; write array(new Float32Array(values), shape)",
    ]);
  });

  test("what a function gives must be iterable", async () => {
    await expect(dataset(untyped(() => 5)).toArray()).rejects.toThrow(
      "dataset: the source gave 5, which is no iterable",
    );
  });
});

describe("map and filter", () => {
  test("each element is changed, with its place; errors name it, and keep their cause", async () => {
    const places = dataset(["a", "b"]).map((name, { epoch, index }) => `${name}${epoch}${index}`);
    expect(await epochs(places, [0, 2])).toEqual([
      ["a00", "b01"],
      ["a20", "b21"],
    ]);
    const cause = new RangeError("too large");
    const failing = (fail: () => unknown) =>
      dataset(upTo(5))
        .batch(2)
        .unbatch()
        .map((n) => (n === 3 ? fail() : n))
        .toArray();
    for (const fail of [
      () => {
        throw cause;
      },
      () => Promise.reject(cause),
    ]) {
      await expect(failing(fail)).rejects.toMatchObject({
        code: "SW_DATA",
        op: "map",
        message: "map: element 3: too large",
        cause,
      });
    }
    await expect(
      dataset(upTo(2))
        .filter(() => {
          throw cause;
        })
        .toArray(),
    ).rejects.toThrow("filter: element 0: too large");
  });

  test("so many calls run at a time, and the order stays", async () => {
    let [running, most] = [0, 0];
    const slow = dataset(upTo(10)).map(
      async (n) => {
        most = Math.max(most, ++running);
        for (let i = 0; i < 10 - n; i++) await Promise.resolve();
        running--;
        return n;
      },
      { parallelCalls: 4 },
    );
    expect(await slow.batch(10).toArray()).toEqual([upTo(10)]);
    expect(most).toBe(4);
  });

  test("what a filter leaves is as many as are asked for", async () => {
    const even = dataset(upTo(20)).filter(async (n) => n % 2 === 0);
    expect(await even.batch(4).toArray()).toEqual([
      [0, 2, 4, 6],
      [8, 10, 12, 14],
      [16, 18],
    ]);
  });
});

describe("batch and unbatch", () => {
  test("arrays get an axis, numbers and texts become lists, records stay records", async () => {
    const rows = dataset({
      x: array(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
      name: ["a", "b", "c"],
      more: { y: Int32Array.of(7, 8, 9) },
    });
    const batches = rows.batch(2);
    expect(await batches.toArray()).toEqual([
      { x: array(Float32Array.of(1, 2, 3, 4), [2, 2]), name: ["a", "b"], more: { y: [7, 8] } },
      { x: array(Float32Array.of(5, 6), [1, 2]), name: ["c"], more: { y: [9] } },
    ]);
    expect(await batches.unbatch().toArray()).toEqual(await rows.toArray());
    expect(await rows.batch(2, { dropRemainder: true }).toArray()).toHaveLength(1);
    expect(await rows.collect()).toEqual({
      x: array(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
      name: ["a", "b", "c"],
      more: { y: [7, 8, 9] },
    });
    expect(
      await dataset(() => [Float64Array.of(1, 2), Float64Array.of(3, 4)])
        .batch(2)
        .toArray(),
    ).toEqual([array(Float32Array.of(1, 2, 3, 4), [2, 2])]);
  });

  test("elements that differ are refused by their number in the epoch", async () => {
    const sized = (length: number) => ({ x: array(new Float32Array(length), [length]) });
    const odd: readonly (readonly [unknown[], string])[] = [
      [[sized(2), sized(2), sized(2), sized(3)], "batch: element 3: x: has shape [3], but those before it have [2]"],
      [[{ x: 1 }, { y: 1 }], 'batch: element 1: has "y", unlike those before it'],
      [[{ x: 1, y: 2 }, { x: 1 }], 'batch: element 1: has no "y", unlike those before it'],
      [[{ x: 1 }, 5], "batch: element 1: is 5, but those before it are records"],
      [[new Float32Array(2), new Float32Array(3)], "batch: element 1: has 3 numbers, but those before it have 2"],
      [
        [new Float32Array(2), new Int32Array(2)],
        "batch: element 1: is an Int32Array, but those before it are of Float32Array",
      ],
      [
        [array(new Float32Array(2), [2]), array(new Int32Array(2), [2])],
        "batch: element 1: is of int32, but those before it are of float32",
      ],
      [[array(new Float32Array(2), [2]), 3], "batch: element 1: is 3, but those before it are arrays"],
      [
        [array(new Float32Array(2), [2]), { shape: [2], dtype: "float32", data: { 0: 1, 1: 2 } }],
        "batch: element 1: takes arrays, got one whose data is an object; write array(new Float32Array(values), shape)",
      ],
    ];
    for (const [elements, message] of odd) {
      await expect(dataset(elements).batch(2).toArray()).rejects.toThrow(message);
    }
    await expect(dataset([1, 2]).unbatch().toArray()).rejects.toThrow(
      "unbatch: takes arrays, or records of arrays, got 1",
    );
  });
});

describe("shuffle", () => {
  test("all elements, in an order for each epoch that follows from the seed", async () => {
    const shuffled = dataset(upTo(50)).shuffle(50, { seed: 3 });
    const [first, second, again] = await epochs(shuffled, [0, 1, 0]);
    expect([...first!].sort((a, b) => a - b)).toEqual(upTo(50));
    expect(second).not.toEqual(first);
    expect(again).toEqual(first);
    expect(await dataset(upTo(50)).shuffle(50, { seed: 4 }).toArray()).not.toEqual(first);
    // However many are asked for at a time.
    expect((await shuffled.batch(7).toArray()).flat()).toEqual(first);
  });

  test("an element is drawn of as many as the buffer holds", async () => {
    const drawn = await dataset(upTo(100)).shuffle(10).toArray();
    // What is drawn at a place has been read by then.
    expect(drawn.every((n, place) => n < place + 10)).toBe(true);
    expect([...drawn].sort((a, b) => a - b)).toEqual(upTo(100));
    expect(await dataset(upTo(9)).shuffle(1).toArray()).toEqual(upTo(9));
  });

  test("each place of a full buffer gets each element about equally often", async () => {
    const counts = new Map<number, number>();
    for (let epoch = 0; epoch < 6000; epoch++) {
      const [first] = await listOf(dataset(upTo(4)).shuffle(4).take(1).epoch(epoch));
      counts.set(first!, (counts.get(first!) ?? 0) + 1);
    }
    // Five standard deviations of a binomial count of 6000 times 1/4.
    for (const n of upTo(4)) expect(Math.abs(counts.get(n)! - 1500)).toBeLessThan(5 * 33.5);
  });
});

describe("how often, how far, and together", () => {
  test("repeat draws each round anew, in each epoch", async () => {
    const twice = dataset(upTo(8)).shuffle(8).repeat(2);
    const [first, second] = await epochs(twice, [0, 1]);
    const rounds = [first!.slice(0, 8), first!.slice(8), second!.slice(0, 8), second!.slice(8)];
    expect(new Set(rounds.map(String)).size).toBe(4);
    expect(rounds.every((round) => new Set(round).size === 8)).toBe(true);
    const endless = dataset(upTo(3)).repeat();
    expect(await endless.take(7).toArray()).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(await dataset([]).repeat().toArray()).toEqual([]);
  });

  test("take, skip, concatenate, zip and interleave", async () => {
    expect(await dataset(upTo(9)).skip(2).take(3).toArray()).toEqual([2, 3, 4]);
    expect(await dataset(upTo(2)).skip(5).toArray()).toEqual([]);
    expect(
      await dataset([1])
        .concatenate(dataset(["a"]))
        .batch(2)
        .toArray(),
    ).toEqual([[1, "a"]]);
    // Parts that are called as an array's are, and are none.
    const called = zip({ data: dataset([1, 2]), shape: dataset(["round", "square"]), dtype: dataset(["a", "b"]) });
    expect(await called.batch(2).toArray()).toEqual([{ data: [1, 2], shape: ["round", "square"], dtype: ["a", "b"] }]);
    const rows = dataset({ data: [1, 2], shape: [3, 4], dtype: new Float32Array([5, 6]) });
    expect(await rows.toArray()).toEqual([
      { data: 1, shape: 3, dtype: 5 },
      { data: 2, shape: 4, dtype: 6 },
    ]);
    const zipped = zip({ a: dataset(upTo(5)).filter((n) => n % 2 === 0), b: dataset(["x", "y", "z", "w"]) });
    expect(await zipped.toArray()).toEqual([
      { a: 0, b: "x" },
      { a: 2, b: "y" },
      { a: 4, b: "z" },
    ]);
    const files = dataset(["a", "b", "c"]).interleave((name) => dataset([1, 2, 3].map((n) => name + n)), {
      cycleLength: 2,
    });
    expect(await files.toArray()).toEqual(["a1", "b1", "a2", "b2", "a3", "b3", "c1", "c2", "c3"]);
  });

  test("cache reads once, whole epochs alone, always the first", async () => {
    const { told, elements } = watched(4);
    const cached = dataset(elements).shuffle(4).cache();
    expect(await cached.take(2).toArray()).toHaveLength(2);
    const [third, first] = await epochs(cached, [2, 0]);
    expect(third).toEqual(first);
    expect(third).toEqual(await dataset(upTo(4)).shuffle(4).toArray());
    expect(told.started).toBe(2);
  });

  test("nothing more is read than is asked for, and sources are closed", async () => {
    const { told, elements } = watched(100);
    for await (const batch of dataset(elements)
      .map((n) => n)
      .batch(3)) {
      expect(batch).toEqual([0, 1, 2]);
      break;
    }
    expect(told).toEqual({ started: 1, given: 3, closed: 1 });
    const both = watched(100);
    expect(
      await zip({ a: dataset(both.elements).concatenate(dataset([1])), b: dataset([1, 2]) }).toArray(),
    ).toHaveLength(2);
    expect(both.told.closed).toBe(1);
    const parts = watched(100);
    expect(
      await dataset([1, 2, 3])
        .interleave(() => dataset(parts.elements).repeat(2))
        .take(4)
        .toArray(),
    ).toEqual([0, 0, 0, 1]);
    expect(parts.told).toMatchObject({ started: 3, closed: 3 });
  });

  test("prefetch reads ahead by so many, closes what it has opened, and throws an error in its turn", async () => {
    const { told, elements } = watched(100);
    const seen: number[] = [];
    for await (const n of dataset(elements).prefetch(5)) {
      for (let i = 0; i < 100; i++) await Promise.resolve();
      seen.push(n);
      // The one that is looked at, and five.
      expect(told.given).toBe(n + 6);
      if (n === 3) break;
    }
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(told.closed).toBe(1);
    const failing = dataset(upTo(5))
      .map((n) => {
        if (n === 2) throw new Error("broken");
        return n;
      })
      .prefetch(4);
    const before: number[] = [];
    await expect(
      (async () => {
        for await (const n of failing) before.push(n);
      })(),
    ).rejects.toThrow("map: element 2: broken");
    expect(before).toEqual([0, 1]);
    expect(await dataset(upTo(7)).prefetch(3).toArray()).toEqual(upTo(7));
  });
});

test("wrong arguments are refused", () => {
  const some = dataset([1]);
  const calls: readonly (readonly [() => unknown, string])[] = [
    [() => some.batch(0), "batch: size is 0, but must be a positive integer"],
    [() => some.batch(2, untyped({ drop: true })), 'batch: no option is named "drop"; did you mean "dropRemainder"?'],
    [() => some.shuffle(untyped("9")), 'shuffle: bufferSize is "9", but must be a positive integer'],
    [() => some.shuffle(9, { seed: 0.5 }), "shuffle: seed is 0.5, but must be an integer between -2^53 and 2^53"],
    [() => some.repeat(-1), "repeat: times is -1, but must be a positive integer, or left out"],
    [() => some.take(1.5), "take: number is 1.5, but must be an integer from 0"],
    [() => some.prefetch(0), "prefetch: size is 0, but must be a positive integer"],
    [() => some.map(untyped(3)), "map: the function is 3, but must be a function"],
    [() => some.map((n) => n, { parallelCalls: 0 }), "map: parallelCalls is 0, but must be a positive integer"],
    [() => some.concatenate(untyped([1])), "concatenate: other is [1], but must be a dataset"],
    [() => zip(untyped([some])), "zip: datasets is an array, but must be a record of datasets"],
    [() => zip(untyped({ a: [1] })), "zip: datasets is an object, but must be a record of datasets"],
  ];
  for (const [call, message] of calls) expect(call).toThrow(message);
});

test("a dataset says what it consists of", () => {
  expect(
    dataset([1, 2])
      .shuffle(5)
      .map((n) => n)
      .batch(2)
      .prefetch(3).description,
  ).toBe("dataset(2).shuffle(5, 0).map.batch(2, false)");
});
