import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { discretization, input, type Layer, type Tensor } from "../../compiler/language.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly options: { readonly numBins?: number; readonly outputMode?: string };
  readonly batches: readonly Numbers[];
  readonly boundaries: number[];
  readonly given: Numbers;
  readonly y: Numbers;
}

const { discretizations: cases } = JSON.parse(
  readFileSync(new URL("../fixtures/normalization.json", import.meta.url), "utf8"),
) as { readonly discretizations: readonly Case[] };

const floats = ({ shape, data }: Numbers): NdArray => array(Float32Array.from(data), shape);

describe.each(testedBackends)("Keras's bins on %s", (backend) => {
  test.each(cases.map((each) => [JSON.stringify(each.options), each] as const))(
    "%s",
    async (_, { options, batches, boundaries, given, y }) => {
      const made = discretization(options as never) as unknown;
      const layer = (
        options.numBins ? await (made as { adapt(data: unknown): Promise<Layer> }).adapt(batches.map(floats)) : made
      ) as Layer;
      const found = (layer.scope.options as { readonly binBoundaries: number[] }).binBoundaries;
      expectNumbers(found, boundaries, "bounds", 1e-6);
      const x = input(["batch", ...given.shape.slice(1)] as never) as Tensor<any>;
      const executable = await loadOn(backend, computationFor([nodeOf(x)], { y: nodeOf(layer(x as never)) }));
      const result = callWith(executable, [floats(given)]).y!;
      executable.dispose();
      expect(result).toEqual({
        shape: y.shape,
        dtype: options.outputMode === undefined || options.outputMode === "int" ? "int32" : "float32",
        data: result.data.constructor === Int32Array ? Int32Array.from(y.data) : Float32Array.from(y.data),
      });
    },
  );
});

test("options that are none are refused", async () => {
  const refusals: readonly [string, () => unknown][] = [
    [
      "discretization: binBoundaries is [1, 0], but must be a list of numbers in ascending order",
      () => discretization({ binBoundaries: [1, 0] }),
    ],
    [
      "discretization: binBoundaries is undefined, but must be a list of numbers in ascending order",
      () => discretization({} as never),
    ],
    [
      "discretization: binBoundaries is [0], but must be left out where numBins says how many there shall be",
      () => discretization({ binBoundaries: [0], numBins: 3 } as never),
    ],
    ["discretization: numBins is 1, but must be an integer from 2 on", () => discretization({ numBins: 1 })],
    [
      "discretization: epsilon is 0.01, too coarse for 200 bins; leave it out, or write at most 0.005",
      () => discretization({ numBins: 200, epsilon: 0.01 }),
    ],
    [
      "discretization: epsilon is 0, but must be a number between 0 and 1",
      () => discretization({ numBins: 2, epsilon: 0 }),
    ],
    [
      'discretization: outputMode is "tfIdf", but must be "int", "multiHot", "oneHot" or "count"',
      () => discretization({ binBoundaries: [0], outputMode: "tfIdf" as never }),
    ],
  ];
  for (const [message, refused] of refusals) expect(refused, message).toThrow(message);
  const adapt = (data: readonly number[]) => discretization({ numBins: 2 }).adapt(data);
  await expect(adapt([])).rejects.toThrow("discretization.adapt: there are no numbers to adapt to");
  await expect(adapt([5])).rejects.toThrow("discretization.adapt: no bound lies between bins of one number, 5");
  await expect(adapt([1, NaN])).rejects.toThrow(
    "discretization.adapt: [1] is NaN: nothing is learnt of what is not finite; leave it out first",
  );
});

test("there are as many bins as are asked for", async () => {
  // Of 1 / (1 / n), rounded, some are a little more than n: 49, 98, 103, 107, …
  const counts = Array.from({ length: 10_000 }, (_, n) => n).filter(
    (n) => n >= 2 && (n < 10 || (Math.ceil(1 / (1 / n)) > n && (n < 120 || n % 40 === 9)) || n === 10_000),
  );
  const numbers = array(
    Float32Array.from({ length: 20_000 }, (_, i) => i),
    [20_000],
  );
  for (const numBins of counts) {
    const { scope } = await discretization({ numBins }).adapt(numbers);
    const { binBoundaries: bounds } = scope.options as { readonly binBoundaries: readonly number[] };
    expect(bounds, `numBins ${numBins}`).toHaveLength(numBins - 1);
    // About equally many numbers lie in each bin: within the share that bounds are exact to.
    const share = Math.max(0.01, 2 / numBins);
    const distances = bounds.map((bound, i) => Math.abs(bound / 20_000 - (i + 1) / numBins));
    expect(Math.max(...distances), `numBins ${numBins}`).toBeLessThan(share);
  }
});
