import { describe, expect, test } from "vitest";
import {
  add,
  binaryCrossentropy,
  categoricalCrossentropy,
  constant,
  divide,
  exp,
  gradients,
  hessianVectorProduct,
  input,
  jacobian,
  jvp,
  type Loss,
  log,
  logSoftmax,
  logSumExp,
  multiply,
  neg,
  sigmoid,
  softmax,
  sparseCategoricalCrossentropy,
  subtract,
  sum,
  type Tensor,
  vjp,
} from "../../compiler/language.js";
import { stable } from "../../compiler/passes/rules/stable.js";
import { stabilize } from "../../compiler/passes/stabilize.js";
import { eager } from "../../runtime/index.js";
import { openFunction } from "../../runtime/openFunction.js";
import { makeGraph } from "../../src/ir/graph.js";
import { type Node, nodeOf, tensorOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, computationFor, inputsFor } from "../support/computation.js";

type Rows = Tensor<[2, 3]>;
const one = constant(1);

/** What each rule recognises, as a user writes it. */
const written: Readonly<Record<string, (x: Rows, y: Rows) => Tensor<any>>> = {
  "ln softmax(x) = logSoftmax(x)": (x) => log(softmax(x)),
  "ln Σ eˣ = logSumExp(x)": (x) => log(sum(exp(x), { axis: -1 })),
  "eˣ / Σ eˣ = softmax(x)": (x) => divide(exp(x), sum(exp(x), { axis: -1, keepDims: true })),
  "x - logSumExp(x) = logSoftmax(x)": (x) => subtract(x, log(sum(exp(x), { axis: 1, keepDims: true }))),
  "-Σ p · logSoftmax(x) = softmaxCrossEntropyWithLogits(x, p), for a softmax p": (x, y) =>
    neg(sum(multiply(softmax(y), logSoftmax(x)), { axis: -1 })),
  "ln σ(x) = -sigmoidCrossEntropyWithLogits(x, 1)": (x) => log(sigmoid(x)),
  "ln (1 - σ(x)) = -sigmoidCrossEntropyWithLogits(x, 0)": (x) => log(subtract(one, sigmoid(x))),
  "ln (1 + eˣ) = sigmoidCrossEntropyWithLogits(x, 0)": (x) => log(add(one, exp(x))),
};

test("every rule has an example, and a name of its own", () => {
  expect(Object.keys(written).sort()).toEqual(stable.map(({ name }) => name).sort());
});

test.each(Object.keys(written))("%s leaves ordinary numbers as they are", (name) => {
  const arrays = [ramp([2, 3]), ramp([2, 3], 3)];
  const inputs = inputsFor(arrays);
  const [x, y] = inputs.map((node) => tensorOf<Rows>(node)) as [Rows, Rows];
  const before = nodeOf(written[name]!(x, y));
  const after = stabilize.run(makeGraph("f", { after: before }, [], new Map())).outputs.after!;
  expect(after).not.toBe(before);
  const results = callReference(computationFor(inputs, { before, after }), arrays);
  expectClose(results.after!, results.before!, 1e-5, name);
});

test("stabilize", () => {
  const x = input(["batch", 10]);
  const z = subtract(x, log(sum(exp(x), { axis: 1, keepDims: true })));
  const graph = makeGraph("before", { y: nodeOf(z) }, [], new Map<Node, string>([[nodeOf(x), "x"]]));
  expect(`${graph}\n${{ ...stabilize.run(graph), name: "after" }}`).toMatchInlineSnapshot(`
    "graph before {
      %x: float32[batch, 10] = input
      %1: float32[batch, 10] = exp(%x)
      %2: float32[batch, 1] = sum(%1) axes=[1] keepDims=true
      %3: float32[batch, 1] = log(%2)
      %4: float32[batch, 10] = subtract(%x, %3)
      return y = %4
    }
    graph after {
      %x: float32[batch, 10] = input
      %1: float32[batch, 10] = logSoftmax(%x)
      return y = %1
    }"
  `);
});

