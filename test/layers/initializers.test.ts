import { describe, expect, test } from "vitest";
import * as kernels from "../../runtime/kernels/index.js";
import * as language from "../../src/index.js";
import { elementCount } from "../../src/ir/array.js";
import { type Random, random } from "../../src/ir/random.js";
import fixture from "../fixtures/initializers.json" with { type: "json" };

/** Initializers, and what Keras's draw from or make of given numbers: test/fixtures/initializers.py. */
const { draws, kernels: transforms, matrices, normals } = fixture;

const make = (name: string, options: unknown): language.Initializer =>
  (language as unknown as Record<string, (options: unknown) => language.Initializer>)[name]!(options ?? undefined);

/** A generator that gives the same numbers again and again. */
function given(uniforms: readonly number[], ofNormal: readonly number[]): Random {
  const [next, nextNormal] = [uniforms, ofNormal].map((numbers) => {
    let drawn = 0;
    return () => numbers[drawn++ % numbers.length]!;
  });
  return { uniform: next!, normal: nextNormal!, integer: () => 0 };
}

describe("what is drawn", () => {
  test.each(draws)("$initializer $options $shape, as Keras draws it", ({ initializer, options, shape, drawn }) => {
    const [kind, a, b] = drawn as [string, number, number];
    const [unit, normal] = [
      [0, 0.25, 0.75],
      [0.5, -1.5, 2, -3, 1.75],
    ];
    const expected = {
      uniform: unit.map((u) => a + u * (b - a)),
      normal: normal.map((n) => a + n * b),
      truncatedNormal: normal.filter((n) => Math.abs(n) < 2).map((n) => a + n * b),
    }[kind]!;
    const values = make(initializer, options).sample(shape, given(unit, normal));
    expect(values).toHaveLength(elementCount(shape));
    values.forEach((value, i) => {
      const wanted = expected[i % expected.length]!;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2e-7 * Math.abs(wanted));
    });
  });

  test.each([
    ["glorotNormal", Math.sqrt(2 / 300)],
    ["glorotUniform", Math.sqrt(2 / 300)],
    ["heNormal", Math.sqrt(2 / 100)],
    ["heUniform", Math.sqrt(2 / 100)],
    ["lecunNormal", Math.sqrt(1 / 100)],
    ["lecunUniform", Math.sqrt(1 / 100)],
    ["randomNormalInitializer", 0.05],
    // Cut off at two deviations, a normal number keeps 0.7737 of its variance.
    ["truncatedNormalInitializer", 0.05 * 0.87962566],
    ["randomUniformInitializer", 0.05 / Math.sqrt(3)],
  ])("%s has mean 0 and its standard deviation", (name, deviation) => {
    const values = [...make(name, undefined).sample([100, 200], random(3, name))];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // Five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(20000));
    expect(Math.abs(Math.sqrt(variance) / deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * 20000));
  });
});

describe("matrices", () => {
  test.each(matrices)("$initializer of $shape with gain $gain", ({ initializer, gain, shape, values }) => {
    const made = make(initializer, { gain }).sample(shape, given([], normals));
    expect(made).toHaveLength(values.length);
    made.forEach((value, i) => {
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(2e-6);
    });
  });

  test.each(transforms)("stft of $shape with $options", ({ options, shape, values }) => {
    const made = make("stftInitializer", options).sample(shape, random(0));
    expect(made).toHaveLength(values.length);
    made.forEach((value, i) => {
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(1e-6);
    });
  });

  test("a square of 200 is orthogonal to float32's precision", () => {
    const n = 200;
    const q = language.orthogonal().sample([n, n], random(1));
    const product = (i: number, j: number) =>
      q.subarray(i * n, i * n + n).reduce((sum, x, k) => sum + x * q[j * n + k]!, 0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        expect(Math.abs(product(i, j) - Number(i === j))).toBeLessThan(2e-6);
      }
  });

  test("variables that are no matrices are refused", () => {
    const sample = (initializer: language.Initializer, shape: number[]) => () => initializer.sample(shape, random(0));
    expect(sample(language.orthogonal(), [3])).toThrow("orthogonal: fills variables with two axes or more, got [3]");
    expect(sample(language.stftInitializer(), [4, 2, 3])).toThrow(
      "stftInitializer: fills kernels [window, 1, frequencies], got [4, 2, 3]",
    );
    expect(sample(language.identityInitializer(), [2, 2, 2])).toThrow(
      "identityInitializer: fills matrices, got [2, 2, 2]",
    );
  });
});

