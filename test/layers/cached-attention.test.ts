import { describe, expect, test } from "vitest";
import {
  type AttentionCache,
  add,
  arange,
  array,
  at,
  broadcastTo,
  cachedGroupQueryAttention,
  cachedMultiHeadAttention,
  compile,
  compileFunction,
  constant,
  expandDims,
  groupQueryAttention,
  type Initializer,
  input,
  type Model,
  meanSquaredError,
  model,
  multiHeadAttention,
  positionEmbedding,
  relativePositionBias,
  scan,
  sgd,
  squeeze,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open, openFunction, openTogether } from "../../runtime/index.js";
import type { NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const length = 6;
const x = array(
  Float32Array.from({ length: 2 * length * 3 }, (_, i) => Math.sin(i * i)),
  [2, length, 3],
);
/** The same numbers for every weight of a size. */
const given: Initializer = {
  name: "given",
  sample: (shape) => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.cos(i * i)),
};
const multi = { numHeads: 2, keyDim: 4, valueDim: 3, outputShape: 5, kernelInitializer: given } as const;
const grouped = { headDim: 2, numQueryHeads: 4, numKeyValueHeads: 2, useBias: false } as const;
const zeros = (heads: number, channels: number) => broadcastTo(constant(0), ["batch", heads, length, channels]);

type Step = (x: Tensor<any>, cache: AttentionCache<any, any>, offset: number | Tensor<[], "int32">) => CachedStep;
interface CachedStep {
  readonly output: Tensor<any>;
  readonly cache: AttentionCache<any, any>;
}

/** Layers, their steps, and what these begin with. */
const kinds = {
  multiHeadAttention: {
    whole: (x: Tensor<any>) => multiHeadAttention(x, { ...multi, useCausalMask: true }),
    step: ((x, cache, offset) => cachedMultiHeadAttention(x, { ...multi, cache, offset })) as Step,
    empty: () => ({ key: zeros(2, 4), value: zeros(2, 3) }),
    channels: 5,
  },
  groupQueryAttention: {
    whole: (x: Tensor<any>) => groupQueryAttention(x, { ...grouped, useCausalMask: true }),
    step: ((x, cache, offset) => cachedGroupQueryAttention(x, { ...grouped, cache, offset })) as Step,
    empty: () => ({ key: zeros(2, 2), value: zeros(2, 2) }),
    channels: 3,
  },
};

/** Place after place, in a loop of the graph. */
function stepped({ step, empty }: (typeof kinds)["multiHeadAttention"]) {
  return model({ x: input(["batch", length, 3]) }, ({ x }) => {
    const scanned = { x, place: broadcastTo(expandDims(arange(length), 0), ["batch", length]) };
    const { outputs } = scan(scanned, { ...empty(), offset: constant(0, "int32") }, ({ key, value, offset }, each) => {
      const { output, cache } = step(expandDims(each.x, 1), { key, value }, offset);
      return { carry: { ...cache, offset: add(offset, 1) }, output: squeeze(output, 1) };
    });
    return outputs;
  });
}

const programOf = (net: Model<any, any>) =>
  compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() }) as unknown as Program;

function expectAlike(found: NdArray, wanted: NdArray): void {
  expect(found.shape).toEqual(wanted.shape);
  for (const [i, value] of wanted.data.entries()) expect(found.data[i]).toBeCloseTo(value as number, 5);
}

