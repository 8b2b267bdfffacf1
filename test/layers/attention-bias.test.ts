import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  add,
  alibi,
  array,
  attention,
  broadcastTo,
  cachedGroupQueryAttention,
  compile,
  constant,
  gradients,
  groupQueryAttention,
  type Initializer,
  input,
  meanSquaredError,
  model,
  multiHeadAttention,
  relativePositionBias,
  scaledDotProductAttention,
  select,
  sgd,
  square,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";
import { testedBackends } from "../support/backends.js";

interface Packed {
  readonly shape: number[];
  readonly data: readonly number[];
}
type Given = Readonly<Record<string, Packed>>;

/** PyTorch's numbers: test/fixtures/attention-bias.py. */
const { product, layers, buckets } = JSON.parse(
  readFileSync(new URL("../fixtures/attention-bias.json", import.meta.url), "utf8"),
) as {
  product: Given & { gradients: Given };
  layers: (Given & { x: Packed; value: Packed; bias: Packed; y: Packed; weights: Given })[];
  buckets: { options: { numBuckets: number; maxDistance: number; bidirectional: boolean }; buckets: number[] }[];
};
const arrayOf = ({ shape, data }: Packed) => generate(shape, "float32", (i) => data[i]!);
const inputOf = ({ shape }: Packed) => input(shape as [number]) as Tensor<any>;
const backends = [...testedBackends, "reference"] as const;

function expectNumbers(actual: NdArray<any>, { shape, data }: Packed, name: string): void {
  expect(actual.shape, name).toEqual(shape);
  for (const [i, value] of data.entries()) expect(actual.data[i], `${name}[${i}]`).toBeCloseTo(value, 4);
}

describe.each(backends)("on %s", (backend) => {
  test("channels that have a name scale by how many they are", async () => {
    const f = await openFunction({ x: input(["time", "n"]) }, ({ x }) => ({ y: scaledDotProductAttention(x, x, x) }), {
      backend,
    });
    const { y } = await f({ x: array(new Float32Array([1, 0, 0, 1]), [2, 2]) });
    // softmax([1 / √2, 0])
    const seen = 1 / (1 + Math.exp(-Math.SQRT1_2));
    expectNumbers(y, { shape: [2, 2], data: [seen, 1 - seen, 1 - seen, seen] }, "y");
    f.dispose();
  });

  test("a bias is added to scores, and learns", async () => {
    const { q, k, v, bias, y, gradients: slopes } = product;
    const given = { q: q!, k: k!, v: v!, bias: bias! };
    const inputs = Object.fromEntries(Object.entries(given).map(([name, packed]) => [name, inputOf(packed)]));
    using f = await openFunction(
      { ...inputs, mask: input([4], "bool") },
      (x: any) => {
        const found = scaledDotProductAttention(x.q, x.k, x.v, { bias: x.bias, mask: x.mask }) as Tensor<any>;
        const { q, k, v, bias } = x;
        return { y: found, ...gradients(sum(square(found)) as Tensor<[]>, { q, k, v, bias }) };
      },
      { backend },
    );
    const data = Object.fromEntries(Object.entries(given).map(([name, packed]) => [name, arrayOf(packed)]));
    const found = await f({ ...data, mask: generate([4], "bool", (i) => Number(i !== 2)) } as never);
    expectNumbers((found as any).y, y!, "y");
    for (const [name, slope] of Object.entries(slopes)) expectNumbers((found as any)[name], slope, name);
  });

  test.each(layers)("a bias of a layer of $bias.shape is PyTorch's", async ({ x, value, bias, y, weights }) => {
    const batched = ({ shape }: Packed) => input(["batch", ...shape.slice(1)] as [string]) as Tensor<any>;
    const isEach = bias.shape.length === 4;
    const inputs = { x: batched(x), value: batched(value), ...(isEach && { bias: batched(bias) }) };
    const net = model(inputs as Record<"x" | "value" | "bias", Tensor<any>>, ({ x, value, bias: each }) => {
      const attentionBias = isEach ? each : constant(arrayOf(bias));
      return multiHeadAttention(x, { numHeads: 2, keyDim: 2, value, attentionBias });
    });
    using session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }) as any, { backend });
    for (const [name, weight] of Object.entries(weights)) {
      await session.setWeight(`multiHeadAttention/${name}`, arrayOf(weight));
    }
    const data = { x: arrayOf(x), value: arrayOf(value), ...(isEach && { bias: arrayOf(bias) }) };
    expectNumbers((await session.predict(data as never)) as unknown as NdArray, y, "y");
  });

  test("a bias that leaves nothing of a score is a mask, in all layers; a cache takes it, too", async () => {
    const seen = [1, 0, 0, 1, 1, 0, 0, 1, 1];
    const kernel: Initializer = {
      name: "given",
      sample: (shape) => Float32Array.from({ length: shape[0]! * shape[1]! }, (_, i) => Math.cos(i * i)),
    };
    const grouped = { headDim: 2, numQueryHeads: 4, numKeyValueHeads: 2, kernelInitializer: kernel } as const;
    using f = await openFunction(
      { x: input([1, 3, 4]) },
      ({ x }) => {
        const attentionMask = constant(generate([1, 4, 3, 3], "bool", (i) => (i < 9 ? seen[i]! : 1)));
        const ofAll = constant(generate([1, 3, 3], "bool", (i) => seen[i]!));
        const empty = broadcastTo(constant(0), [1, 2, 5, 2]);
        return {
          masked: groupQueryAttention(x, { ...grouped, attentionMask }),
          biased: groupQueryAttention(x, { ...grouped, attentionBias: select(attentionMask, 0, constant(-1e30)) }),
          maskedAlone: attention(x, { attentionMask: ofAll }),
          biasedAlone: attention(x, { attentionBias: select(ofAll, 0, constant(-1e30)) }),
          near: groupQueryAttention(x, { ...grouped, useCausalMask: true, attentionBias: alibi(4, 3) }),
          nearInCache: cachedGroupQueryAttention(x, {
            ...grouped,
            cache: { key: empty, value: empty },
            offset: 2,
            attentionBias: add(alibi(4, 3, 5, { offset: 2 }), constant([-1e30, -1e30, 0, 0, 0])),
          }).output,
        };
      },
      { backend },
    );
    const x = generate([1, 3, 4], "float32", (i) => Math.sin(i * i));
    const found = (await f({ x } as never)) as Record<string, NdArray>;
    const same = [
      ["masked", "biased"],
      ["maskedAlone", "biasedAlone"],
      ["near", "nearInCache"],
    ] as const;
    for (const [a, b] of same) {
      expectNumbers(found[b]!, { shape: [...found[a]!.shape], data: [...found[a]!.data].map(Number) }, b);
    }
    expect([...found.near!.data]).not.toEqual([...found.masked!.data]);
  });

  test.each(buckets)("distances of $options", async ({ options, buckets: wanted }) => {
    const { numBuckets } = options;
    const table: Initializer = {
      name: "given",
      sample: () => Float32Array.from({ length: numBuckets * 2 }, (_, i) => (i % 2 === 0 ? i / 2 : -i)),
    };
    const whole = { numHeads: 2, embeddingsInitializer: table, ...options } as const;
    using f = await openFunction(
      { x: input(["time", 1]), row: input([1, 1]) },
      ({ x, row }) => ({
        all: relativePositionBias(x, whole),
        waiting: relativePositionBias(whole)(x),
        later: relativePositionBias(row, { ...whole, source: 279, offset: 139 }),
      }),
      { backend },
    );
    const { all, waiting, later } = await f({
      x: array(new Float32Array(140), [140, 1]),
      row: array(new Float32Array(1), [1, 1]),
    });
    expect(all.shape).toEqual([2, 140, 140]);
    expect([...waiting.data]).toEqual([...all.data]);
    expect(later.shape).toEqual([2, 1, 279]);
    expect([...later.data].slice(0, 279)).toEqual(wanted);
    expect([...later.data].slice(279)).toEqual(wanted.map((kind) => -2 * kind - 1));
    for (const row of [0, 77, 139]) {
      expect([...all.data].slice(row * 140, (row + 1) * 140)).toEqual(wanted.slice(139 - row, 279 - row));
    }
  });
});

