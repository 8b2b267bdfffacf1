import { accuracy, adam, compile, dense, input, meanSquaredError, model, relu } from "shapewright";
import { afterEach, expect, test, vi } from "vitest";
import { open } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

afterEach(() => void vi.restoreAllMocks());

const net = model({ x: input(["batch", 8]) }, ({ x }) =>
  dense(dense(x, { units: 16, activation: relu }), { units: 1 }),
);
const program = compile(net, { optimizer: adam(), loss: meanSquaredError(), metrics: [accuracy()] });
const x = generate([300, 8], "float32", (i) => Math.sin(i * i));
const y = generate([300, 1], "float32", (i) => Math.exp(Math.cos(i)) / 3);

/** What training reports where each call of a backend takes so many seconds, by which it is chosen how many steps the next has. */
async function reportsAt(backend: (typeof testedBackends)[number], seconds: number) {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += seconds * 1000;
    return now;
  });
  using session = await open(program, { backend, seed: 1 });
  const { history } = await session.fit({ x }, y, { epochs: 2, batchSize: 2, verbose: "silent" });
  vi.restoreAllMocks();
  return { history, evaluated: await session.evaluate({ x }, y, { batchSize: 1 }) };
}

test.each(testedBackends)(
  "reports are the same, bit for bit, however many steps go into a call of %s",
  async (backend) => {
    const slow = await reportsAt(backend, 1);
    const fast = await reportsAt(backend, 1e-6);
    expect(fast).toEqual(slow);
  },
);
