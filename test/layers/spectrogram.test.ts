import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  gradients,
  input,
  mean,
  model,
  multiply,
  stftSpectrogram,
  type Tensor,
  trainableVariables,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

/** A layer of Keras, and what it gives: test/fixtures/spectrogram.py. */
type Case = Readonly<Record<"shape" | "yShape" | "x" | "weights" | "y" | "dx", number[]>> & {
  readonly options: object;
  readonly kernels: readonly number[][];
};

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/spectrogram.json", import.meta.url), "utf8"));

const arrayOf = (numbers: number[], shape: number[]) => array(Float32Array.from(numbers), shape) as NdArray;

function expectNumbers(actual: ArrayLike<number>, wanted: readonly number[], name: string): void {
  expect(actual.length, name).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) {
    const error = Math.abs(actual[i]! - value);
    expect(error, `${name}[${i}] is ${actual[i]}, wanted ${value}`).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)));
  }
}

describe.each(cases)("a spectrogram with $options of $shape is Keras's", (of) => {
  test.each([...testedBackends, "reference"] as const)("in value and gradients on %s", async (backend) => {
    const signals = { x: input(of.shape as never) as Tensor<any> };
    const net = model(signals, ({ x }) => stftSpectrogram(x as Tensor<any>, of.options) as Tensor<any>);
    const made = input(of.yShape as never) as Tensor<any>;
    using f = await openFunction(
      { x: input(of.shape as never) as Tensor<any>, weights: made },
      ({ x, weights }) => {
        const y = net.apply({ x } as never) as Tensor<any>;
        const weighted = multiply(y, weights) as Tensor<any>;
        const of = { x, ...trainableVariables(net) };
        return { y, ...(gradients(mean(weighted), of) as Record<string, Tensor<any>>) } as Record<string, Tensor<any>>;
      },
      { backend },
    );
    const { y, x, ...kernels } = (await f({
      x: arrayOf(of.x, of.shape),
      weights: arrayOf(of.weights, of.yShape),
    } as never)) as Record<string, NdArray>;
    expect(y!.shape).toEqual(of.yShape);
    // Angles of nothing but roundings are asked by nobody.
    expectNumbers(
      (y!.data as Float32Array).map((value, i) => (of.weights[i] === 0 ? 0 : value)),
      of.y,
      "y",
    );
    expectNumbers(x!.data as Float32Array, of.dx, "dx");
    const found = Object.entries(kernels).sort(([a], [b]) => (a < b ? 1 : -1));
    expect(found).toHaveLength(of.kernels.length);
    for (const [i, [name, { data }]] of found.entries()) expectNumbers(data as Float32Array, of.kernels[i]!, name);
  });
});

test.each([
  [{ frameStep: 9, frameLength: 8 }, "stftSpectrogram: frameStep 9 is more than frameLength 8"],
  [{ fftLength: 4, frameLength: 8 }, "stftSpectrogram: fftLength 4 is less than frameLength 8"],
  [
    { mode: "power" },
    'stftSpectrogram: mode is "power", but must be "log", "magnitude", "psd", "real", "imag", "angle" or "stft"',
  ],
  [{ window: "kaiser" }, 'stftInitializer: window is "kaiser", but must be "hann", "hamming" or "blackman", or null'],
])("%o is refused", (options, fault) => {
  expect(() => stftSpectrogram(input([2, 512, 1]), options as never)).toThrow(fault);
});