const x = input(["batch", 3, 4]);
const heads = { numHeads: 2, keyDim: 2 };
test.each([
  [{ numHeads: 0 }, "numHeads is 0, but must be a positive integer"],
  [{ numHeads: 2, numBuckets: 3 }, "numBuckets is 3, but must be 4 or more"],
  [{ numHeads: 2, numBuckets: 1, bidirectional: false }, "numBuckets is 1, but must be 2 or more"],
  [{ numHeads: 2, maxDistance: 8 }, "maxDistance is 8, but must be more than 8, up to which all are told apart"],
  [{ numHeads: 2, offset: 1.5 }, "offset is 1.5, but must be an integer of int32, or an int32 scalar"],
  [{ numHeads: 2, source: null }, 'null is not a dim; write a positive integer, or a name such as "batch"'],
  [null, "options are given as a record, got null"],
])("relativePositionBias with %o is refused", (given, fault) => {
  expect(() => relativePositionBias(x, given as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `relativePositionBias: ${fault}` }),
  );
});

test.each([
  [[0, 3], "heads is 0, but must be a positive integer"],
  [[2, "a b"], '"a b" is not a dim; write a positive integer, or a name such as "batch"'],
  [[2, 3, 3, { offset: "" }], 'offset is "", but must be an integer of int32, or an int32 scalar'],
])("alibi of %o is refused", (given, fault) => {
  expect(() => alibi(...(given as [2, 3]))).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `alibi: ${fault}` }),
  );
});

test("what alibi is made of has its name", () => {
  const calls = topologicalOrder([nodeOf(alibi(8, "time"))]).map(({ call }) => call?.name);
  expect(new Set(calls)).toEqual(new Set(["alibi"]));
});

test.each([
  ["scaledDotProductAttention", "bias", () => scaledDotProductAttention(x, x, x, { mask: input([3, 3]) as never })],
  [
    "multiHeadAttention",
    "attentionBias",
    () => multiHeadAttention(x, { ...heads, attentionMask: input([3, 3]) as never }),
  ],
  ["attention", "attentionBias", () => attention(x, { attentionMask: input([3, 3]) as never })],
])("a mask of numbers is refused by %s, which takes them as %s", (op, option, call) => {
  const message = `${op}: a mask is bool, true where a place is seen, got float32; what is added to scores is given as ${option}`;
  expect(call).toThrow(expect.objectContaining({ code: "SW_DTYPE", message }));
});
