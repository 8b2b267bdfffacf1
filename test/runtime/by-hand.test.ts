import { describe, expect, test } from "vitest";
import {
  accumulateGradients,
  activation,
  averagedWeights,
  block,
  broadcastTo,
  clipByNorm,
  compile,
  concat,
  constant,
  customGradient,
  dense,
  greater,
  input,
  type Layer,
  type LearningRate,
  type Loss,
  meanSquaredError,
  model,
  type Optimizer,
  rates,
  scan,
  sequential,
  sgd,
  square,
  subtract,
  sum,
  variable,
  type Weighting,
  weightDecay,
  zeros,
} from "../../compiler/language.js";
import { eager } from "../../runtime/index.js";
import { type Node, nodeOf, tensorOf } from "../../src/ir/node.js";
import type { NextValues, Parameter, StepContext } from "../../src/optimizers/optimizer.js";

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

  test("one that is a class keeps its methods and its this within every wrapper", () => {
    class Halving implements Optimizer {
      readonly name = "halving";
      readonly learningRate = 0.1;
      readonly start = 7;
      slots() {
        return { last: this.start };
      }
      step(context: StepContext): NextValues {
        return context.parameters.flatMap((parameter) => this.nextOf(context, parameter));
      }
      nextOf({ b }: StepContext, { variable, slots, gradient }: Parameter): NextValues {
        return [
          [variable, b.op("multiply", [variable, b.scalar(0.5)])],
          [slots.last!, gradient],
        ];
      }
    }
    const within = [
      (one: Optimizer) => one,
      (one: Optimizer) => rates(one, { dense: 2 }),
      (one: Optimizer) => weightDecay(one, 0.1),
      (one: Optimizer) => clipByNorm(one, 1),
      averagedWeights,
      (one: Optimizer) => accumulateGradients(one, 2),
    ];
    const kept = within.map((wrap) => [...trained(wrap(new Halving())).train.updates.keys()].length);
    expect(kept).toEqual([4, 4, 4, 4, 4 + 2 + 1, 4 + 2 + 2]);
    const all = within.reduce((one, wrap) => wrap(one), new Halving() as Optimizer);
    const last = [...trained(all).variables].find(([name]) => name === "optimizer/dense/kernel/last");
    expect(last?.[1].attributes.initializer.name).toBe("constant(7)");
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
    ['compile: the state of the optimizer "mine" is [], but must be a record of numbers by names', { state: [] }],
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
      'compile: the state of the schedule "mine" is [1], but must be a record of numbers by names',
      () => scheduled(() => x, [1]),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(refusal(message));
  });
});

