import { expect, test } from "vitest";
import { adam, compile, dense, input, meanSquaredError, model } from "../../compiler/language.js";
import { computationOf } from "../../compiler/program.js";
import { initialize } from "../../runtime/initialize.js";
import type { NdArray } from "../../src/ir/array.js";

const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 8 }), { units: 2 }));
const computation = computationOf(compile(net, { optimizer: adam(), loss: meanSquaredError(), onWarning: () => {} }));

/** The values that are set together. */
function groups(mostAtOnce?: number): ReadonlyMap<string, NdArray>[] {
  const set: ReadonlyMap<string, NdArray>[] = [];
  initialize(computation, { setVariables: (values) => void set.push(values) }, 3, mostAtOnce);
  return set;
}

test("small variables get their values at once", () => {
  expect(groups().map((values) => [...values.keys()])).toEqual([[...computation.variables.keys()]]);
});

test("no more bytes are set at once than are said, but for a variable that has more by itself", () => {
  const bytes = (values: ReadonlyMap<string, NdArray>) =>
    [...values.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const set = groups(100);
  // The kernel of 4 × 8 and its two slots.
  expect(set.filter((values) => bytes(values) > 100).map(({ size }) => size)).toEqual([1, 1, 1]);
  expect(set.every(({ size }) => size > 0)).toBe(true);
  const [all] = groups();
  expect(set.flatMap((values) => [...values])).toEqual([...all!]);
});