describe.each([...testedBackends, "reference"] as const)("on %s, with a cache", (backend) => {
  test.each(Object.entries(kinds))(
    "%s of place after place gives and learns what the whole sequence does",
    async (_, kind) => {
      const whole = model({ x: input(["batch", length, 3]) }, ({ x }) => kind.whole(x));
      using all = await open(programOf(whole), { backend });
      using steps = await open(programOf(stepped(kind)), { backend });
      const weights = [...whole.variables.keys()];
      for (const name of weights) await steps.setWeight(name, all.getWeight(name));
      const data = { x } as never;
      const target = array(new Float32Array(2 * length * kind.channels).fill(0.5), [2, length, kind.channels]) as never;
      for (const session of [all, steps]) {
        await session.fit(data, target, { batchSize: 2, epochs: 2, shuffle: false, verbose: "silent" });
      }
      expectAlike((await steps.predict(data)) as NdArray, (await all.predict(data)) as NdArray);
      for (const name of weights) expectAlike(steps.getWeight(name), all.getWeight(name));
    },
  );

  test("several places at once, however many, follow those that the cache has", async () => {
    const { step, empty, whole } = kinds.multiHeadAttention;
    using f = await openFunction(
      {
        x: input(["batch", length, 3]),
        first: input(["batch", 2, 3]),
        next: input(["batch", "time", 3]),
        at: input([], "int32"),
      },
      ({ x, first, next, at }) => {
        const start = step(first, empty(), 0);
        return { wanted: whole(x), start: start.output, rest: step(next, start.cache, at).output };
      },
      { backend },
    );
    const part = (from: number, to: number) =>
      array(
        Float32Array.from(
          [0, 1].flatMap((row) => [...x.data.slice((row * length + from) * 3, (row * length + to) * 3)]),
        ),
        [2, to - from, 3],
      );
    const at = array(new Int32Array([2]), []);
    const { wanted, start, rest } = await f({ x, first: part(0, 2), next: part(2, 5), at } as never);
    const { channels } = kinds.multiHeadAttention;
    for (const [row, found] of [0, 1].entries()) {
      const from = row * length * channels;
      const both = [
        ...start.data.slice(found * 2 * channels, (found + 1) * 2 * channels),
        ...rest.data.slice(found * 3 * channels, (found + 1) * 3 * channels),
      ];
      for (const [i, value] of both.entries()) expect(value).toBeCloseTo(wanted.data[from + i] as number, 5);
    }
  });
});

/** Layers that are made once, and called by the model that is trained and by the steps that generate. */
const once = {
  multiHeadAttention: {
    attention: () => multiHeadAttention({ ...multi, outputShape: 3, useCausalMask: true }),
    cache: { key: input(["batch", 2, length, 4]), value: input(["batch", 2, length, 3]) },
  },
  groupQueryAttention: {
    attention: () => groupQueryAttention({ ...grouped, useCausalMask: true }),
    cache: { key: input(["batch", 2, length, 2]), value: input(["batch", 2, length, 2]) },
  },
};

describe.each([...testedBackends, "reference"] as const)("on %s, of one layer", (backend) => {
  test.each(Object.entries(once))("%s generates by what it has learnt", async (_, { attention, cache }) => {
    const [seen, places] = [attention(), positionEmbedding({ sequenceLength: length })];
    const net = model({ x: input(["batch", length, 3]) }, ({ x }) => seen(add(x, places(x))) as Tensor<any>);
    const step = compileFunction(
      { x: input(["batch", 1, 3]), at: input([], "int32"), ...cache },
      ({ x, at, key, value }) => {
        const { output, cache } = seen.cached(add(x, places.from(x, at)), {
          cache: { key, value } as AttentionCache<any>,
          offset: at,
        });
        return { output, ...cache };
      },
    );
    const [session, generate] = await openTogether([programOf(net) as Program<any>, step], { backend });
    const before = (await session.predict({ x } as never)) as NdArray;
    const target = array(new Float32Array(2 * length * 3).fill(0.5), [2, length, 3]) as never;
    await session.fit({ x } as never, target, { batchSize: 2, epochs: 5, verbose: "silent" });
    const after = (await session.predict({ x } as never)) as NdArray;
    expect(
      Math.max(...after.data.map((value: unknown, i: number) => Math.abs(Number(value) - Number(before.data[i])))),
    ).toBeGreaterThan(0.1);
    let kept: Record<string, NdArray> = Object.fromEntries(
      Object.entries(cache).map(([name, { shape }]) => {
        const sizes = [2, ...shape.slice(1).map(Number)];
        return [name, array(new Float32Array(sizes.reduce((a, b) => a * b)), sizes) as NdArray];
      }),
    );
    for (let at = 0; at < length; at++) {
      const row = (of: NdArray, sample: number) =>
        of.data.slice((sample * length + at) * 3, (sample * length + at + 1) * 3);
      const one = array(Float32Array.from([...row(x as NdArray, 0), ...row(x as NdArray, 1)] as number[]), [2, 1, 3]);
      const place = array(new Int32Array([at]), []);
      const { output, ...next } = await (generate as any)({ x: one, at: place, ...kept });
      kept = next;
      const wanted = [...row(after, 0), ...row(after, 1)];
      for (const [i, value] of wanted.entries()) expect(output.data[i]).toBeCloseTo(value as number, 5);
    }
    session.dispose();
    generate.dispose();
  });
});

