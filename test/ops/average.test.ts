import { describe, expect, test } from "vitest";
import { average, gradients, input, quantile, sum } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const data = {
  x: array(new Float32Array([1, 2, 3, 4]), [2, 2]),
  w: array(new Float32Array([1, 3]), [2]),
  column: array(new Float32Array([0, 2]), [2, 1]),
};

describe.each([...testedBackends, "reference"] as const)("on %s", (backend) => {
  test("elements count by their weights, which broadcast and learn", async () => {
    using f = await openFunction(
      { x: input([2, 2]), w: input([2]), column: input([2, 1]) },
      ({ x, w, column }) => ({
        all: average(x, { weights: w }),
        rows: average(x, { axis: 1, weights: w }),
        columns: average(x, { axis: 0, weights: column }),
        ...gradients(sum(average(x, { axis: 1, weights: w })), { x, w }),
      }),
      { backend },
    );
    const found = await f(data);
    const lists = Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, [...data]]));
    // Of rows (a + 3b) / 4: by a weight, (element − mean) / 4.
    expect(lists).toEqual({
      all: [2.75],
      rows: [1.75, 3.75],
      columns: [3, 4],
      x: [0.25, 0.75, 0.25, 0.75],
      w: [-0.375, 0.125],
    });
  });

  test("a quantile that is an element's is not drawn by what lies next to it", async () => {
    using f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ y: quantile(x, 0.6) }), { backend });
    // NumPy's: 0.6 of 50 places is the place of 30.
    const values = (next: number) => Float32Array.from({ length: 51 }, (_, i) => (i <= 30 ? i : next));
    const found = await Promise.all([1e9, 3e38].map((next) => f({ x: array(values(next), [51]) })));
    expect(found.map(({ y }) => y.data[0])).toEqual([30, 30]);
  });

  test("sizes with names are counted when it runs", async () => {
    using f = await openFunction({ x: input(["n", 2]) }, ({ x }) => ({ y: quantile(x, 0.25, { axis: 0 }) }), {
      backend,
    });
    const { y } = await f({ x: array(new Float32Array([4, 0, 1, 9, 2, 8, 3, 7, 0, 5]), [5, 2]) });
    expect([...y.data]).toEqual([1, 5]);
  });
});

const x = input([2, 3]);
test.each([
  [{ axis: 1.5 }, "axis 1.5 is out of range for [2, 3] (rank 2: -2 to 1)"],
  [{ weights: [1] }, "weights is [1], but must be a tensor"],
  [null, "options are given as a record, got null"],
])("average with %o is refused", (options, fault) => {
  expect(() => average(x, options as never)).toThrow(expect.objectContaining({ code: "SW_VALUE" }));
  expect(() => average(x, options as never)).toThrow(fault);
});

test.each([-0.1, 1.5, Number.NaN, null, "half", undefined])("a quantile of %o is refused", (q) => {
  expect(() => quantile(x, q as number)).toThrow(/^quantile: q is .*, but must be a number from 0 to 1$/);
});
