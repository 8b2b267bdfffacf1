import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test, vi } from "vitest";
import {
  add,
  array,
  compile,
  dense,
  exp,
  glorotUniform,
  input,
  meanSquaredError,
  model,
  multiply,
  ones,
  sgd,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const line = compile(
  model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() })),
  { optimizer: sgd({ learningRate: 0.01 }), loss: meanSquaredError() },
);
const x = array(new Float32Array(64).fill(1), [64, 1]);
const target = array(new Float32Array(64).fill(3), [64, 1]);
const fitting = { epochs: 3, batchSize: 1, verbose: "silent" } as const;

type Line = Awaited<ReturnType<typeof openLine>>;
const openLine = (backend: (typeof testedBackends)[number] | "reference") => open(line, { backend });

/** Every call that takes longer than a moment, in a form that takes several turns. */
const calls = {
  fit: (session: Line) => session.fit({ x }, target, fitting),
  evaluate: (session: Line) => session.evaluate({ x }, target, { batchSize: 1 }),
  predict: (session: Line) => session.predict({ x }, { batchSize: 1 }),
  trainStep: (session: Line) => session.trainStep({ inputs: { x }, target }, { batchSize: 1 }),
  setWeight: (session: Line) => session.setWeight("dense/kernel", [[2]]),
} as const;
type Op = keyof typeof calls;
const ops = Object.keys(calls) as Op[];

/** What may run beside what; all else is refused. */
const beside: readonly (readonly [Op, Op])[] = [
  ["evaluate", "evaluate"],
  ["evaluate", "predict"],
  ["predict", "evaluate"],
  ["predict", "predict"],
  ["setWeight", "setWeight"],
];

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test.each(ops.flatMap((first) => ops.map((second) => [first, second] as const)))(
    "during %s, %s",
    async (first, second) => {
      const [alone, session] = [await openLine(backend), await openLine(backend)];
      const wanted = await calls[first](alone);
      const running = calls[first](session);
      if (beside.some(([a, b]) => a === first && b === second)) await calls[second](session);
      else {
        await expect(calls[second](session)).rejects.toMatchObject({
          code: "SW_SESSION",
          message: `${second}: ${first} is under way on this session; await it before you call ${second}`,
        });
      }
      // What was refused left what was under way as it would have been. Losses are summed in as many parts as time allowed.
      const got = await running;
      if (first === "predict") expect(got).toEqual(wanted);
      if (first === "evaluate")
        expect((got as { loss: number }).loss).toBeCloseTo((wanted as { loss: number }).loss, 5);
      expect(session.getWeight("dense/kernel")).toEqual(alone.getWeight("dense/kernel"));
      // Now it may.
      await calls[second](session);
      alone.dispose();
      session.dispose();
    },
  );

  test("weights are read and written to a file between two steps, at any time", async () => {
    const session = await openLine(backend);
    const folder = mkdtempSync(join(tmpdir(), "shapewright-test-"));
    const running = session.fit({ x }, target, fitting);
    expect(session.getWeight("dense/kernel").data).toEqual(Float32Array.of(1));
    await session.exportSavedModel(join(folder, "1"));
    await running;
    rmSync(folder, { recursive: true });
    session.dispose();
  });

  test.each(["fit", "evaluate", "predict", "setWeight"] as const)("dispose ends %s", async (op) => {
    const session = await openLine(backend);
    const running = calls[op](session);
    session.dispose();
    session.dispose();
    const message = `${op}: the session was disposed while ${op} was under way; await it first`;
    await expect(running).rejects.toMatchObject({ code: "SW_SESSION", message });
    const gone = { code: "SW_SESSION", message: "the session has been disposed; open() another" };
    for (const other of ops) await expect(calls[other](session)).rejects.toMatchObject(gone);
    await expect(session.exportSavedModel("never")).rejects.toMatchObject(gone);
    expect(() => session.getWeight("dense/kernel")).toThrow(gone.message);
  });

  test("dispose ends an epoch that is half done", async () => {
    const session = await openLine(backend);
    const running = session.fit({ x }, target, { ...fitting, epochs: 1000 });
    // Some turns of the event loop, so that steps are under way.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    session.dispose();
    await expect(running).rejects.toThrow("fit: the session was disposed while fit was under way; await it first");
  });

  test("dispose ends exportSavedModel before it writes", async () => {
    const session = await openLine(backend);
    const running = session.exportSavedModel(join(tmpdir(), "shapewright-never-written"));
    session.dispose();
    await expect(running).rejects.toThrow("the session has been disposed; open() another");
  });

  test("a function that was disposed of says so, during a call too", async () => {
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ y: add(x, x) }), { backend });
    const both = await Promise.all([f({ x: [1] }), f({ x: [2] })]);
    expect(both.map(({ y }) => y.data[0])).toEqual([2, 4]);
    const running = f({ x: [1] });
    f.dispose();
    f.dispose();
    await expect(running).rejects.toThrow("the function was disposed while the function was under way; await it first");
    await expect(f({ x: [1] })).rejects.toThrow("the function has been disposed; open() another");
  });

  test("two calls of fit are one of as many epochs, and another session goes on where one ended", async () => {
    const program = compile(
      model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: glorotUniform() })),
      { optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }), loss: meanSquaredError() },
    );
    const inputs = {
      x: array(
        Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)),
        [20, 2],
      ),
    };
    const wanted = array(
      Float32Array.from({ length: 20 }, (_, i) => Math.cos(i)),
      [20, 1],
    );
    const settings = { batchSize: 3, seed: 7, verbose: "silent" } as const;
    const whole = await open(program, { backend });
    const { history, epoch } = await whole.fit(inputs, wanted, { ...settings, epochs: 3 });
    expect(epoch).toEqual([1, 2, 3]);

    const parts = await open(program, { backend });
    const first = await parts.fit(inputs, wanted, settings);
    expect(parts.epochs).toBe(1);
    const resumed = await open(program, { backend, seed: 99 });
    for (const name of parts.weightNames) await resumed.setWeight(name, parts.getWeight(name));
    const second = await parts.fit(inputs, wanted, { ...settings, epochs: 2 });
    expect([...first.epoch, ...second.epoch]).toEqual(epoch);
    const losses = [...first.history.loss, ...second.history.loss];
    losses.forEach((loss, i) => void expect(loss).toBeCloseTo(history.loss[i]!, 5));
    const other = await resumed.fit(inputs, wanted, { ...settings, epochs: 3, initialEpoch: 1 });
    expect(other.epoch).toEqual([2, 3]);
    expect(resumed.epochs).toBe(3);
    // As in Keras, which trains no more than it is told.
    expect((await resumed.fit(inputs, wanted, { ...settings, epochs: 3, initialEpoch: 3 })).epoch).toEqual([]);
    expect((await resumed.fit(inputs, wanted, { ...settings, epochs: 3, initialEpoch: 5 })).epoch).toEqual([]);
    expect(resumed.epochs).toBe(3);
    for (const name of whole.weightNames) {
      expect(parts.getWeight(name)).toEqual(whole.getWeight(name));
      expect(resumed.getWeight(name)).toEqual(whole.getWeight(name));
    }
    // Not because every epoch is alike: without the count, the order of the first epoch comes again.
    const restarted = await open(program, { backend });
    for (let i = 0; i < 3; i++) await restarted.fit(inputs, wanted, { ...settings, epochs: 1, initialEpoch: 0 });
    expect(restarted.getWeight("dense/kernel")).not.toEqual(whole.getWeight("dense/kernel"));
    for (const session of [whole, parts, resumed, restarted]) session.dispose();
  });
});