describe("losses", () => {
  const mine: Loss = {
    name: "mine",
    fromLogits: false,
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values: (output, target) => nodeOf(square(subtract(tensorOf<typeof x>(output), tensorOf<typeof x>(target)))),
  };
  const judged = (given: Partial<Record<keyof Loss, unknown>>, sampleWeight: Weighting = "none") =>
    compile(net, { optimizer: sgd(), loss: { ...mine, ...given } as Loss, sampleWeight, onWarning() {} });

  test("one written by hand is taken", () => {
    expect(judged({}, "samples").judged[0]!.weights!.shape).toEqual(["batch"]);
  });

  const taken = "but must return float32 values, one for each sample or for each place in a sample";
  test.each<[string, () => unknown]>([
    [`compile: the loss "mine" returns undefined, ${taken}`, () => judged({ values: () => undefined })],
    [`compile: the loss "mine" returns 0.5, ${taken}`, () => judged({ values: () => 0.5 }, "samples")],
    [`compile: the loss "mine" returns bool [batch, 4], ${taken}`, () => judged({ values: () => greater(x, x) })],
    [
      'compile: the target of the loss "mine" returns undefined, but must return { shape, dtype }',
      () => judged({ target: () => undefined }),
    ],
    [
      'compile: the target of the loss "mine" returns an object, but must return { shape, dtype }',
      () => judged({ target: () => ({ shape: ["batch"], dtype: "float64" }) }),
    ],
    [
      'compile: sampleWeight is "samples", but the loss "mine" gives one value for a batch, of which no sample has a share',
      () => judged({ values: (output: Node) => sum(tensorOf<typeof x>(output)) }, "samples"),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(refusal(message));
  });
});

describe("metrics", () => {
  const judged = (metric: object) =>
    compile(net, {
      optimizer: sgd(),
      loss: meanSquaredError(),
      metrics: [any({ name: "mine", ...metric })],
      onWarning() {},
    });
  const taken = "but must return float32 of a shape without names, as batches of any size are added up";
  const totals = (given: unknown) => ({ totals: () => given, result: ({ count }: any) => count });

  test("one written by hand is taken", () => {
    expect(Object.keys(judged(totals({ count: sum(x) })).reported.results.outputs)).toEqual(["loss", "mine"]);
  });

  test.each<[string, () => unknown, string?]>([
    [
      'compile: the metric "mine" returns undefined, but must return float32 values, one for each sample or for each place in a sample',
      () => judged({ values: () => undefined }),
    ],
    [
      'compile: the metric "mine" returns bool [batch, 4], but must return float32 values, one for each sample or for each place in a sample',
      () => judged({ values: () => greater(x, x) }),
    ],
    [
      'compile: totals of the metric "mine" returns undefined, but must return a record of tensors by names',
      () => judged(totals(undefined)),
    ],
    [`compile: the metric "mine", for its total "count", returns 1, ${taken}`, () => judged(totals({ count: 1 }))],
    [
      `compile: the metric "mine", for its total "count", returns float32 [batch], ${taken}`,
      () => judged(totals({ count: sum(x, { axis: 1 }) })),
    ],
    [
      `compile: the metric "mine", for its total "count", returns float32 [batch*2, 4], ${taken}`,
      () => judged(totals({ count: concat([x, x], 0) })),
    ],
    [
      'compile: in the totals of the metric "mine", "a/" is not a name; use letters, digits, "_", "-", "." and "/" between parts',
      () => judged(totals({ "a/": sum(x) })),
      "SW_NAME",
    ],
    [
      `compile: the result of the metric "mine" returns undefined, ${taken}`,
      () => judged({ ...totals({ count: sum(x) }), result: () => undefined }),
    ],
  ])("%s", (message, make, code) => {
    expect(make).toThrow(refusal(message, code));
  });
});

describe("steps of scan", () => {
  const start = broadcastTo(constant(0), ["batch"]);
  const taken = "but must return { carry, output }, each a tensor or a record of tensors";
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["a tensor", start],
    ["an array", [start, start]],
    ["undefined as its carry", { output: start }],
    ["undefined as its output", { carry: start }],
    ["an array as its output", { carry: start, output: [start] }],
    ['1 as "h" of its output', { carry: start, output: { h: 1 } }],
  ])("%s", (found, given) => {
    expect(() => scan(x, start, () => any(given))).toThrow(refusal(`scan: a step returns ${found}, ${taken}`));
  });
});

describe("layers and rules", () => {
  const kept = "but must return a tensor of the shape that it is given, [batch, 2]";
  test.each<[string, () => unknown]>([
    [
      `dense: its activation returns undefined, ${kept}`,
      () => dense(x, { units: 2, activation: any(() => undefined) }),
    ],
    [`dense: its activation returns float32 [], ${kept}`, () => dense(x, { units: 2, activation: any(sum) })],
    [
      "activation: its activation returns 1, but must return a tensor of the shape that it is given, [batch, 4]",
      () =>
        activation(
          x,
          any(() => 1),
        ),
    ],
    [
      "block: layer 2 returns undefined, but must return a tensor",
      () =>
        block(
          dense({ units: 2 }),
          any(Object.assign(() => undefined, { scope: { kind: "mine", options: {} } })) as Layer,
        )(x),
    ],
    [
      "sequential: layer 1 returns null, but must return a tensor",
      () => sequential(x, any(Object.assign(() => null, { scope: { kind: "mine", options: {} } }))),
    ],
    [
      "customGradient: forward returns undefined, but must return a tensor",
      () =>
        customGradient(
          { x },
          () => any(undefined),
          any(() => ({})),
        ),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(refusal(message));
  });
});
