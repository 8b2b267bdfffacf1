import { describe, expect, test } from "vitest";
import {
  add,
  argMax,
  averagePool2d,
  broadcastTo,
  cast,
  concat,
  constant,
  conv2d,
  divide,
  dot,
  elu,
  greater,
  input,
  leakyRelu,
  logSoftmax,
  logSumExp,
  max,
  maxPool2d,
  mean,
  multiply,
  pad,
  relu,
  relu6,
  reshape,
  select,
  sigmoid,
  slice,
  softmax,
  square,
  sum,
  type Tensor,
  transpose,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/openFunction.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";

type Any = Tensor<any>;

async function compute(
  backend: "reference" | (typeof testedBackends)[number],
  x: NdArray,
  f: (x: Any) => Tensor<any, any>,
) {
  const opened = await openFunction({ x: input(x.shape as [number], x.dtype as "float32") }, ({ x }) => ({ y: f(x) }), {
    backend,
  });
  try {
    return (await opened({ x } as never)).y as NdArray;
  } finally {
    opened.dispose();
  }
}

const ramp = (...shape: number[]) => generate(shape, "float32", (i) => (i % 17) / 8 - 1);
const filled = (value: number, ...shape: number[]) => generate(shape, "float32", () => value);

describe.each(testedBackends)("on %s", (backend) => {
  const seven = ramp(2, 1, 3, 2, 2, 1, 3);
  const wide: Readonly<Record<string, (x: Any) => Tensor<any, any>>> = {
    add: (x) => add(x, broadcastTo(constant([[[1]], [[2]]]), [2, 1, 1]) as Any) as Any,
    multiply: (x) => multiply(x, x),
    relu: (x) => relu(x),
    square: (x) => square(x),
    greater: (x) => greater(x, constant(0)),
    select: (x) => select(greater(x, constant(0)), x, constant(7)),
    cast: (x) => cast(x, "int32"),
    transpose: (x) => transpose(x),
    concat: (x) => concat([x, x], 3 as never) as Any,
    slice: (x) => slice(x, [0, 0, 1, 0, 0, 0, 1], [2, 1, 2, 1, 2, 1, 2]),
    reshape: (x) => reshape(x, [2, 3, 2, 2, 3]),
    "sum over axes": (x) => sum(x, { axis: [1, 3, 6] as never }),
    "mean over all": (x) => mean(x),
    "max over axes": (x) => max(x, { axis: [0, 2] as never }),
    "logSumExp over an axis": (x) => logSumExp(x, { axis: 3 as never }),
    argMax: (x) => argMax(x, 2 as never),
    softmax: (x) => softmax(x),
    logSoftmax: (x) => logSoftmax(x),
  };
  test.each(Object.entries(wide))("%s of seven axes", async (_, f) => {
    expectClose(await compute(backend, seven, f), await compute("reference", seven, f), 2e-5);
  });

  test.each([1, 2, 64, 65])("select among %d booleans writes no more than them", async (count) => {
    const x = generate([count], "float32", (i) => (i % 2) - 0.5);
    const y = (x: Any) => select(greater(x, constant(0)), greater(x, constant(-1)), greater(x, constant(1)));
    for (let round = 0; round < 20; round++) {
      expect([...(await compute(backend, x, y)).data]).toEqual([...x.data].map((value) => Number(value > 0)));
    }
  });

  const not = (x: Any) => divide(x, x) as Any;
  const activations = { relu, relu6, elu, leakyRelu, sigmoid };
  test.each(Object.entries(activations))(
    "%s shows a NaN, alone, after a product and after a convolution",
    async (_, f) => {
      const images = (x: Any) =>
        conv2d(reshape(not(x), [1, 3, 3, 1]), reshape(constant([1, 1]), [1, 1, 1, 2]), { strides: 1 }) as Any;
      const outputs: ((x: Any) => Any)[] = [
        (x) => f(not(x)),
        (x) => f(add(dot(not(x), constant([[1], [2], [3]])), constant([1])) as Any),
        (x) => f(add(images(x), constant([1, 2])) as Any),
      ];
      // TensorFlow's own kernel of a product with a relu hides it, as it does in Python.
      const hides = backend === "tensorflow" && (f === relu || f === relu6);
      for (const y of hides ? outputs.slice(0, 1) : outputs) {
        const { data } = await compute(backend, filled(0, 3, 3), y);
        expect([...data].every(Number.isNaN)).toBe(true);
      }
    },
  );

  // PyTorch's numbers: TensorFlow's kernel of the largest passes NaN over, in Python too.
  test("pools of NaN, and of infinities that take each other away", async () => {
    // Windows of -∞, NaN and 1; of ∞, 1, -∞ and 5.
    const quotients = (x: Any) => {
      const at = (column: number) => slice(x, [0, column], [4, 1]) as Any;
      return reshape(concat([divide(at(0), at(1)) as Any, divide(at(2), at(3)) as Any], 1), [1, 4, 2, 1]) as Any;
    };
    const rows = [
      [-1, 0, 1, 1],
      [0, 0, 1, 1],
      [1, 0, 1, 1],
      [-1, 0, 5, 1],
    ];
    const x = { shape: [4, 4], dtype: "float32", data: Float32Array.from(rows.flat()) } as NdArray;
    const means = await compute(backend, x, (x) => averagePool2d(quotients(x)));
    expect([...means.data]).toEqual([Number.NaN, Number.NaN]);
    const largest = await compute(backend, x, (x) => maxPool2d(quotients(x)));
    expect([...largest.data]).toEqual([backend === "tensorflow" ? 1 : Number.NaN, Infinity]);
    const plain = await compute("reference", x, (x) => maxPool2d(quotients(x)));
    expect([...plain.data]).toEqual([Number.NaN, Infinity]);
  });

  test("of elements that relu makes equal, argMax finds the first", async () => {
    const f = (x: Any) => argMax(relu(x));
    const x = { shape: [3, 3], dtype: "float32", data: Float32Array.of(-3, -2, -1, -1, 0, -2, -1, 5, 7) } as NdArray;
    expect([...(await compute(backend, x, f)).data]).toEqual([0, 0, 2]);
    const saturated = { shape: [1, 2], dtype: "float32", data: Float32Array.of(100, 200) } as NdArray;
    expect([...(await compute(backend, saturated, (x) => argMax(sigmoid(x)))).data]).toEqual([0]);
  });

  test("a sum of a million is as exact as a sum of its parts", async () => {
    const x = filled(0.1, (1 << 20) + 12345);
    expect((await compute(backend, x, (x) => mean(x))).data[0]).toBeCloseTo(0.1, 6);
    // TensorFlow's kernel adds up columns one after another.
    if (backend === "tensorflow") return;
    const sums = await compute(backend, filled(0.1, 1 << 16, 3), (x) => sum(x, { axis: 0 as never, keepDims: true }));
    expect(sums.shape).toEqual([1, 3]);
    for (const value of sums.data) expect(value / (1 << 16)).toBeCloseTo(0.1, 6);
    const total = await compute(backend, filled(0.1, 100, 100, 3, 7), (x) => sum(x, { axis: [0, 1, 3] as never }));
    expect(total.shape).toEqual([3]);
    for (const value of total.data) expect(value / 70000).toBeCloseTo(0.1, 6);
  });

  test("ln softmax of more classes than one sum takes", async () => {
    const { data } = await compute(backend, filled(0, 2, 3000), (x) => logSoftmax(x));
    expect(data.length).toBe(6000);
    for (const value of data) expect(value).toBeCloseTo(-Math.log(3000), 4);
  });

  test("what is cast is computed with as what it is cast to", async () => {
    const x = { shape: [1], dtype: "int32", data: Int32Array.of(16777217) } as NdArray;
    const difference = await compute(backend, x, (x) => add(cast(x, "float32"), constant(-16777216)) as Any);
    expect([...difference.data]).toEqual([0]);
  });
});

describe.runIf(testedBackends.includes("tensorflow"))(
  "what TensorFlow's kernels do not take is refused when opening",
  () => {
    const shape = [3, 2, 3, 2, 3, 2, 3, 2, 3];
    const zeros = (count: number) => Array<number>(count).fill(0);
    const take = (x: Any, sizes: number[]) => slice(x, zeros(sizes.length) as [number], sizes as [number]) as Any;
    const odd = (rank: number) => shape.slice(0, rank).map((size, axis) => (axis % 2 === 0 ? size : 1));
    const even = (rank: number) => shape.slice(0, rank).map((size, axis) => (axis % 2 === 1 ? size : 1));
    const end = `; reshape to fewer axes, or open it with { backend: "wasm" }`;

    test.each<[rank: number, f: (x: Any) => Tensor<any, any>, message: string]>([
      [
        7,
        (x) => pad(x, zeros(7).map(() => [1, 0]) as []),
        `pad: TensorFlow takes up to 6 axes, got [4, 3, 4, 3, 4, 3, 4]${end}`,
      ],
      [8, (x) => argMax(x), `argMax: TensorFlow takes up to 7 axes, got [3, 2, 3, 2, 3, 2, 3, 2]${end}`],
      [9, (x) => take(x, odd(9)), `slice: TensorFlow takes up to 8 axes, got [3, 1, 3, 1, 3, 1, 3, 1, 3]${end}`],
      [
        6,
        (x) => multiply(take(x, odd(6)), take(x, even(6))),
        `multiply: TensorFlow takes shapes that take turns in being 1 up to 5 times, got [3, 1, 3, 1, 3, 1] and [1, 2, 1, 2, 1, 2]${end}`,
      ],
      [
        6,
        (x) => broadcastTo(take(x, odd(6)), shape.slice(0, 6) as [number]),
        `broadcastTo: TensorFlow takes shapes that take turns in being 1 up to 5 times, got [3, 1, 3, 1, 3, 1] and [3, 2, 3, 2, 3, 2]${end}`,
      ],
    ])("%d axes", async (rank, f, message) => {
      const x = ramp(...shape.slice(0, rank));
      const opening = openFunction({ x: input(x.shape) }, ({ x }) => ({ y: f(x as Any) }), { backend: "tensorflow" });
      await expect(opening).rejects.toMatchObject({ code: "SW_BACKEND", message });
      expectClose(await compute("wasm", x, f), await compute("reference", x, f), 2e-5);
    });

    test("what is alike in neighbouring axes counts once", async () => {
      const x = ramp(2, 3, 2, 3, 2, 3);
      const f = (x: Any) => multiply(take(x, [2, 3, 2, 1, 1, 1]), take(x, [1, 1, 1, 3, 2, 3]));
      expectClose(await compute("tensorflow", x, f), await compute("reference", x, f), 2e-5);
    });
  },
);