test.each(["wasm", "cpu"] as const)("a call that fails on %s leaves no tensors", async (backend) => {
  const f = await openFunction(
    { x: input(["n"]), y: input(["n"]) },
    ({ x, y }) => ({ z: exp(multiply(add(x, y), y)) }),
    {
      backend,
    },
  );
  const data = { x: Float32Array.of(1, 2), y: Float32Array.of(3, 4) };
  await f(data);
  const before = tf.memory().numTensors;
  const kernel = tf.getKernel("Exp", backend)!;
  const failing = vi.spyOn(kernel, "kernelFunc").mockImplementation(() => {
    throw new Error("no memory");
  });
  await expect(f(data)).rejects.toThrow("no memory");
  failing.mockRestore();
  expect(tf.memory().numTensors).toBe(before);
  expect((await f(data)).z.data[0]).toBeCloseTo(Math.exp(12), -1);
  f.dispose();
});

test.each(["wasm", "cpu"] as const)(
  "a step that fails on %s leaves no tensors, and the weights as they were",
  async (backend) => {
    const session = await openLine(backend);
    await session.fit({ x }, target, { verbose: "silent" });
    const [before, kernel] = [tf.memory().numTensors, session.getWeight("dense/kernel")];
    const failing = vi.spyOn(tf.getKernel("Sub", backend)!, "kernelFunc").mockImplementation(() => {
      throw new Error("no memory");
    });
    await expect(session.fit({ x }, target, { verbose: "silent" })).rejects.toThrow("no memory");
    failing.mockRestore();
    expect(tf.memory().numTensors).toBe(before);
    expect(session.getWeight("dense/kernel")).toEqual(kernel);
    session.dispose();
  },
);
