import * as tf from "@tensorflow/tfjs-core";
import { expect, test, vi } from "vitest";
import { add, broadcastTo, constant, exp, gradients, input, multiply, scan, sum } from "../../compiler/language.js";
import { eager, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";

const inputs = () => ({ x: input(["n", "time", 2]) });
const x = array(
  Float32Array.from({ length: 12 }, (_, i) => i / 10),
  [2, 3, 2],
);

/** A loop with an output, of whose steps each takes an exponential. */
const loop = ({ x }: ReturnType<typeof inputs>) => {
  const { carry, outputs } = scan(x, broadcastTo(constant(0), ["n", 2]), (total, step) => {
    const next = add(total, exp(multiply(step, step)));
    return { carry: next, output: multiply(next, step) };
  });
  return add(sum(carry), sum(outputs));
};

/** Lets a kernel fail at its nth call from now on. */
function failing(kernel: string, backend: string, nth: number) {
  const found = tf.getKernel(kernel, backend)!;
  const { kernelFunc } = found;
  let calls = 0;
  return vi.spyOn(found, "kernelFunc").mockImplementation((...args) => {
    if (++calls === nth) throw new Error("no memory");
    return kernelFunc(...args);
  });
}

test.each([
  ["wasm", "Exp", 2],
  ["cpu", "Exp", 2],
  ["wasm", "Slice", 3],
  ["cpu", "Slice", 3],
  ["wasm", "Concat", 1],
  ["cpu", "Concat", 1],
] as const)(
  "a loop on %s whose %s fails at call %d leaves no tensors, and its gradient neither",
  async (backend, kernel, nth) => {
    const f = await openFunction(inputs(), (given) => ({ y: loop(given) }), { backend });
    const df = await openFunction(inputs(), (given) => gradients(loop(given), { x: given.x }), { backend });
    for (const call of [f, df]) {
      const wanted = await call({ x });
      const before = tf.memory().numTensors;
      const fault = failing(kernel, backend, nth);
      await expect(call({ x })).rejects.toThrow("no memory");
      fault.mockRestore();
      expect(tf.memory().numTensors).toBe(before);
      expect(await call({ x })).toEqual(wanted);
    }
    f.dispose();
    df.dispose();
  },
);

test.each(["wasm", "cpu"] as const)(
  "nor does what fails of several values that are asked for on %s",
  async (backend) => {
    using session = await eager({ backend });
    const before = tf.memory().numTensors;
    const fault = failing("Exp", backend, 1);
    expect(() => session.value(exp(multiply(constant([1, 2]), constant(3))))).toThrow("no memory");
    fault.mockRestore();
    session.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);
