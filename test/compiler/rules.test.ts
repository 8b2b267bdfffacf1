import { describe, expect, test } from "vitest";
import { rules } from "../../compiler/passes/simplify.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { scattered } from "../../src/ops/shared/windows/scattered.js";
import { sameShape } from "../../src/types/same-shape.js";
import { expectClose } from "../support/close.js";
import { callReference, computationFor, inputsFor } from "../support/computation.js";

/** Where arithmetic goes wrong, if anywhere: x and y meet in every combination that matters. */
const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e38, -1e38, 1e-38, 3.7, -2.2];
const x = array(Float32Array.from(special), [3, 4]);
const y = array(Float32Array.from([...special].reverse()), [3, 4]);
const images = [scattered([1, 4, 4, 1]), scattered([1, 2, 2, 1])];

const scalar = (value: number) => b.scalar(value);
const shaped = (op: "reshape" | "broadcastTo", node: Node, ...shape: number[]) => b.op(op, [node], { shape });
const turned = (node: Node, ...permutation: number[]) => b.op("transpose", [node], { permutation });

/** For every rule, nodes that it is to rewrite. */
const examples: Readonly<Record<string, (x: Node, y: Node) => readonly Node[]>> = {
  "c + x = x + c, c · x = x · c, c = x is x = c: constants stand on the right": (x) => [
    b.op("add", [scalar(2), x]),
    b.op("multiply", [b.constant(generate([4], "float32", (i) => i - 1)), x]),
    b.op("equal", [scalar(1), x]),
  ],
  "x / 2ⁿ = x · 2⁻ⁿ": (x) => [b.op("divide", [x, scalar(8)]), b.op("divide", [x, scalar(-0.25)])],
  "(x + a) + b = x + (a + b), for a and b of one sign, with an a + b that is not rounded": (x) => [
    b.op("add", [b.op("add", [x, scalar(2)]), scalar(0.5)]),
    b.op("add", [b.op("add", [x, scalar(-2)]), scalar(-5)]),
  ],
  "(x · a) · b = x · (a · b), for a and b both from -1 to 1, or neither": (x) => [
    b.op("multiply", [b.op("multiply", [x, scalar(0.5)]), scalar(-0.3)]),
    b.op("multiply", [b.op("multiply", [x, scalar(3)]), scalar(10)]),
  ],
  "-(x · a) = x · -a": (x) => [b.op("neg", [b.op("multiply", [x, scalar(3)])])],
  "-x · a = x · -a": (x) => [b.op("multiply", [b.op("neg", [x]), scalar(3)])],
  "x + -0 = x - 0 = x, and x + 0 = x of integers": (x) => [
    b.op("add", [x, scalar(-0)]),
    b.op("subtract", [x, scalar(0)]),
    b.op("add", [b.op("cast", [x], { dtype: "int32" }), b.scalar(0, "int32")]),
  ],
  "x · 1 = x, x / 1 = x": (x) => [b.op("multiply", [x, scalar(1)]), b.op("divide", [x, scalar(1)])],
  "x · -1 = -x": (x) => [b.op("multiply", [x, scalar(-1)])],
  "x · x = square(x)": (x) => [b.op("multiply", [x, x])],
  "x¹ = x, x² = square(x)": (x) => [b.op("pow", [x, scalar(1)]), b.op("pow", [x, scalar(2)])],
  "-(-x) = x": (x) => [b.op("neg", [b.op("neg", [x])])],
  "x + -y = x - y, -y + x = x - y": (x, y) => [b.op("add", [x, b.op("neg", [y])]), b.op("add", [b.op("neg", [y]), x])],
  "x - -y = x + y": (x, y) => [b.op("subtract", [x, b.op("neg", [y])])],
  "-x · -y = x · y, -x / -y = x / y": (x, y) => [
    b.op("multiply", [b.op("neg", [x]), b.op("neg", [y])]),
    b.op("divide", [b.op("neg", [x]), b.op("neg", [y])]),
  ],
  "(-x)² = |x|² = x², |-x| = |x|": (x) => [
    b.op("square", [b.op("neg", [x])]),
    b.op("square", [b.op("abs", [x])]),
    b.op("abs", [b.op("neg", [x])]),
  ],
  "|x| = relu(x) = x, for what is not below 0": (x) => [
    b.op("abs", [b.op("exp", [x])]),
    b.op("relu", [b.op("abs", [x])]),
    b.op("relu", [b.op("relu", [x])]),
    b.op("abs", [b.op("softmax", [x])]),
  ],
  "max(x, x) = min(x, x) = x": (x) => [b.op("maximum", [x, x]), b.op("minimum", [x, x])],
  "select(c, x, x) = x": (x, y) => [b.op("select", [b.op("greater", [y, scalar(0)]), x, x])],
  "cast to the same dtype = x": (x) => [b.op("cast", [x], { dtype: "float32" })],
  "cast(cast(bool)) = cast(bool)": (x, y) => [
    b.op("cast", [b.op("cast", [b.op("less", [x, y])], { dtype: "int32" })], { dtype: "float32" }),
  ],
  "isTraining() = false": () => [b.op("isTraining", [], {})],
  "dropout(x) = gaussianNoise(x) = x": (x) => [b.op("dropout", [x], { rate: 0.5 })],
  "reshape to the same shape = x": (x) => [shaped("reshape", x, 3, 4), shaped("broadcastTo", x, 3, 4)],
  "reshape(reshape(x)) = reshape(x), broadcastTo(broadcastTo(x)) = broadcastTo(x)": (x) => [
    shaped("reshape", shaped("reshape", x, 2, 6), 12),
    shaped("broadcastTo", shaped("broadcastTo", x, 2, 3, 4), 5, 2, 3, 4),
  ],
  "a scalar, broadcast and moved = the scalar, broadcast": () => [
    shaped("reshape", shaped("broadcastTo", scalar(3), 3, 4), 12),
    turned(shaped("broadcastTo", scalar(3), 3, 4), 1, 0),
  ],
  "x ∘ broadcastTo(y) = x ∘ y, where x has the result's shape already": (x) => [
    b.op("subtract", [x, shaped("broadcastTo", scalar(3), 3, 4)]),
    b.op("greater", [shaped("broadcastTo", scalar(0), 3, 4), x]),
  ],
  "transpose that leaves every axis in its place = x": (x) => [turned(x, 0, 1)],
  "transpose(transpose(x)) = transpose(x)": (x) => [
    turned(turned(shaped("reshape", x, 3, 2, 2), 1, 2, 0), 1, 0, 2),
    turned(turned(x, 1, 0), 1, 0),
  ],
  "transpose that moves only axes of size 1 = reshape": (x) => [turned(shaped("reshape", x, 3, 1, 4), 1, 0, 2)],
  "stopGradient(x) = x, customGradient(y, …) = y, stateUpdate(x, …) = x": (x) => [
    b.op("stopGradient", [x]),
    b.op("stateUpdate", [x, b.op("exp", [x])], {}),
    b.op("customGradient", [x, b.op("exp", [x])], { rule: (_inputs, _output, dy) => [dy] }),
  ],
  "slice of everything = x": (x) => [b.op("slice", [x], { begin: [0, 0], size: [3, 4] })],
  "pad with nothing = x, concat of one = x": (x) => [
    b.op("pad", [x], {
      value: 0,
      paddings: [
        [0, 0],
        [0, 0],
      ],
    }),
    b.op("concat", [x], { axis: 0 }),
  ],
  "a sum over no axes, or axes of size 1 = reshape": (x) => [
    b.op("sum", [shaped("reshape", x, 3, 1, 4)], { axes: [1], keepDims: false }),
    b.op("max", [shaped("reshape", x, 12, 1)], { axes: [1], keepDims: true }),
    b.op("mean", [x], { axes: [], keepDims: false }),
  ],
};

