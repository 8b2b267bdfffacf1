import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { type CheckSameShape, inferDense } from "./softmaxCrossEntropyWithLogits.js";

declare module "../ir/node.js" {
  interface OpTable {
    sigmoidCrossEntropyWithLogits: Record<never, never>;
  }
}

const name = "sigmoidCrossEntropyWithLogits";

export const sigmoidCrossEntropyWithLogitsOp: ValueOpDefinition<typeof name> = {
  name,
  words: { noun: "losses", formula: ([x, y]) => `-${y} · ln σ(${x}) - (1 - ${y}) · ln(1 - σ(${x}))` },
  traits: ["keepsFinite"],
  infer([logits, labels]) {
    inferDense(name, [logits!, labels!]);
    return logits!;
  },
  gradient({ b, inputs: [logits, labels], dy }) {
    // d logits = dy · (σ(x) - z) = dy · ((1 - z) · σ(x) - z · σ(-x)), as σ(x) beside 1 has no digits left for large x;
    // d labels = -dy · x. An op of its own, because the stable form has a kink at 0.
    const yes = b.op("multiply", [labels!, b.op("sigmoid", [b.op("neg", [logits!])])]);
    const no = b.op("multiply", [b.op("subtract", [b.scalar(1), labels!]), b.op("sigmoid", [logits!])]);
    return [b.op("multiply", [dy, b.op("subtract", [no, yes])]), b.op("neg", [b.op("multiply", [dy, logits!])])];
  },
  tensorflow(t, [x, z]) {
    // max(x, 0) - x·z + ln(1 + e^-|x|)
    const T = { type: "float32" } as const;
    const op = (kernel: string, ...inputs: (typeof x)[]) => t.op(kernel, inputs as NonNullable<typeof x>[], { T });
    const tail = op("Log1p", op("Exp", op("Neg", op("Abs", x))));
    return op("AddV2", op("Sub", op("Relu", x), op("Mul", x, z)), tail);
  },
  tfjs(k, [x, z]) {
    const small = k.run("Exp", { x: k.run("Neg", { x: k.run("Abs", { x: x! }) }) });
    const tail = k.run("Log1p", { x: small });
    const head = k.run("Sub", { a: k.run("Relu", { x: x! }), b: k.run("Multiply", { a: x!, b: z! }) });
    return k.run("Add", { a: head, b: tail });
  },
  reference([x, z], { shape }) {
    const softplus = (v: number) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    return generate(shape, "float32", (i) => softplus(x!.data[i]!) - x!.data[i]! * z!.data[i]!);
  },
  // Max(x, 0) - x · z + ln(1 + e^-|x|): eight functions of one or two numbers.
  flops: flopsPerElement(8),
};

export const sigmoidCrossEntropyWithLogitsSamples: Samples<"sigmoidCrossEntropyWithLogits"> = () => [
  { inputs: [ramp([2, 3]), generate([2, 3], "float32", (i) => i % 2)], attributes: {} },
  { inputs: [ramp([4], 2), ramp([4], 5)], attributes: {} },
];

/**
 * The cross-entropy of yes-or-no questions, -labels · ln σ(logits) - (1 - labels) · ln(1 - σ(logits)), element by element, without overflow.
 *
 * @param logits any shape, float32
 * @param labels the same shape, float32, from 0 to 1
 * @returns the same shape, float32
 * @throws SW_SHAPE when the labels have another shape; SW_DTYPE when either is not float32
 * @example
 * const loss = mean(sigmoidCrossEntropyWithLogits(input(["batch", 1]), input(["batch", 1])));
 */
export function sigmoidCrossEntropyWithLogits<
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
>(
  logits: Tensor<A, D> & CheckDType<typeof name, D, "float32">,
  labels: Tensor<B, E> & FirstMessage<CheckDType<typeof name, E, "float32">, CheckSameShape<typeof name, A, B>>,
): Tensor<A> {
  return tensorOf(makeNode(sigmoidCrossEntropyWithLogitsOp, [nodeOf(logits, name), nodeOf(labels, name)], {}));
}
