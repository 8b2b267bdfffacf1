import { describe, expect, test } from "vitest";
import {
  abs,
  array,
  cast,
  compile,
  dense,
  divide,
  identityInitializer,
  input,
  less,
  maximum,
  meanSquaredError,
  metricOf,
  model,
  multiply,
  sgd,
  subtract,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

type Pairs = Tensor<["batch", 2]>;
const pairs = model({ x: input(["batch", 2]) }, ({ x }) =>
  dense(x, { units: 2, kernelInitializer: identityInitializer() }),
);
const near = metricOf("near", (target: Pairs, output: Pairs) =>
  cast(less(abs(subtract(target, output)), 1.5), "float32"),
);
/** The mean error of each of two columns. */
const bias = metricOf("bias", {
  totals: (target: Pairs, output: Pairs, weights) => ({
    sum: sum(multiply(subtract(output, target), weights), { axis: 0 }),
    count: sum(weights, { axis: 0 }),
  }),
  result: (totals) => divide(totals.sum, maximum(totals.count, 1)),
});
const options = { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError(), metrics: [near, bias] } as const;

const x = array(new Float32Array([1, 2, 3, 4, 5, 6]), [3, 2]);
// Errors: 1, 0; 1, 2; -2, 1.
const y = array(new Float32Array([0, 2, 2, 2, 7, 5]), [3, 2]);

describe.each([...testedBackends, "reference" as const])("on %s, metrics of one's own", (backend) => {
  test("are exact over an epoch whose last batch is short", async () => {
    const session = await open(compile(pairs, options), { backend });
    const reports = await session.evaluate({ x }, y, { batchSize: 2 });
    expect(reports.near).toBeCloseTo(4 / 6, 6);
    expect([...reports.bias.data]).toEqual([0, 1]);
    const { history } = await session.fit({ x }, y, { batchSize: 2, verbose: 0, validationData: [{ x }, y] });
    expect([history.near[0], history.val_near?.[0]]).toEqual([expect.closeTo(4 / 6, 6), expect.closeTo(4 / 6, 6)]);
    session.dispose();
  });

  test("are weighted as samples are", async () => {
    const session = await open(compile(pairs, { ...options, sampleWeight: "samples" }), { backend });
    const reports = await session.evaluate({ x }, y, { batchSize: 2, sampleWeight: [3, 1, 0] });
    expect(reports.near).toBeCloseTo((3 * 2 + 1) / 8, 6);
    expect([...reports.bias.data]).toEqual([(3 * 1 + 1 * 1) / 4, 2 / 4]);
    session.dispose();
  });
});

describe("what is no metric is refused", () => {
  const refusal = (message: string) => expect.objectContaining({ name: "ShapewrightError", code: "SW_VALUE", message });
  const make = metricOf as (...given: unknown[]) => typeof near;
  const compiled = (of: unknown) => () => compile(pairs, { ...options, metrics: [make("mine", of)], onWarning() {} });
  test.each<[string, () => unknown]>([
    ["metricOf: name is undefined, but must be a text that is not empty", () => make()],
    [
      "metricOf: takes a function of the target and the output, or { totals, result }, got null",
      () => make("mine", null),
    ],
    ["metricOf: result is undefined, but must be a function", () => make("mine", { totals: () => ({}) })],
    ['metricOf: no option is named "total"; did you mean "totals"?', () => make("mine", { total: () => ({}) })],
    [
      'compile: the metric "mine" returns 1, but must return float32 values, one for each sample or for each place in a sample',
      compiled(() => 1),
    ],
    [
      'compile: totals of the metric "mine" returns undefined, but must return a record of tensors by names',
      compiled({ totals: () => undefined, result: () => undefined }),
    ],
    [
      'compile: the metric "mine", for its total "all", returns float32 [batch, 2], but must return float32 of a shape without names, as batches of any size are added up',
      compiled({ totals: (target: unknown) => ({ all: target }), result: () => undefined }),
    ],
  ])("%s", (message, refused) => {
    expect(refused).toThrow(refusal(message));
  });
});
