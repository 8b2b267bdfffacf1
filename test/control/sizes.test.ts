import { describe, expect, test } from "vitest";
import {
  add,
  broadcastTo,
  compile,
  constant,
  conv2d,
  dense,
  gradients,
  greater,
  input,
  mean,
  meanSquaredError,
  model,
  reshape,
  scan,
  sgd,
  slice,
  square,
  sum,
  tanh,
  whileLoop,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const ones = (...shape: number[]) => array(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);

/** The sum, step by step, of what stands at 1 to 4 along "n". */
const blocks = ({ x }: { x: ReturnType<typeof sequence> }) => {
  const { carry, outputs } = scan(x, constant(0), (total, step) => {
    const next = add(total, sum(slice(step, [0, 1], [-1, 4])));
    return { carry: next, output: next };
  });
  return { carry, outputs };
};
const scalar = () => input([1]);
const sequence = () => input(["batch", "time", "n"]);

describe.each([...testedBackends, "reference" as const])("sizes within a loop's body, on %s", (backend) => {
  const message = "slice: begin [0, 1] and size [2, 4] are out of range for [2, 3] on axis 1";

  test("a block beyond an axis is refused, and one within it is not, in either order", async () => {
    const f = await openFunction({ x: sequence() }, (given) => ({ y: blocks(given).carry }), { backend });
    for (let round = 0; round < 2; round++) {
      expect([...(await f({ x: ones(2, 3, 5) })).y.data]).toEqual([24]);
      await expect(f({ x: ones(2, 3, 3) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    }
    f.dispose();
  });

  test("of nothing, a loop with a bound has no slope, and a stack of nothing beside one of something is filled", async () => {
    const f = await openFunction(
      { x: input(["batch", "n"]) },
      ({ x }) => {
        const none = slice(x, [1, 0], [-1, -1]);
        const last = whileLoop((v) => greater(sum(v), -1), tanh, none, { maximumIterations: 3 });
        const { outputs } = scan(x, none, (carry) => ({
          carry: tanh(carry),
          output: { none: carry, some: sum(carry) },
        }));
        return { dx: gradients(sum(square(last)), { x }).x, ...outputs };
      },
      { backend },
    );
    const { dx, none, some } = await f({ x: ones(1, 2) });
    expect([[...dx.data], none.shape, [...some.data]]).toEqual([
      [0, 0],
      [0, 2, 2],
      [0, 0],
    ]);
    f.dispose();
  });

  test.each([
    [2, 0],
    [0, 3],
    [0, 0],
  ])("of [%i, %i] nothing is scanned, and what is carried stays", async (batch, time) => {
    const build = ({ y }: { y: ReturnType<typeof scalar> }) => {
      const nothing = constant(array(new Float32Array(0), [batch, time]));
      const start = broadcastTo(y, [batch]);
      const { carry, outputs } = scan(nothing, start, (total, x) => ({ carry: add(total, x), output: add(total, x) }));
      return { carry, outputs, dy: gradients(add(sum(outputs), sum(carry)), { y }).y };
    };
    const f = await openFunction({ y: scalar() }, build, { backend });
    const { carry, outputs, dy } = await f({ y: array(new Float32Array([7]), [1]) });
    expect([...carry.data]).toEqual(batch === 2 ? [7, 7] : []);
    expect(outputs.shape).toEqual([batch, time]);
    expect([...dy.data]).toEqual([batch]);
    f.dispose();
  });

  test("so it is in a loop within a loop, and in the gradient of one", async () => {
    const inputs = { x: input(["batch", "time", "time", "n"]) };
    const nested = ({ x }: typeof inputs) =>
      scan(x, constant(0), (total, row) => {
        const next = add(total, blocks({ x: row }).carry);
        return { carry: next, output: next };
      }).carry;
    const f = await openFunction(inputs, (given) => ({ y: nested(given) }), { backend });
    const df = await openFunction({ x: sequence() }, ({ x }) => gradients(mean(blocks({ x }).outputs), { x }), {
      backend,
    });
    expect([...(await f({ x: ones(2, 2, 2, 5) })).y.data]).toEqual([32]);
    await expect(f({ x: ones(2, 2, 2, 3) })).rejects.toMatchObject({ code: "SW_SHAPE", message });
    expect([...(await df({ x: ones(1, 1, 6) })).x.data]).toEqual([0, 1, 1, 1, 1, 0]);
    // What is left of the block in its gradient is its zeros around dy.
    await expect(df({ x: ones(2, 3, 3) })).rejects.toMatchObject({
      code: "SW_VALUE",
      message: "pad: axis 1 of [2, 4] cannot be padded by [1, -2]",
    });
    f.dispose();
    df.dispose();
  });

  test("of what is left out, an axis may have just as much: as outside, nothing is left then", async () => {
    const f = await openFunction(
      { x: sequence() },
      ({ x }) => ({
        within: scan(x, constant(1), (c, step) => ({ carry: add(c, sum(slice(step, [0, 2], [-1, -1]))), output: c }))
          .carry,
        outside: sum(slice(x, [0, 0, 2], [-1, -1, -1])),
      }),
      { backend },
    );
    const sums = async (n: number) => {
      const { within, outside } = await f({ x: ones(1, 2, n) });
      return [...within.data, ...outside.data];
    };
    expect(await sums(3)).toEqual([3, 2]);
    expect(await sums(2)).toEqual([1, 0]);
    await expect(sums(1)).rejects.toMatchObject({ code: "SW_SHAPE" });
    f.dispose();
  });

  test("a window that is larger than the image of a step", async () => {
    const filter = reshape(constant([1, 1, 1, 1, 1, 1, 1, 1, 1]), [3, 3, 1, 1]);
    const f = await openFunction(
      { x: input([1, "time", "h", "w", 1]) },
      ({ x }) => {
        const { outputs } = scan(x, constant(0), (c, image) => ({
          carry: c,
          output: conv2d(image, filter, { strides: 1 }),
        }));
        return { y: outputs };
      },
      { backend },
    );
    expect([...(await f({ x: ones(1, 2, 3, 4, 1) })).y.data]).toEqual([9, 9, 9, 9]);
    await expect(f({ x: ones(1, 2, 2, 4, 1) })).rejects.toMatchObject({ code: "SW_SHAPE" });
    f.dispose();
  });

  test("in training, evaluation and prediction", async () => {
    const net = model({ x: sequence() }, ({ x }) => {
      const firsts = scan(x, constant(0), (c, step) => ({ carry: c, output: slice(step, [0, 2], [-1, 1]) })).outputs;
      return dense(slice(firsts, [0, 0, 0], [-1, 1, -1]), { units: 1 });
    });
    const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
    const message = "slice: begin [0, 2] and size [4, 1] are out of range for [4, 2] on axis 1";
    const [short, long, targets] = [ones(4, 2, 2), ones(4, 2, 3), ones(4, 1, 1)];
    const refused = { code: "SW_SHAPE", message };
    await expect(session.fit({ x: short }, targets, { verbose: "silent" })).rejects.toMatchObject(refused);
    await expect(session.evaluate({ x: short }, targets)).rejects.toMatchObject(refused);
    await expect(session.predict({ x: short })).rejects.toMatchObject(refused);
    await session.fit({ x: long }, targets, { verbose: "silent" });
    expect((await session.predict({ x: long })).shape).toEqual([4, 1, 1]);
    session.dispose();
  });
});