test("the scores' gain of places that begin elsewhere is that of their rows", async () => {
  const bias = relativePositionBias({ numHeads: 2, embeddingsInitializer: given });
  using f = await openFunction(
    { x: input([length, 3]) },
    ({ x }) => {
      const part = at(x, "2:4");
      return { wanted: at(bias(x), ":, 2:4"), found: bias.from(part, { offset: 2, source: length }) };
    },
    { backend: "reference" },
  );
  const { wanted, found } = await f({ x: array(new Float32Array(length * 3), [length, 3]) });
  expectAlike(found, wanted);
  expect(new Set(found.data).size).toBeGreaterThan(4);
});

test("a layer that sees places to come has no step, and a step is given all that it needs", () => {
  const one = input(["batch", 1, 3]);
  const cache = { key: zeros(2, 4), value: zeros(2, 3) };
  const causal: any = multiHeadAttention({ ...multi, useCausalMask: true });
  const places: any = positionEmbedding({ sequenceLength: length });
  for (const [message, call] of [
    [
      "multiHeadAttention: cached is of a layer that is made with useCausalMask: true; this one sees places to come, which no cache has",
      () => multiHeadAttention(multi).cached(one, { cache, offset: 0 }),
    ],
    [
      "multiHeadAttention: takes a tensor, got undefined; make one with input, variable or constant",
      () => causal.cached(),
    ],
    ["multiHeadAttention: options are given as a record, got undefined", () => causal.cached(one)],
    [
      "multiHeadAttention: the cache has 6 places, and none for the query's, 6 to 6",
      () => causal.cached(one, { cache, offset: 6 }),
    ],
    [
      "multiHeadAttention: the cache's key is [batch, 2, 6, 3], but must be [batch, 2, length, 4]",
      () => causal.cached(one, { cache: { ...cache, key: zeros(2, 3) }, offset: 0 }),
    ],
    [
      "positionEmbedding: offset is undefined, but must be an integer of int32, or an int32 scalar",
      () => places.from(one),
    ],
    ["positionEmbedding: takes a tensor, got 3; constant(3) makes one", () => places.from(3, 0)],
  ] as const)
    expect(call, message).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/SW_(VALUE|SHAPE)/), message }),
    );
});

test("the layer is the one without a cache, by its name and its weights", () => {
  const net = stepped(kinds.multiHeadAttention);
  const names = ["query", "key", "value", "output"].flatMap((name) => [`${name}_kernel`, `${name}_bias`]);
  expect(new Set(net.variables.keys())).toEqual(new Set(names.map((name) => `multiHeadAttention/${name}`)));
});

const word = input(["batch", 1, 3]);
const kept = { key: zeros(2, 4), value: zeros(2, 3) };
test.each([
  ["SW_VALUE", { cache: undefined }, "cache is undefined, but must be a record of two tensors, key and value"],
  ["SW_VALUE", { cache: { key: kept.key } }, "cache is an object, but must be a record of two tensors, key and value"],
  ["SW_VALUE", { offset: 1.5 }, "offset is 1.5, but must be an integer of int32, or an int32 scalar"],
  ["SW_VALUE", { useCausalMask: true }, 'no option is named "useCausalMask"'],
  ["SW_SHAPE", { offset: 6 }, "the cache has 6 places, and none for the query's, 6 to 6"],
  ["SW_SHAPE", { offset: -1 }, "the cache has 6 places, and none for the query's, -1 to -1"],
])("%s for %o", (code, given, fault) => {
  const options = { ...multi, cache: kept, offset: 0, ...given };
  expect(() => cachedMultiHeadAttention(word, options as never)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(`cachedMultiHeadAttention: ${fault}`) }),
  );
});
