import { describe, expect, test } from "vitest";
import {
  type AttentionCache,
  add,
  arange,
  array,
  broadcastTo,
  cachedGroupQueryAttention,
  cachedMultiHeadAttention,
  compile,
  constant,
  expandDims,
  groupQueryAttention,
  type Initializer,
  input,
  type Model,
  meanSquaredError,
  model,
  multiHeadAttention,
  scan,
  sgd,
  squeeze,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open, openFunction } from "../../runtime/index.js";
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
