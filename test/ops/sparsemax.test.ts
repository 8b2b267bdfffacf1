import { expect, test } from "vitest";
import { gradients, input, multiply, sparsemax, sum } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

test.each([...testedBackends, "reference" as const])("sparsemax's gradient on %s", async (backend) => {
  const inputs = { x: input(["n", 4]), w: input(["n", 4]) };
  const f = await openFunction(
    inputs,
    ({ x, w }) => ({ y: sparsemax(x), dx: gradients(sum(multiply(sparsemax(x), w)), { x }).x }),
    { backend },
  );
  const { y, dx } = await f({
    x: array(new Float32Array([0.5, 0.25, -3, 0.5, 9, 0, 0, 0]), [2, 4]),
    w: array(new Float32Array([1, 2, 4, 6, 1, 2, 3, 4]), [2, 4]),
  });
  const close = (actual: ArrayLike<number>, wanted: number[]) => {
    for (const [i, value] of wanted.entries()) expect(actual[i]).toBeCloseTo(value, 5);
  };
  close(y.data, [5 / 12, 2 / 12, 0, 5 / 12, 1, 0, 0, 0]);
  // What has a share gets its weight less the mean of theirs: (w - 3), and nothing where one has all.
  close(dx.data, [-2, -1, 0, 3, 0, 0, 0, 0]);
  f.dispose();
});