const all: readonly (readonly [string, unknown])[] = [
  ["glorotNormal", undefined],
  ["glorotUniform", undefined],
  ["heNormal", undefined],
  ["heUniform", undefined],
  ["lecunNormal", undefined],
  ["lecunUniform", undefined],
  ["varianceScaling", { scale: 2.5, mode: "fanOut", distribution: "untruncatedNormal" }],
  ["randomNormalInitializer", { mean: 1e-7, stddev: 0 }],
  ["truncatedNormalInitializer", { mean: -1, stddev: 2 }],
  ["randomUniformInitializer", { minval: -1, maxval: -0.5 }],
  ["orthogonal", { gain: 3 }],
  ["identityInitializer", { gain: -0.5 }],
  ["constantInitializer", 2],
];

test("stft is written into generated code as what makes the same numbers", () => {
  const initializer = make("stftInitializer", { window: null, scaling: null, periodic: true });
  const again = new Function("stftInitializer", `return ${initializer.expression}`)(kernels.stftInitializer);
  expect(again.sample([4, 1, 3], random(7))).toEqual(initializer.sample([4, 1, 3], random(7)));
});

test.each(all)("%s is written into generated code as what makes the same numbers", (name, options) => {
  const initializer = make(name, options);
  const names = Object.keys(kernels);
  const again = new Function(...names, `return ${initializer.expression}`)(...Object.values(kernels));
  expect(again.name).toBe(initializer.name);
  expect(again.sample([3, 4], random(7))).toEqual(initializer.sample([3, 4], random(7)));
});

test.each([
  ["varianceScaling", { scale: 0 }, "varianceScaling: scale is 0, but must be a positive number of float32"],
  ["varianceScaling", { scale: null }, "varianceScaling: scale is null, but must be a positive number of float32"],
  [
    "varianceScaling",
    { mode: "fan_in" },
    'varianceScaling: mode is "fan_in", but must be "fanIn", "fanOut" or "fanAvg"',
  ],
  [
    "varianceScaling",
    { distribution: "normal" },
    'varianceScaling: distribution is "normal", but must be "truncatedNormal", "untruncatedNormal" or "uniform"',
  ],
  [
    "randomNormalInitializer",
    { stddev: -1 },
    "randomNormalInitializer: stddev is -1, but must be a number in [0, Infinity)",
  ],
  ["truncatedNormalInitializer", { mean: "0" }, 'truncatedNormalInitializer: mean is "0", but must be a number'],
  ["truncatedNormalInitializer", { mean: Number.NaN }, "truncatedNormalInitializer: mean is NaN, but must be a number"],
  ["orthogonal", { gain: Infinity }, "orthogonal: gain is Infinity, but must be a number"],
  ["stftInitializer", { side: "left" }, 'stftInitializer: side is "left", but must be "real" or "imag"'],
  [
    "stftInitializer",
    { window: "kaiser" },
    'stftInitializer: window is "kaiser", but must be "hann", "hamming" or "blackman", or null',
  ],
  ["orthogonal", 2, "orthogonal: options are given as a record, got 2"],
  ["identityInitializer", { gian: 2 }, 'identityInitializer: no option is named "gian"; there are gain'],
])("%s of %o is refused", (name, options, message) => {
  expect(() => make(name, options)).toThrow(message);
});
