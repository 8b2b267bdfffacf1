import { describe, expect, test } from "vitest";
import {
  add,
  arange,
  at,
  ensureShape,
  eye,
  fft,
  gradients,
  input,
  multiply,
  rearrange,
  reduce,
  sequenceMask,
  stack,
  sum,
  tensordot,
  tri,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

// What moves elements about, where sizes are known only when a program runs.

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("ensureShape lets two names be one size, hands gradients on, and refuses another size", async () => {
    const inputs = { x: input(["batch", "time"]), y: input(["batch", 3]) };
    const f = await openFunction(
      inputs,
      ({ x, y }) => {
        const z = multiply(ensureShape(x, ["batch", 3]), add(y, ensureShape(x, y.shape)));
        return { z, dx: gradients(sum(z), { x }).x };
      },
      { backend },
    );
    const { z, dx } = await f({ x: [[1, 2, 3]], y: [[10, 20, 30]] });
    expect([z.shape, dx.shape]).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect([...z.data]).toEqual([11, 44, 99]);
    expect([...dx.data]).toEqual([12, 24, 36]);
    await expect(f({ x: [[1, 2]], y: [[10, 20, 30]] })).rejects.toThrow("ensureShape: [1, 2] cannot be [1, 3]");
    f.dispose();
  });

  test("places, masks and triangles are of axes whose sizes are calculated, too", async () => {
    const inputs = { x: input(["time"]), lengths: input(["batch"], "int32") };
    const f = await openFunction(
      inputs,
      ({ x, lengths }) => {
        const [rest] = at(x, "1:").shape;
        return { places: arange(rest), seen: sequenceMask(lengths, rest), below: tri(rest), one: eye(rest, 2) };
      },
      { backend },
    );
    const { places, seen, below, one } = await f({ x: [5, 6, 7, 8], lengths: [1, 3] });
    expect([...places.data]).toEqual([0, 1, 2]);
    expect([...seen.data]).toEqual([1, 0, 0, 1, 1, 1]);
    expect([...below.data]).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
    expect([...one.data]).toEqual([1, 0, 0, 1, 0, 0]);
    f.dispose();
  });

  test("rearrange takes a named axis apart where nothing is left over", async () => {
    const f = await openFunction(
      { x: input(["batch", "time"]) },
      ({ x }) => ({
        y: rearrange(x, "b (t two) -> two b t", { two: 2 }),
        z: reduce(x, "b (t two) -> b t", "max", { two: 2 }),
        flat: rearrange(rearrange(x, "b (t two) -> b two t", { two: 2 }), "b ... -> b (1 ...)"),
      }),
      { backend },
    );
    const { y, z, flat } = await f({ x: [[1, 2, 3, 4, 5, 6]] });
    expect([flat.shape, [...flat.data]]).toEqual([
      [1, 6],
      [1, 3, 5, 2, 4, 6],
    ]);
    expect([y.shape, [...y.data], z.shape, [...z.data]]).toEqual([
      [2, 1, 3],
      [1, 3, 5, 2, 4, 6],
      [1, 3],
      [2, 4, 6],
    ]);
    await expect(f({ x: [[1, 2, 3]] })).rejects.toThrow("rearrange: t two of [1, 3]: 3 is not a multiple of 2");
    f.dispose();
  });
});

test.each([...testedBackends, "reference" as const])(
  "at steps far along axes of named sizes on %s",
  async (backend) => {
    const f = await openFunction(
      { x: input(["batch", "time"]) },
      ({ x }) => ({ y: at(x, "::100, ::1073741824"), dx: gradients(sum(at(x, "::100")), { x }).x }),
      { backend },
    );
    const { y, dx } = await f({ x: Array.from({ length: 101 }, (_, i) => [i, -i]) });
    expect([y.shape, [...y.data]]).toEqual([
      [2, 1],
      [0, 100],
    ]);
    expect([...dx.data].flatMap((slope, i) => (slope === 0 ? [] : [[i, slope]]))).toEqual([
      [0, 1],
      [1, 1],
      [200, 1],
      [201, 1],
    ]);
    f.dispose();
  },
);

test("at refuses steps that int32 does not hold beside a size with a name", () => {
  const message = "at: the step 4294967297 along axis 0 of [batch, 2], whose size has a name, is more than 1073741824";
  expect(() => at(input(["batch", 2]), "::4294967297")).toThrow(message);
});

test.each([...testedBackends, "reference" as const])("a size that no input has is named on %s", async (backend) => {
  const program = async () => {
    const f = await openFunction({ x: input(["a", "b"]) }, ({ x }) => ({ y: ensureShape(x, ["a", "z"]) }), { backend });
    await f({ x: [[1]] });
  };
  await expect(program()).rejects.toMatchObject({
    code: "SW_NAME",
    message: 'size z: "z" has no value (known: a, b)',
  });
});

test.each([
  [null, 'ensureShape: a shape is an array of dims, such as ["batch", 10], got null'],
  [["batch", "64"], 'ensureShape: "64" is not a dim; write a positive integer, or a name such as "batch"'],
  [["batch", 1.5], 'ensureShape: 1.5 is not a dim; write a positive integer, or a name such as "batch"'],
  [["batch", Number.NaN], 'ensureShape: NaN is not a dim; write a positive integer, or a name such as "batch"'],
  [["batch"], "ensureShape: [batch, time] cannot be [batch]"],
])("ensureShape refuses %j", (shape, message) => {
  expect(() => ensureShape(input(["batch", "time"]), shape as never)).toThrow(message);
});

type Untyped = (...given: readonly unknown[]) => unknown;
const untyped = { fft, rearrange, reduce, stack, tensordot } as unknown as Readonly<
  Record<"fft" | "rearrange" | "reduce" | "stack" | "tensordot", Untyped>
>;
const x = input([2, 3]);

test.each([
  [
    "tensordot: axes is [, ], but must be an integer from 0, or two lists of axes, such as [[1], [0]]",
    () => untyped.tensordot(x, x, new Array(2)),
  ],
  [
    "stack: takes a tensor, got undefined; make one with input, variable or constant",
    () => untyped.stack(Object.assign(new Array(3), { 0: x, 2: x })),
  ],
  [
    "fft: x is [, ], but must be a list of two tensors, the real and the imaginary parts",
    () => untyped.fft(new Array(2)),
  ],
])("holes in lists are seen: %s", (message, refused) => {
  expect(refused).toThrow(message);
});

test.each([
  [["rearrange", null], "rearrange: pattern is null, but must be a text"],
  [["rearrange", ""], 'rearrange: "" has no ->'],
  [["rearrange", "a b -> b a", 3], "rearrange: sizes is 3, but must be a record of sizes"],
  [
    ["rearrange", "a (b c) -> a b c", { b: 1.5 }],
    'rearrange: 1.5 is not a dim; write a positive integer, or a name such as "batch"',
  ],
  [["reduce", "a b -> a", "median"], 'reduce: by is "median", but must be "mean", "sum", "max" or "min"'],
  [["reduce", "a b -> a", undefined], 'reduce: by is undefined, but must be "mean", "sum", "max" or "min"'],
] as const)("patterns from untyped programs are refused: %j", ([name, ...rest], message) => {
  expect(() => untyped[name](x, ...rest)).toThrow(message);
});