test("what is divided by, or less, the sums of columns is no softmax of rows", () => {
  const [x, row] = [nodeOf(input([3, 3])), nodeOf(input([3]))];
  const powers = b.op("exp", [x]);
  const over = (axis: number, keepDims: boolean) => ({ axes: [axis], keepDims });
  const kept = [
    // Along the last axis the sums of rows are broadcast as if they were of columns.
    b.op("divide", [powers, b.op("sum", [powers], over(1, false))]),
    b.op("divide", [powers, b.op("sum", [powers], over(0, true))]),
    b.op("subtract", [x, b.op("logSumExp", [x], over(1, false))]),
    b.op("subtract", [x, b.op("logSumExp", [x], over(0, true))]),
    // One row of labels for all rows of logits.
    b.op("neg", [b.op("sum", [b.op("multiply", [b.op("softmax", [row]), b.op("logSoftmax", [x])])], over(1, false))]),
  ];
  for (const node of kept) {
    const graph = makeGraph("kept", { node }, [], new Map());
    expect(stabilize.run(graph).outputs.node!.op).toBe(node.op);
  }
});

test("labels that need not sum to 1 are left alone: the gradient of the cross-entropy would be another", () => {
  const y = nodeOf(neg(sum(multiply(input(["batch", 10]), logSoftmax(input(["batch", 10]))), { axis: -1 })));
  expect(stabilize.run(makeGraph("f", { y }, [], new Map())).outputs.y).toBe(y);
});

/** Logits at which e^x is infinite, or 0, in float32. */
const extreme = [
  [1000, -1000, 0],
  [-1000, -1000, -1000],
];

/** Functions of the extreme logits: their values, and the gradients of the sums of these. */
const functions: Readonly<Record<string, [f: (x: Rows) => Tensor<any>, values: number[], slopes: number[]]>> = {
  "log(softmax(x))": [
    (x) => log(softmax(x)),
    [0, -2000, -1000, ...Array(3).fill(-Math.log(3))],
    // 1 - 3 · softmax(x)
    [-2, 1, 1, 0, 0, 0],
  ],
  "log(sum(exp(x)))": [
    (x) => log(sum(exp(x), { axis: 1 })),
    [1000, Math.log(3) - 1000],
    [1, 0, 0, 1 / 3, 1 / 3, 1 / 3],
  ],
  "logSumExp(x)": [(x) => logSumExp(x, { axis: 1 }), [1000, Math.log(3) - 1000], [1, 0, 0, 1 / 3, 1 / 3, 1 / 3]],
  "logSumExp(x), over all": [(x) => logSumExp(x), [1000], [1, 0, 0, 0, 0, 0]],
  "log(sigmoid(x))": [(x) => log(sigmoid(x)), [0, -1000, -Math.LN2, -1000, -1000, -1000], [0, 1, 0.5, 1, 1, 1]],
  "log(1 - sigmoid(x))": [
    (x) => log(subtract(one, sigmoid(x))),
    [-1000, 0, -Math.LN2, 0, 0, 0],
    [-1, 0, -0.5, 0, 0, 0],
  ],
  "log(1 + exp(x))": [(x) => log(add(one, exp(x))), [1000, 0, Math.LN2, 0, 0, 0], [1, 0, 0.5, 0, 0, 0]],
};

/** Losses from probabilities: of the extreme logits, with a target that is as wrong as can be. */
const losses: Readonly<
  Record<
    string,
    [loss: Loss<any>, p: (x: Rows) => Tensor<any>, target: Tensor<any, any>, values: number[], slopes: number[]]
  >
> = {
  sparseCategoricalCrossentropy: [
    sparseCategoricalCrossentropy(),
    softmax,
    constant([1, 0], "int32"),
    [2000, Math.log(3)],
    [1, -1, 0, -2 / 3, 1 / 3, 1 / 3],
  ],
  categoricalCrossentropy: [
    categoricalCrossentropy(),
    softmax,
    constant([
      [0, 1, 0],
      [0, 0.5, 0.5],
    ]),
    [2000, Math.log(3)],
    [1, -1, 0, 1 / 3, -1 / 6, -1 / 6],
  ],
  binaryCrossentropy: [
    binaryCrossentropy(),
    sigmoid,
    constant([
      [0, 1, 1],
      [0, 0.5, 1],
    ]),
    [1000, 1000, Math.LN2, 0, 500, 1000],
    [1, -1, -0.5, 0, -0.5, -1],
  ],
};

