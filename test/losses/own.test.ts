import { describe, expect, test } from "vitest";
import {
  array,
  binaryCrossentropy,
  compile,
  constantInitializer,
  dense,
  greater,
  huber,
  input,
  maximum,
  mean,
  meanSquaredError,
  model,
  multiply,
  sgd,
  square,
  subtract,
  type Tensor,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const net = model({ x: input(["batch", 1]) }, ({ x }) =>
  dense(x, { units: 1, kernelInitializer: constantInitializer(2) }),
);
const optimizer = sgd({ learningRate: 0 });
const data = [{ x: array(new Float32Array([1, 2, 3]), [3, 1]) }, array(new Float32Array([4, 4, 4]), [3, 1])] as const;
const silent = { shuffle: false, batchSize: 2, verbose: "silent" } as const;

/** Of the outputs 2, 4, 6 and the targets 4, 4, 4: 0.9 · 2, 0 and 0.1 · 2. */
function pinball<const S extends (number | string)[]>(target: Tensor<S>, output: Tensor<S>) {
  return maximum(multiply(0.9, subtract(target, output)), multiply(0.1, subtract(output, target)));
}

describe.each([...testedBackends, "reference" as const])("on %s, a function is a loss", (backend) => {
  test("of one output, over a last batch of fewer samples, and with weights", async () => {
    using session = await open(compile(net, { optimizer, loss: pinball }), { backend });
    expect((await session.evaluate(...data, { batchSize: 2 })).loss).toBeCloseTo((1.8 + 0 + 0.2) / 3, 6);
    const { history } = await session.fit(...data, silent);
    expect(history.loss[0]).toBeCloseTo((1.8 + 0 + 0.2) / 3, 6);
    using weighted = await open(compile(net, { optimizer, loss: pinball, sampleWeight: "samples" }), { backend });
    const sampleWeight = [1, 5, 2];
    expect((await weighted.evaluate(...data, { sampleWeight })).loss).toBeCloseTo((1.8 + 0 + 0.4) / 3, 6);
  });

  test("of one of several outputs", async () => {
    const two = model({ x: input(["batch", 1]) }, ({ x }) => ({ same: x, twice: net.apply({ x }) }));
    const loss = { same: meanSquaredError(), twice: pinball };
    using session = await open(compile(two, { optimizer, loss, onWarning() {} }), { backend });
    const report = await session.evaluate(data[0], { same: data[1], twice: data[1] });
    expect(report.same_loss).toBeCloseTo((9 + 4 + 1) / 3, 5);
    expect(report.twice_loss).toBeCloseTo((1.8 + 0 + 0.2) / 3, 6);
  });
});

test("its slope is what training follows", async () => {
  using session = await open(compile(net, { optimizer: sgd({ learningRate: 1 }), loss: pinball }));
  await session.fit({ x: [[1]] }, [[4]], { verbose: "silent" });
  expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(2 + 0.9, 5);
});

describe("what is no loss is refused, by the function's name", () => {
  const refusal = (message: string) => expect.objectContaining({ code: "SW_VALUE", message });
  const compiled = (loss: unknown) => () => compile(net, { optimizer, loss: loss as never, onWarning() {} });
  const must = "but must return float32 values, one for each sample or for each place in a sample";

  test.each<[string, unknown]>([
    [`compile: the loss "nothing" returns undefined, ${must}`, function nothing() {}],
    [`compile: the loss "later" returns a Promise, ${must}`, async function later() {}],
    [
      `compile: the loss "beyond" returns bool [batch, 1], ${must}`,
      function beyond(a: never, b: never) {
        return greater(a, b);
      },
    ],
    [
      `compile: the loss "loss" returns 1, ${must}`,
      (
        () => () =>
          1
      )(),
    ],
    // Some of ours have options, for which they take the target.
    ...[meanSquaredError, huber, binaryCrossentropy].map((made): [string, unknown] => [
      `compile: the loss "${made.name}" is a function that makes a loss; call it: ${made.name}()`,
      made,
    ]),
    ["compile: loss is 5, but must be a loss, such as meanSquaredError()", 5],
  ])("%s", (message, loss) => {
    expect(compiled(loss)).toThrow(refusal(message));
  });

  test("for several outputs, one function", () => {
    const two = model({ x: input(["batch", 1]) }, ({ x }) => ({
      a: dense(x, { units: 1 }),
      b: dense(x, { units: 1 }),
    }));
    const message = "compile: the model has outputs by name, so it takes losses by their names";
    expect(() => compile(two, { optimizer, loss: square as never })).toThrow(refusal(message));
  });

  test("one value for a batch, where samples have weights", () => {
    const message =
      'compile: sampleWeight is "samples", but the loss "average" gives one value for a batch, of which no sample has a share';
    const average = (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) => mean(subtract(target, output));
    expect(() => compile(net, { optimizer, loss: average, sampleWeight: "samples" })).toThrow(refusal(message));
  });
});

test("one whose values compare every sample with the targets of all others is warned of", () => {
  const flat = (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) =>
    square(subtract(target, mean(output, { axis: -1 })));
  const { warnings } = compile(net, { optimizer, loss: flat, onWarning() {} });
  expect(warnings.map(({ code }) => code)).toEqual(["SW_WARN_BATCH_BROADCAST"]);
});
