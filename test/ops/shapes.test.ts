import { describe, expect, test } from "vitest";
import { add, ensureShape, gradients, input, multiply, sum } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

// What moves elements about, where sizes are known only when a program runs.

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("ensureShape lets two names be one size, hands gradients on, and refuses another size", async () => {
    const inputs = { x: input(["batch", "time"]), y: input(["batch", 3]) };
    const f = await openFunction(
      inputs,
      ({ x, y }) => {
        const z = multiply(ensureShape(x, ["batch", 3]), add(y, ensureShape(x, y.shape)));
        return { z, dx: gradients(sum(z), { x }).x };
      },
      { backend },
    );
    const { z, dx } = await f({ x: [[1, 2, 3]], y: [[10, 20, 30]] });
    expect([z.shape, dx.shape]).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect([...z.data]).toEqual([11, 44, 99]);
    expect([...dx.data]).toEqual([12, 24, 36]);
    await expect(f({ x: [[1, 2]], y: [[10, 20, 30]] })).rejects.toThrow("ensureShape: [1, 2] cannot be [1, 3]");
    f.dispose();
  });
});

test.each([
  [null, 'ensureShape: the shape is an array of sizes, such as ["batch", 10], got null'],
  [["batch", 1.5], 'ensureShape: 1.5 is not a dim; write a positive integer, or a name such as "batch"'],
  [["batch", Number.NaN], 'ensureShape: NaN is not a dim; write a positive integer, or a name such as "batch"'],
  [["batch"], "ensureShape: [batch, time] cannot be [batch]"],
])("ensureShape refuses %j", (shape, message) => {
  expect(() => ensureShape(input(["batch", "time"]), shape as never)).toThrow(message);
});
