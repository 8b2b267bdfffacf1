import { describe, expect, test } from "vitest";
import { gather, gradients, input, sum } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const int32 = (...values: number[]) => array(new Int32Array(values), [values.length]);
const float32 = (...values: number[]) => array(new Float32Array(values), [values.length]);

describe.each([...testedBackends, "reference" as const])("indices, on %s", (backend) => {
  const inputs = { x: input(["n"]), ids: input(["k"], "int32") };

  test("one that is out of range is refused, and nothing else is read in its place", async () => {
    const f = await openFunction(inputs, ({ x, ids }) => ({ y: gather(x, ids) }), { backend });
    expect([...(await f({ x: float32(1, 2, 3), ids: int32(2, 0, 2) })).y.data]).toEqual([3, 1, 3]);
    for (const wrong of [3, -1, 2147483647, -2147483648]) {
      const message = `gather: the index ${wrong} is no place of the axis; there are 0 to 2`;
      await expect(f({ x: float32(1, 2, 3), ids: int32(0, wrong) })).rejects.toMatchObject({
        code: "SW_DATA",
        message,
      });
    }
    expect([...(await f({ x: float32(5), ids: int32(0) })).y.data]).toEqual([5]);
    f.dispose();
  });

  test("so it is where the gradient alone is wanted", async () => {
    const slope = await openFunction(inputs, ({ x, ids }) => ({ dx: gradients(sum(gather(x, ids)), { x }).x }), {
      backend,
    });
    expect([...(await slope({ x: float32(1, 2, 3), ids: int32(2, 0, 2) })).dx.data]).toEqual([1, 0, 2]);
    await expect(slope({ x: float32(1, 2, 3), ids: int32(-1) })).rejects.toMatchObject({
      message: "gather: the index -1 is no place of the axis; there are 0 to 2",
    });
    slope.dispose();
  });
});
