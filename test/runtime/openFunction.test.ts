import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  constantInitializer,
  dot,
  exp,
  gradients,
  input,
  max,
  meanSquaredError,
  model,
  multiply,
  ones,
  pad,
  sgd,
  square,
  subtract,
  sum,
  variable,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

describe.each([...testedBackends, "reference" as const])("plain mathematics on %s", (backend) => {
  test("values and gradients of a sum of squares", async () => {
    const f = await openFunction(
      { x: input(["n"]) },
      ({ x }) => {
        const y = sum(square(x));
        return { y, dx: gradients(y, { x }).x };
      },
      { backend },
    );
    const { y, dx } = await f({ x: [1, -2, 3] });
    expect(y).toEqual({ shape: [], dtype: "float32", data: new Float32Array([14]) });
    expect([...dx.data]).toEqual([2, -4, 6]);
    // The named dim takes another size at the next call.
    expect([...(await f({ x: [5] })).dx.data]).toEqual([10]);
    f.dispose();
  });

  test("one input under several names is fed under each", async () => {
    const pair = input(["batch", 1]);
    const f = await openFunction({ a: pair, b: pair }, ({ a, b }) => ({ difference: subtract(a, b) }), { backend });
    expect([...(await f({ a: [[5]], b: [[3]] })).difference.data]).toEqual([2]);
    f.dispose();
    if (backend === "reference") return;

    const net = model({ a: pair, b: pair }, ({ a, b }) => multiply(subtract(a, b), variable("w", [1], ones())));
    const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
    expect([...(await session.predict({ a: [[5]], b: [[3]] })).data]).toEqual([2]);
    // Of (w(5 − 3) − 1)² the slope at w = 1 is 4.
    await session.trainStep({ inputs: { a: [[5]], b: [[3]] }, target: [[1]] });
    expect(session.getWeight("w").data[0]).toBeCloseTo(1 - 0.01 * 4, 6);
    session.dispose();
  });

  test("gradients of gradients: (eˣ·x)'' = eˣ(x + 2)", async () => {
    const f = await openFunction(
      { x: input(["n"]) },
      ({ x }) => {
        const { x: first } = gradients(sum(multiply(exp(x), x)), { x });
        return gradients(sum(first), { x });
      },
      { backend },
    );
    const { x } = await f({ x: [0, 1] });
    expect(x.data[0]).toBeCloseTo(2, 5);
    expect(x.data[1]).toBeCloseTo(3 * Math.E, 4);
    f.dispose();
  });

  test("variables start as they are told, and unused inputs are no trouble", async () => {
    const W = variable("W", [2, 2], ones());
    const b = variable("b", [2], constantInitializer(0.5));
    const f = await openFunction({ x: input(["n", 2]), spare: input(["n"]) }, ({ x }) => ({ y: add(dot(x, W), b) }), {
      backend,
    });
    expect([...(await f({ x: [[1, 2]], spare: [0] })).y.data]).toEqual([3.5, 3.5]);
    f.dispose();
  });

  test("what differs by an infinity alone is two", async () => {
    const f = await openFunction(
      { x: input(["n"]) },
      ({ x }) => ({ low: max(pad(x, [[1, 1]], -Infinity)), high: max(pad(x, [[1, 1]], Infinity)) }),
      { backend },
    );
    const { low, high } = await f({ x: [5] });
    expect([low.data[0], high.data[0]]).toEqual([5, Infinity]);
    f.dispose();
  });

  test("the same tensor under two names, and an input as an output", async () => {
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ a: x, b: x, c: square(x), d: square(x) }), {
      backend,
    });
    const { a, b, c, d } = await f({ x: [3] });
    expect([a, b, c, d].map(({ data }) => data[0])).toEqual([3, 3, 9, 9]);
    f.dispose();
  });
});

test("sizes of one name must agree", async () => {
  const f = await openFunction({ x: input(["n"]), y: input(["n"]) }, ({ x, y }) => ({ z: add(x, y) }), {
    backend: "reference",
  });
  await expect(f({ x: [1, 2], y: [1] })).rejects.toThrow('y: axis 0, "n", has size 1, but in x it has 2');
});