/** Which elements are -0, and which 0: a quotient by one is infinite another way than by the other. */
function zeros({ data }: NdArray): string[] {
  return Array.from(data, (value) => (Object.is(value, -0) ? "-0" : Number(value) === 0 ? "0" : ""));
}

test("every rule has an example, and a name of its own", () => {
  const ofImages = rules.at(-1)!.name;
  expect([...Object.keys(examples), ofImages].sort()).toEqual(rules.map(({ name }) => name).sort());
});

describe("rules keep NaN, infinities and every other value", () => {
  for (const rule of rules) {
    (examples[rule.name] ?? (() => []))(...(inputsFor([x, y]) as [Node, Node])).forEach((_, i) => {
      test(`${rule.name}, example ${i}`, () => {
        const inputs = inputsFor([x, y]) as [Node, Node];
        const before = examples[rule.name]!(...inputs)[i]!;
        expect(rule.ops).toContain(before.op);
        const after = rule.rewrite(before);
        if (!after) throw new Error("the rule does not see its example");
        expect([sameShape(after.shape, before.shape), after.dtype]).toEqual([true, before.dtype]);
        const results = callReference(computationFor(inputs, { before, after }), [x, y]);
        expectClose(results.after!, results.before!, 1e-6, rule.name);
        if (!rule.name.startsWith("a sum")) expect(zeros(results.after!)).toEqual(zeros(results.before!));
      });
    });
  }
});

