import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  concat,
  dense,
  exp,
  fullLike,
  input,
  log,
  meanSquaredError,
  model,
  multiply,
  ones,
  relu,
  sgd,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  zeros,
} from "../../compiler/language.js";
import { type Callback, earlyStopping, open } from "../../runtime/index.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { testedBackends } from "../support/backends.js";

const net = model({ x: input(["batch", 1]) }, ({ x }) =>
  dense(x, { units: 1, kernelInitializer: ones(), useBias: false, name: "line" }),
);
const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });
const silent = { verbose: "silent" } as const;
const rest =
  "try a lower learning rate and inputs of about -1 to 1, look for a logarithm or a quotient of 0 in the model, and begin again with " +
  'new weights; terminateOnNaN: "locate" names the op that made it, false trains on regardless';
/** Its square is no float32. */
const huge = 1e30;

/** The error that a promise ends with. */
async function errorOf(promise: Promise<unknown>): Promise<ShapewrightError> {
  const error = await promise.then(() => undefined).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ShapewrightError);
  return error as ShapewrightError;
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("a loss that is infinite ends it; the session goes on with new weights", async () => {
    const session = await open(program, { backend });
    await session.fit({ x: [[1]] }, [[1]], { ...silent, epochs: 2 });
    const error = await errorOf(session.fit({ x: [[huge]] }, [[0]], silent));
    expect([error.code, error.message]).toEqual([
      "SW_DIVERGED",
      `training diverged: the loss became Infinity in step 1 of epoch 3; ${rest}`,
    ]);
    expect(session.epochs).toBe(2);
    // The step was taken: the kernel is 1 - 0.1 · ∞.
    expect([...session.getWeight("line/kernel").data]).toEqual([-Infinity]);
    // From there on, it is NaN: 0 · -∞.
    const next = await errorOf(session.fit({ x: [[0]] }, [[0]], silent));
    expect(next.message).toBe(`training diverged: the loss became NaN in step 1 of epoch 3; ${rest}`);
    await session.setWeight("line/kernel", [[3]]);
    const { history } = await session.fit({ x: [[1]] }, [[1]], silent);
    expect(history.loss).toEqual([4]);
    session.dispose();
  });

  test("of a call of many steps, it is known that it was one of them", async () => {
    const session = await open(program, { backend });
    // Once a call is fast enough, a call has several steps, at most four times as many as the one before.
    const count = 4000;
    const x = Float32Array.from({ length: count }, (_, i) => (i === count - 1 ? huge : 1));
    const samples = Array.from(x, (value) => [value]);
    const error = await errorOf(
      session.fit(
        { x: samples },
        samples.map(() => [1]),
        { ...silent, batchSize: 1, shuffle: false },
      ),
    );
    const steps =
      /^training diverged: the loss became Infinity in (?:step (\d+)|one of the steps (\d+) to (\d+)) of epoch 1;/;
    const [, only, first, last] = steps.exec(error.message)!;
    expect(Number(only ?? last)).toBe(count);
    expect(Number(only ?? first)).toBeLessThanOrEqual(count);
    session.dispose();
  });

  test("weights that are none end it, too, where the loss does not tell", async () => {
    // The loss is finite, and 1/(2√0) in its gradient is not: no step sees the weights of the last one.
    const root = model({ x: input(["batch", 1]) }, ({ x }) =>
      sqrt(dense(x, { units: 1, kernelInitializer: ones(), useBias: false, name: "line" })),
    );
    const session = await open(compile(root, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
    const stops: Callback = { onEpochEnd: ({ stop }) => stop("enough") };
    const message = `training diverged: "line/kernel" became NaN at [0, 0] by the end of epoch 1; ${rest}`;
    for (const options of [silent, { ...silent, epochs: 3, callbacks: [stops] }]) {
      await session.setWeight("line/kernel", [[1]]);
      const error = await errorOf(session.fit({ x: [[0]] }, [[1]], { ...options, initialEpoch: 0 }));
      expect([error.code, error.message]).toEqual(["SW_DIVERGED", message]);
    }
    await session.setWeight("line/kernel", [[1]]);
    const { history } = await session.fit({ x: [[0]] }, [[1]], { ...silent, terminateOnNaN: false });
    expect(history.loss).toEqual([1]);
    // None are kept, from which every run would go on to the same end.
    const backup = join(mkdtempSync(join(tmpdir(), "shapewright-")), "run.backup");
    await session.setWeight("line/kernel", [[1]]);
    await errorOf(
      session.fit({ x: [[0]] }, [[1]], { ...silent, initialEpoch: 0, epochs: 3, callbacks: [stops], backup }),
    );
    expect(existsSync(backup)).toBe(false);
    // A callback that brings back the weights of a better epoch saves the run.
    await session.setWeight("line/kernel", [[1]]);
    let epoch = 0;
    const saved = await session.fitBatches(() => [{ inputs: { x: [[++epoch < 4 ? 1 : 0]] }, target: [[1.1]] }], {
      ...silent,
      initialEpoch: 0,
      epochs: 9,
      validationData: [{ x: [[1]] }, [[1.1]]],
      callbacks: [earlyStopping({ monitor: "val_loss", restoreBestWeights: true })],
    });
    expect(saved.epoch).toEqual([1, 2, 3, 4]);
    expect(session.getWeight("line/kernel").data[0]).toBeGreaterThan(1);
    session.dispose();
    // Native relu makes 0 of NaN, where it is fused with a product: all losses are finite there.
    const hidden = model({ x: input(["batch", 1]) }, ({ x }) => {
      const h = dense(x, { units: 1, kernelInitializer: zeros(), name: "first" });
      return dense(relu(dense(sqrt(square(h)), { units: 4, biasInitializer: ones() })), { units: 1 });
    });
    const dead = await open(compile(hidden, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
    await errorOf(dead.fit({ x: [[1]] }, [[1]], { ...silent, epochs: 3 }));
    expect([...dead.getWeight("first/kernel").data]).toEqual([NaN]);
    dead.dispose();
  });

  test("from a source, it ends, too, and closes the source", async () => {
    const session = await open(program, { backend });
    let closed = false;
    function* batches() {
      try {
        for (;;) yield { inputs: { x: [[huge]] }, target: [[1]] };
      } finally {
        closed = true;
      }
    }
    const error = await errorOf(session.fitBatches(batches, silent));
    expect(error.message).toBe(`training diverged: the loss became Infinity in step 1 of epoch 1; ${rest}`);
    expect(closed).toBe(true);
    session.dispose();
  });

  test("terminateOnNaN: false trains on; a validation loss that is infinite is no divergence", async () => {
    const session = await open(program, { backend });
    const validationData = [{ x: [[huge]] }, [[1]]] as const;
    const { history } = await session.fit({ x: [[1]] }, [[1]], { ...silent, validationData });
    expect(history).toEqual({ loss: [0], val_loss: [Infinity] });
    const options = { ...silent, epochs: 2, terminateOnNaN: false };
    const regardless = await session.fit({ x: [[huge]] }, [[1]], options);
    expect(regardless.history.loss).toEqual([Infinity, Infinity]);
    session.dispose();
  });

  describe('terminateOnNaN: "locate"', () => {
    const located = { ...silent, terminateOnNaN: "locate", batchSize: 2, shuffle: false } as const;
    const advice =
      "the weights are as they were before that step; try a lower learning rate and inputs of about -1 to 1, look for a logarithm " +
      "or a quotient of 0 in the model";

    test.each([
      {
        // In prediction and in training alike: log(0), of which the loss makes Infinity.
        made: "the loss became Infinity in step 2 of epoch 1; log of [2, 1] made -Infinity at [1, 0], of 0",
        build: (y: Tensor<["batch", 1]>) => log(relu(y)),
      },
      {
        // The loss is finite; the derivative 1/(2√y) is not.
        made: 'the weights became no numbers in step 2 of epoch 1; xdivy of [2, 1] in the gradient of the layer "line" made -Infinity at [1, 0], of -1 and 0',
        build: (y: Tensor<["batch", 1]>) => sqrt(y),
      },
      {
        // -∞ is meant there, and no fault: the layer before it is.
        made: "the loss became NaN in step 2 of epoch 1; exp of [2, 1] made Infinity at [0, 0], of 90",
        build: (y: Tensor<["batch", 1]>) => {
          const masked = softmax(concat([y, fullLike(y, -Infinity)], 1));
          const big = exp(multiply(y, 30));
          return subtract(add(big, sum(masked, { axis: 1, keepDims: true })), big);
        },
      },
    ])("$made", async ({ made, build }) => {
      const lines = model({ x: input(["batch", 1]) }, ({ x }) =>
        build(dense(x, { units: 1, kernelInitializer: ones(), useBias: false, name: "line" })),
      );
      const session = await open(compile(lines, { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError() }), {
        backend,
      });
      const error = await errorOf(session.fit({ x: [[1], [1], [3], [0]] }, [[1], [1], [1], [1]], located));
      expect(error.message).toBe(`training diverged: ${made}; ${advice}`);
      session.dispose();
    });

    test("the weights are as before the step, of a source, too; a run that does not diverge is the same as without", async () => {
      const [session, other] = [await open(program, { backend }), await open(program, { backend })];
      const data = [{ x: [[1], [2], [3], [4]] }, [[2], [2], [2], [2]]] as const;
      await session.fit(...data, { ...located, shuffle: true, epochs: 3 });
      await other.fit(...data, { ...silent, batchSize: 2, epochs: 3 });
      const [kernel] = session.getWeight("line/kernel").data;
      expect([kernel]).toEqual([...other.getWeight("line/kernel").data]);
      const batches = [{ inputs: { x: [[huge]] }, target: [[1]] }];
      const { verbose, terminateOnNaN } = located;
      const error = await errorOf(session.fitBatches(batches, { verbose, terminateOnNaN }));
      expect(error.message).toMatch(
        /^training diverged: the loss became Infinity in step 1 of epoch 4; square of \[1, 1\] in the loss made Infinity at \[0, 0\], of /,
      );
      expect([...session.getWeight("line/kernel").data]).toEqual([kernel]);
      session.dispose();
      other.dispose();
    });

    test("a step of one's own is looked at, too, and the steps of a batch one by one", async () => {
      const session = await open(program, { backend });
      const { terminateOnNaN } = located;
      const good = { inputs: { x: [[3]] }, target: [[1]] };
      expect(await session.trainStep(good, { terminateOnNaN })).toEqual({ loss: 4 });
      const [kernel] = session.getWeight("line/kernel").data;
      const bad = { inputs: { x: [[huge]] }, target: [[0]] };
      const made = "square of [1, 1] in the loss made Infinity at [0, 0], of ";
      const error = await errorOf(session.trainStep(bad, { terminateOnNaN }));
      expect([error.code, error.op]).toEqual(["SW_DIVERGED", "trainStep"]);
      expect(error.message).toMatch(`training diverged: the loss became Infinity in this step; ${made}`);
      expect(error.message).toMatch(`; ${advice}`);
      expect([...session.getWeight("line/kernel").data]).toEqual([kernel]);
      // The second of three: the first is taken, the third is not.
      const three = { inputs: { x: [[0], [huge], [1]] }, target: [[0], [0], [0]] };
      const second = await errorOf(session.trainStep(three, { terminateOnNaN, batchSize: 1 }));
      expect(second.message).toMatch(`training diverged: the loss became Infinity in step 2 of this batch; ${made}`);
      expect([...session.getWeight("line/kernel").data]).toEqual([kernel]);
      session.dispose();
    });

    test("a weight that was no number before is named", async () => {
      const session = await open(program, { backend });
      await errorOf(session.fit({ x: [[huge]] }, [[0]], silent));
      const error = await errorOf(session.fit({ x: [[1]] }, [[1]], located));
      const made =
        'the loss became Infinity in step 1 of epoch 1; the variable "line/kernel" was -Infinity at [0, 0] before that step';
      expect(error.message).toBe(`training diverged: ${made}; ${advice}`);
      session.dispose();
    });
  });
});
