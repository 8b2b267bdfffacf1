import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  piecewiseConstantDecay,
  polynomialDecay,
  type Schedule,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { nodeOf, tensorOf } from "../../src/ir/node.js";
import type { Tensor } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { cast } from "../../src/ops/cast.js";
import { input } from "../../src/ops/input.js";
import { testedBackends } from "../support/backends.js";

/** The rates of steps 0 to 24: Keras's, and PyTorch's of one cycle; made by schedules.py. */
const expected: Readonly<Record<string, readonly number[]>> = JSON.parse(
  readFileSync(new URL("../fixtures/schedules.json", import.meta.url), "utf8"),
);

const schedules: Readonly<Record<string, Schedule>> = {
  exponentialDecay: exponentialDecay(0.1, { decaySteps: 10, decayRate: 0.5 }),
  "exponentialDecay, staircase": exponentialDecay(0.1, { decaySteps: 10, decayRate: 0.5, staircase: true }),
  inverseTimeDecay: inverseTimeDecay(0.1, { decaySteps: 10, decayRate: 0.5 }),
  "inverseTimeDecay, staircase": inverseTimeDecay(0.1, { decaySteps: 10, decayRate: 0.5, staircase: true }),
  polynomialDecay: polynomialDecay(0.1, { decaySteps: 15, endLearningRate: 0.01, power: 2 }),
  piecewiseConstantDecay: piecewiseConstantDecay([5, 12], [0.1, 0.05, 0.01]),
  cosineDecay: cosineDecay(0.1, { decaySteps: 15, alpha: 0.1 }),
  "cosineDecay with warm-up": cosineDecay(0.01, { decaySteps: 12, alpha: 0.1, warmupTarget: 0.1, warmupSteps: 6 }),
  "cosineDecay from the target": cosineDecay(0.01, { decaySteps: 12, warmupTarget: 0.1 }),
  cosineDecayRestarts: cosineDecayRestarts(0.1, { firstDecaySteps: 3 }),
  "cosineDecayRestarts, lower each time": cosineDecayRestarts(0.1, {
    firstDecaySteps: 4,
    tMul: 1.5,
    mMul: 0.7,
    alpha: 0.1,
  }),
  "cosineDecayRestarts, equal periods": cosineDecayRestarts(0.1, { firstDecaySteps: 7, tMul: 1, mMul: 0.5 }),
  oneCycle: oneCycle(0.1, { totalSteps: 25 }),
  "oneCycle, linear": oneCycle(0.1, {
    totalSteps: 25,
    pctStart: 0.5,
    annealStrategy: "linear",
    divFactor: 10,
    finalDivFactor: 100,
  }),
};

test("every schedule has its numbers, and every number its schedule", () => {
  expect(Object.keys(schedules)).toEqual(Object.keys(expected));
});

describe.each([...testedBackends, "reference" as const])("the rates of twenty-five steps on %s", (backend) => {
  test("are Keras's and PyTorch's", async () => {
    const ratesOf = ({ steps }: { readonly steps: Tensor<[], "int32"> }) => {
      const time = nodeOf(cast(steps, "float32"));
      const rates = Object.entries(schedules).map(([name, schedule]) => [name, schedule.rate(b, time, {})] as const);
      return Object.fromEntries(rates.map(([name, rate]) => [name, tensorOf<Tensor<[]>>(rate)]));
    };
    using rates = await openFunction({ steps: input([], "int32") }, ratesOf, { backend });
    for (let step = 0; step < 25; step++) {
      const found = await rates({ steps: step });
      for (const [name, all] of Object.entries(expected)) {
        expect(Math.abs(found[name]!.data[0]! - all[step]!), `${name}, step ${step}`).toBeLessThan(2e-6);
      }
    }
  });
});

test("the rate that a schedule says it begins with is that of its first step", () => {
  for (const [name, all] of Object.entries(expected)) {
    expect(schedules[name]!.initialLearningRate, name).toBeCloseTo(all[0]!, 6);
  }
});

test.each<[string, () => unknown]>([
  [
    "cosineDecayRestarts: tMul is 0.5, but must be a number from 1 on",
    () => cosineDecayRestarts(1, { firstDecaySteps: 2, tMul: 0.5 as number }),
  ],
  [
    "cosineDecayRestarts: firstDecaySteps is undefined, but must be a positive integer",
    () => cosineDecayRestarts(1, {} as never),
  ],
  ["oneCycle: totalSteps is 1, but must be an integer from 2 on", () => oneCycle(1, { totalSteps: 1 as number })],
  [
    "oneCycle: pctStart is 1, but must be a number in [0, 1)",
    () => oneCycle(1, { totalSteps: 9, pctStart: 1 as number }),
  ],
  [
    'oneCycle: annealStrategy is "cosine", but must be "cos" or "linear"',
    () => oneCycle(1, { totalSteps: 9, annealStrategy: "cosine" as never }),
  ],
])("%s", (message, make) => {
  expect(make).toThrow(expect.objectContaining({ name: "ShapewrightError", code: "SW_VALUE", message }));
});
