import { describe, expect, test } from "vitest";
import {
  add,
  argMax,
  averagePool2d,
  compile,
  constant,
  conv2d,
  dense,
  dot,
  gradients,
  input,
  maxPool2d,
  mean,
  meanSquaredError,
  model,
  oneHot,
  relu,
  reshape,
  sgd,
  slice,
  sparseSoftmaxCrossEntropyWithLogits,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import type { Dim } from "../../src/types/dim.js";
import { testedBackends } from "../support/backends.js";

const vector = (n: number) => array(new Float32Array(n).fill(1), [n]);

describe.each([...testedBackends, "reference" as const])("sizes that are known at run time, on %s", (backend) => {
  test("a block beyond an axis is refused, and one within it is not, in either order", async () => {
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ y: slice(x, [1], [4]) }), { backend });
    const message = "slice: begin [1] and size [4] are out of range for [3] on axis 0";
    for (let round = 0; round < 2; round++) {
      expect([...(await f({ x: vector(5) })).y.data]).toEqual([1, 1, 1, 1]);
      await expect(f({ x: vector(3) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    }
    f.dispose();
  });

  test("so is one whose own sizes have names", async () => {
    const inputs = { x: input(["n"]), y: input(["m"]) };
    const f = await openFunction(inputs, ({ x }) => ({ y: slice(x, ["m"], [2]) }), { backend });
    expect((await f({ x: vector(5), y: vector(3) })).y.shape).toEqual([2]);
    const message = "slice: begin [3] and size [2] are out of range for [4] on axis 0";
    await expect(f({ x: vector(4), y: vector(3) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    f.dispose();
    const g = await openFunction({ x: input([4]), y: input(["m"]) }, ({ x }) => ({ y: slice(x, ["m"], [2]) }), {
      backend,
    });
    expect((await g({ x: vector(4), y: vector(2) })).y.shape).toEqual([2]);
    await expect(g({ x: vector(4), y: vector(3) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    g.dispose();
  });

  test("the rest of an axis that is shorter than what is left out", async () => {
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ y: slice(x, [2], [-1]) }), { backend });
    expect((await f({ x: vector(5) })).y.shape).toEqual([3]);
    await expect(f({ x: vector(1) })).rejects.toMatchObject({ code: "SW_SHAPE" });
    f.dispose();
  });

  test("a window that is larger than the image", async () => {
    const filter = reshape(constant([1, 1, 1, 1, 1, 1, 1, 1, 1]), [3, 3, 1, 1]);
    const f = await openFunction(
      { x: input([1, "h", "w", 1]) },
      ({ x }) => ({ y: conv2d(x, filter, { strides: 1 }) }),
      { backend },
    );
    const image = (h: number, w: number) => array(new Float32Array(h * w).fill(1), [1, h, w, 1]);
    expect([...(await f({ x: image(3, 4) })).y.data]).toEqual([9, 9]);
    await expect(f({ x: image(2, 4) })).rejects.toMatchObject({ code: "SW_SHAPE" });
    f.dispose();
  });

  test("products and reductions of no elements are sums of nothing", async () => {
    const inputs = { x: input([2, "n"]), y: input(["n", 3]) };
    const f = await openFunction(
      inputs,
      ({ x, y }) => {
        const [a, b] = [slice(x, [0, 1], [2, -1]), slice(y, [1, 0], [-1, 3])];
        return {
          product: dot(a, b),
          biased: relu(add(dot(a, b), constant([1, 2, -3]))),
          sum: sum(b, { axis: 0 }),
          rest: add(a, a),
        };
      },
      { backend },
    );
    const of = (n: number) => ({
      x: array(new Float32Array(2 * n).fill(1), [2, n]),
      y: array(new Float32Array(3 * n).fill(1), [n, 3]),
    });
    // Memory that was in use before, so that what is read beyond an end is something.
    await f(of(3));
    const { product, biased, sum: total, rest } = await f(of(1));
    expect([...product.data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...biased.data]).toEqual([1, 2, 0, 1, 2, 0]);
    expect([...total.data]).toEqual([0, 0, 0]);
    expect(rest.shape).toEqual([2, 0]);
    f.dispose();
  });

  // A pool of no images ended the process on TensorFlow.
  test.each<[string, (x: Tensor<[Dim, 4, 4, 1]>) => Tensor<any, any>, string]>([
    ["a convolution", (x) => conv2d(x, constant([[[[1]]]]), { strides: 1 }), "conv2d: [0, 4, 4, 1] has no elements"],
    ["a pool", (x) => maxPool2d(x), "maxPool2d: [0, 4, 4, 1] has no elements"],
    ["the gradient of a pool", (x) => gradients(sum(maxPool2d(x)), { x }).x, "maxPool2d: [0, 4, 4, 1] has no elements"],
    ["a mean of windows", (x) => averagePool2d(x), "averagePool2d: [0, 4, 4, 1] has no elements"],
    ["the largest of none", (x) => argMax(x, 0), "argMax: [0, 4, 4, 1] has no elements along axis 0"],
  ])("%s of no images is refused", async (_, build, message) => {
    const f = await openFunction(
      { x: input(["n", 4, 4, 1]) },
      ({ x }) => ({ y: build(slice(x, [1, 0, 0, 0], [-1, 4, 4, 1]) as Tensor<[Dim, 4, 4, 1]>) }),
      { backend },
    );
    const images = (n: number) => array(new Float32Array(n * 16), [n, 4, 4, 1]);
    await f({ x: images(2) });
    await expect(f({ x: images(1) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    f.dispose();
  });

  test("in training, evaluation and prediction", async () => {
    const net = model({ x: input(["batch", "steps", 2]) }, ({ x }) =>
      dense(reshape(slice(x, [0, 2, 0], [-1, 1, -1]), ["batch", 2]), { units: 1 }),
    );
    const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
    const samples = (steps: number) => ({ x: array(new Float32Array(4 * steps * 2), [4, steps, 2]) });
    const targets = array(new Float32Array(4), [4, 1]);
    const wanted = {
      code: "SW_SHAPE",
      message: /^slice: begin \[0, 2, 0\] and size .* are out of range for \[\d, 2, 2\] on axis 1$/,
    };
    const refusing = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => undefined,
        (thrown) => thrown,
      );
      expect(error.code).toBe(wanted.code);
      expect(error.message).toMatch(wanted.message);
    };
    await refusing(session.fit(samples(2), targets, { verbose: "silent" }));
    await refusing(session.evaluate(samples(2), targets));
    await refusing(session.predict(samples(2)));
    await session.fit(samples(3), targets, { verbose: "silent" });
    expect((await session.predict(samples(4))).shape).toEqual([4, 1]);
    session.dispose();
  });
});

describe.each([...testedBackends, "reference" as const])("labels that are none of the classes, on %s", (backend) => {
  const message = (label: number) =>
    `sparseSoftmaxCrossEntropyWithLogits: the label ${label} is none of the classes 0 to 1`;
  const inputs = { x: input(["n", 2]), l: input(["n"], "int32") };
  const logits = array(new Float32Array(4), [2, 2]);

  test.each([2, 9, -1, 2147483647])("%d has no loss and no gradient", async (label) => {
    const loss = ({ x, l }: typeof inputs) => sparseSoftmaxCrossEntropyWithLogits(x, l) as Tensor<["n"]>;
    const f = await openFunction(inputs, (given) => ({ y: loss(given) }), { backend });
    const df = await openFunction(inputs, (given) => gradients(sum(loss(given)), { x: given.x }), { backend });
    const computed = await openFunction(inputs, ({ x, l }) => ({ y: mean(loss({ x, l: add(l, l) } as never)) }), {
      backend,
    });
    for (const opened of [f, df]) {
      await expect(opened({ x: logits, l: array(Int32Array.of(0, label), [2]) })).rejects.toMatchObject({
        code: "SW_DATA",
        message: message(label),
      });
      await opened({ x: logits, l: array(Int32Array.of(0, 1), [2]) });
    }
    await expect(computed({ x: logits, l: array(Int32Array.of(0, 1), [2]) })).rejects.toMatchObject({
      code: "SW_DATA",
      message: message(2),
    });
    for (const opened of [f, df, computed]) opened.dispose();
  });

  test("oneHot gives a row of zeros, as its documentation says", async () => {
    const f = await openFunction({ l: input(["n"], "int32") }, ({ l }) => ({ y: oneHot(l, 2) }), { backend });
    expect([...(await f({ l: array(Int32Array.of(9, 1, -1), [3]) })).y.data]).toEqual([0, 0, 0, 1, 0, 0]);
    f.dispose();
  });

  test("op by op, as in a function", async () => {
    using tf = await eager({ backend });
    const l = argMax(constant([[0, 0, 1]]));
    const y = sparseSoftmaxCrossEntropyWithLogits(constant([[0, 0]]), l);
    expect(() => tf.value(y)).toThrow(message(2));
  });
});
