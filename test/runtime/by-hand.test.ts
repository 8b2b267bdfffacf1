import { describe, expect, test } from "vitest";
import {
  accumulateGradients,
  averagedWeights,
  clipByNorm,
  compile,
  dense,
  input,
  type LearningRate,
  meanSquaredError,
  model,
  type Optimizer,
  rates,
  sgd,
  variable,
  weightDecay,
  zeros,
} from "../../compiler/language.js";
import { eager } from "../../runtime/index.js";

// What somebody wrote by hand and gives to us: where it gives what it must not, an error of ours says what it must.

const x = input(["batch", 4]);
const net = model({ x }, ({ x }) => dense(x, { units: 2 }));
const any = (value: unknown) => value as never;
const refusal = (message: string, code = "SW_VALUE") =>
  expect.objectContaining({ name: "ShapewrightError", code, message });
const trained = (optimizer: Optimizer) => compile(net, { optimizer, loss: meanSquaredError(), onWarning() {} });

const mine: Optimizer = {
  name: "mine",
  learningRate: 0.1,
  slots: () => ({}),
  step: ({ b, parameters }) =>
    parameters.map(({ variable, gradient, learningRate }) => [
      variable,
      b.op("subtract", [variable, b.op("multiply", [gradient, learningRate])]),
    ]),
};

const list =
  "but must return a list of [variable, next value], each a variable or a slot of the parameters, or of the state";

describe("optimizers", () => {
  test("one written by hand is taken", () => {
    expect(trained(mine).train.updates).toHaveLength(2);
  });

  const inner = 'the step of the optimizer "mine" returns';
  test.each<[string, Partial<Record<keyof Optimizer, unknown>>, string?]>([
    [`compile: ${inner} undefined, ${list}`, { step: () => undefined }],
    [`compile: ${inner} a Promise, ${list}`, { step: async () => [] }],
    [`compile: ${inner} a list with null in it, ${list}`, { step: () => [null] }],
    [`compile: ${inner} a next value of another tensor, ${list}`, { step: () => [[x, x]] }],
    [
      'compile: the step of the optimizer "mine", of "bias", returns undefined, but must return float32 [2]',
      { step: ({ parameters }: any) => [[parameters[0].variable]] },
    ],
    [
      'compile: the step of the optimizer "mine", of "bias", returns float32 [], but must return float32 [2]',
      { step: ({ parameters }: any) => [[parameters[0].variable, parameters[0].learningRate]] },
    ],
    [
      `compile: ${inner} a next value of another tensor, ${list}`,
      { step: ({ parameters: [{ variable, gradient }] }: any) => [1, 2].map(() => [variable, gradient]) },
    ],
    [
      'compile: what the optimizer "mine" keeps for "dense/kernel" is undefined, but must be a record of numbers by names',
      { slots: () => undefined },
    ],
    [
      'compile: what the optimizer "mine" keeps for "dense/kernel" is an object, but must be a record of numbers by names',
      { slots: () => ({ velocity: "0" }) },
    ],
    [
      'compile: in what the optimizer "mine" keeps for "dense/kernel", "" is not a name; use letters, digits, "_", "-", "." and "/" between parts',
      { slots: () => ({ "": 0 }) },
      "SW_NAME",
    ],
    ['compile: the state of the optimizer "mine" is an array, but must be a record of numbers by names', { state: [] }],
    [
      'compile: two of what the optimizer keeps are named "optimizer/steps"; give each its own name',
      { state: { steps: 0 } },
      "SW_NAME",
    ],
    [
      'compile: the learningRate of the optimizer "mine" is undefined, but must be a number in [0, Infinity) or a schedule',
      { learningRate: undefined },
    ],
    ["compile: optimizer is an object, but must be an optimizer, such as adam()", { slots: undefined }],
  ])("%s", (message, given, code) => {
    expect(() => trained({ ...mine, ...given } as Optimizer)).toThrow(refusal(message, code));
  });

  test.each<[string, (optimizer: Optimizer) => Optimizer]>([
    ["weightDecay", (optimizer) => weightDecay(optimizer, 0.1)],
    ["averagedWeights", averagedWeights],
    ["accumulateGradients", (optimizer) => accumulateGradients(optimizer, 2)],
    ["compile", (optimizer) => clipByNorm(rates(optimizer, { dense: 2 }), 1)],
  ])("within a wrapper, %s refuses it", (op, wrap) => {
    const junk = { ...mine, step: () => any(undefined) };
    expect(() => trained(wrap(junk))).toThrow(refusal(`${op}: ${inner} undefined, ${list}`));
  });

  test("eager sessions refuse it, too", async () => {
    const session = await eager({ backend: "cpu" });
    const w = session.mutable(variable("w", [2], zeros()));
    const optimizer = session.optimizer({ ...mine, step: () => any(undefined) });
    expect(() => optimizer.apply(w, w)).toThrow(refusal(`apply: ${inner} undefined, ${list}`));
  });
});

describe("schedules", () => {
  const scheduled = (rate: unknown, state?: unknown) =>
    trained(sgd({ learningRate: { name: "mine", initialLearningRate: 1, rate, state } as LearningRate }));
  const taken = "but must return a float32 scalar of the graph, such as b.scalar(0.1)";
  test.each<[string, () => unknown]>([
    [`compile: the rate of the schedule "mine" returns 0.1, ${taken}`, () => scheduled(() => 0.1)],
    [`compile: the rate of the schedule "mine" returns undefined, ${taken}`, () => scheduled(() => undefined)],
    [`compile: the rate of the schedule "mine" returns float32 [batch, 4], ${taken}`, () => scheduled(() => x)],
    [
      'compile: the state of the schedule "mine" is an array, but must be a record of numbers by names',
      () => scheduled(() => x, [1]),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(refusal(message));
  });
});