describe.each(testedBackends)("extreme logits on %s", (backend) => {
  async function expectExact(f: (x: Rows) => Tensor<any>, values: number[], slopes: number[]) {
    const build = ({ x }: { x: Rows }) => {
      const y = f(x);
      return { y, dx: gradients(sum(y) as Tensor<[]>, { x }).x };
    };
    const opened = await openFunction({ x: input([2, 3]) }, build, { backend });
    const { y, dx } = await opened({ x: extreme });
    const expectNear = (actual: Float32Array, wanted: number[]) => {
      expect(actual.length).toBe(wanted.length);
      wanted.forEach((value, i) => {
        expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
      });
    };
    expectNear(y.data as Float32Array, values);
    expectNear(dx.data as Float32Array, slopes);
    opened.dispose();
  }

  test.each(Object.entries(functions))("%s and its gradient are exact", async (_, [f, values, slopes]) => {
    await expectExact(f, values, slopes);
  });

  test.each(Object.entries(losses))(
    "%s from probabilities, and its gradient",
    async (_, [loss, p, target, ...wanted]) => {
      await expectExact((x) => tensorOf(loss.values(nodeOf(p(x)), nodeOf(target))), ...wanted);
    },
  );
});

/** Functions of x = 1000, 0 whose parts overflow, and their slopes. */
const slopes: Readonly<Record<string, [f: (x: Tensor<[2]>) => Tensor<any>, wanted: [number, number]]>> = {
  "log(sum(exp(x)))": [(x) => log(sum(exp(x))), [1, 0]],
  "log(1 + exp(x))": [(x) => sum(log(add(one, exp(x)))), [1, 0.5]],
  "log(1 - sigmoid(x))": [(x) => sum(log(subtract(one, sigmoid(x)))), [-1, -0.5]],
  "log(softmax(x))": [(x) => sum(log(softmax(x))), [-1, 1]],
};

describe.each([...testedBackends, "reference" as const])("every kind of derivative is stable on %s", (backend) => {
  test.each(Object.entries(slopes))("of %s", async (_, [f, wanted]) => {
    const build = ({ x }: { x: Tensor<[2]> }) => {
      const y = f(x) as Tensor<[]>;
      return {
        gradients: gradients(y, { x }).x,
        vjp: vjp(y, x, one),
        jvp: jvp(y, x, constant([1, 1])),
        jacobian: jacobian(y, x),
        curvature: hessianVectorProduct(y, x, constant([1, 0])),
      };
    };
    const opened = await openFunction({ x: input([2]) }, build, { backend });
    const found = await opened({ x: [1000, 0] });
    for (const kind of ["gradients", "vjp", "jacobian"] as const) expect([...found[kind].data], kind).toEqual(wanted);
    expect(found.jvp.data[0]).toBe(wanted[0] + wanted[1]);
    expect(found.curvature.data[0]).toBeCloseTo(0, 6);
    opened.dispose();
  });

  test.each(Object.entries(slopes))("of %s, by a tape", async (_, [f, wanted]) => {
    using tf = await eager({ backend });
    using tape = tf.gradientTape();
    const x = constant([1000, 0]);
    expect([...tf.value(tape.gradient(f(x), x)).data]).toEqual(wanted);
  });
});

test("a gradient with respect to a probability is of the probability, and no pass looks behind it", async () => {
  const build = ({ x }: { x: Rows }) => {
    const p = softmax(x);
    return { dp: gradients(sum(log(p)), { p }).p };
  };
  const opened = await openFunction({ x: input([2, 3]) }, build, { backend: "reference" });
  const { dp } = await opened({
    x: [
      [0, 0, 0],
      [0, 0, Math.log(2)],
    ],
  });
  for (const [i, slope] of [3, 3, 3, 4, 4, 2].entries()) expect(dp.data[i]).toBeCloseTo(slope, 5);
  opened.dispose();
});