test("a sum over images of a pool's gradient is the sum of what it spreads", () => {
  const [x, dy] = inputsFor(images) as [Node, Node];
  const pool = { poolSize: [2, 2], strides: [2, 2], padding: "valid" } as const;
  const spread = b.op("maxPoolGradient", [x, b.op("maxPool", [x], pool), dy], pool);
  const before = b.op("sum", [spread], { axes: [0, 1, 2], keepDims: false });
  const after = rules.at(-1)!.rewrite(before)!;
  expect(after.inputs).toEqual([dy]);
  const results = callReference(computationFor([x, dy], { before, after }), images);
  expectClose(results.after!, results.before!, 1e-6);
});

test("0 is not taken for neutral where it makes 0 of -0", () => {
  const [x] = inputsFor([array(new Float32Array([-0]), [1])]) as [Node];
  const kept = [b.op("add", [x, b.scalar(0)]), b.op("subtract", [x, b.scalar(-0)])];
  for (const node of kept) {
    for (const { ops, rewrite } of rules) if (ops.includes(node.op)) expect(rewrite(node)).toBeUndefined();
  }
});

test("constants are not put together where that could overflow, or lose what they cancel", () => {
  const [x] = inputsFor([array(new Float32Array([1e-30, 1e30]), [2])]) as [Node];
  const kept = [
    b.op("multiply", [b.op("multiply", [x, b.scalar(1e30)]), b.scalar(1e-30)]),
    b.op("multiply", [b.op("multiply", [x, b.scalar(1e30)]), b.scalar(1e30)]),
    b.op("multiply", [b.op("multiply", [x, b.scalar(1e-30)]), b.scalar(1e-15)]),
    b.op("add", [b.op("add", [x, b.scalar(1e8)]), b.scalar(-1e8)]),
    b.op("add", [b.op("add", [x, b.scalar(1e8)]), b.scalar(-5e7)]),
    // Their reciprocals are infinite, and too small to have all their digits.
    b.op("divide", [x, b.scalar(2 ** -130)]),
    b.op("divide", [x, b.scalar(2 ** 127)]),
  ];
  for (const node of kept) {
    const found = rules.filter(({ ops, rewrite }) => ops.includes(node.op) && rewrite(node));
    expect(found.map(({ name }) => name)).toEqual([]);
  }
});
