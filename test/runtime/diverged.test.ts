import { describe, expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, ones, sgd } from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { testedBackends } from "../support/backends.js";

const net = model({ x: input(["batch", 1]) }, ({ x }) =>
  dense(x, { units: 1, kernelInitializer: ones(), useBias: false, name: "line" }),
);
const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });
const silent = { verbose: "silent" } as const;
const rest =
  "try a lower learning rate and inputs of about -1 to 1, look for a logarithm or a quotient of 0 in the model, and begin again with " +
  "new weights; terminateOnNaN: false trains on regardless";
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
});
