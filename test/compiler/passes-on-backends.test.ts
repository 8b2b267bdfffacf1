import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { optimize } from "../../compiler/pipeline.js";
import type { NdArray } from "../../src/ir/array.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith, computationFor } from "../support/computation.js";
import { type Case, cases } from "../support/randomGraphs.js";

/**
 * Random graphs that float32 can follow: where squares of squares grow, two orders of the same sum have little in common. The
 * same ones every time, as a value may also lie on the edge of a relu.
 */
const sample = fc.sample(cases, { numRuns: 60, seed: 7 }).filter((original) => {
  const results = Object.values(run(original)) as NdArray<any, "float32">[];
  return results.every(({ data }) => data.every((value) => Math.abs(value) < 1e3));
});

function run({ inputs, arrays, graph }: Case): Record<string, NdArray> {
  return callReference(computationFor(inputs, graph.outputs), arrays);
}

test("most random graphs stay among numbers that float32 can follow", () => {
  expect(sample.length).toBeGreaterThan(30);
});

/** Checks an array to a part of its largest element, as what is added up is of that size. */
function expectNear(actual: NdArray, wanted: NdArray, what: string): void {
  expect(actual.shape, what).toEqual([...wanted.shape]);
  const size = Math.max(1, ...wanted.data.map((value: number) => Math.abs(value)));
  wanted.data.forEach((value: number, i: number) => {
    expect(Math.abs(actual.data[i] - value), `${what}, element ${i}`).toBeLessThan(1e-4 * size);
  });
}

describe.each(testedBackends)("optimised and on %s", (backend) => {
  test("random graphs give what the reference kernels give of them before any pass", async () => {
    for (const [i, original] of sample.entries()) {
      const computation = computationFor(original.inputs, original.graph.outputs);
      const executable = await loadOn(backend, { ...computation, call: optimize(computation.call) });
      const results = callWith(executable, original.arrays);
      for (const [name, wanted] of Object.entries(run(original)))
        expectNear(results[name]!, wanted, `graph ${i}, ${name}`);
      executable.dispose();
    }
  });
});
