import type { Builder } from "../ir/builder.js";
import type { Node } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import {
  type CumulativeAttributes,
  type CumulativeFunction,
  cumulativeFunction,
  cumulativeSamples,
  defineCumulative,
} from "./shared/cumulative.js";

declare module "../ir/node.js" {
  interface OpTable {
    cumprod: CumulativeAttributes;
  }
}

export const cumprodOp = /* @__PURE__ */ defineCumulative<"cumprod">({
  name: "cumprod",
  words: { noun: "running_products" },
  kernel: "Cumprod",
  start: 1,
  step: (before, x, dtype) => (dtype === "int32" ? Math.imul(before, x) : before * x),
  gradient({ b, inputs: [x], dy, node: { attributes } }) {
    // dx_i = Σ_{k ≥ i} dy_k · Π_{j ≤ k} x_j / x_i. Beyond the first 0, all products are 0 for all x_i. At the first 0, they are
    // those in which a 1 stands in its place: TensorFlow's gradient is 0 there.
    const [zero, one] = [b.scalar(0), b.scalar(1)];
    const isZero = b.op("equal", [x!, zero]);
    const counted = b.op("cast", [isZero], { dtype: "float32" });
    const zeros = b.op("cumsum", [counted], { ...attributes, exclusive: false });
    const ones = b.op("broadcastTo", [one], { shape: x!.shape });
    const isFirst = b.op("equal", [b.op("multiply", [counted, zeros]), ones]);
    const sums = (factors: Node) => afterwards(b, dy, factors, attributes);
    const quotients = b.op("divide", [sums(x!), b.op("select", [isZero, ones, x!])]);
    const without = b.op("select", [isZero, b.op("broadcastTo", [zero], { shape: x!.shape }), quotients]);
    return [b.op("select", [isFirst, sums(b.op("select", [isFirst, ones, x!])), without])];
  },
});

/** Σ_{k ≥ i} dy_k · Π_{j ≤ k} x_j */
function afterwards(b: Builder, dy: Node, x: Node, attributes: CumulativeAttributes): Node {
  const products = b.op("multiply", [dy, b.op("cumprod", [x], attributes)]);
  return b.op("cumsum", [products], { ...attributes, reverse: !attributes.reverse });
}

export const cumprodSamples: Samples<"cumprod"> = cumulativeSamples;

/**
 * Running products: at each place of an axis, the product of all elements up to there. The gradient at zeros is right, where TensorFlow's
 * is 0; second derivatives there leave out those of elements behind a 0.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis negative ones count from the end
 * @param options `exclusive` (false): an element is not in its own product; `reverse` (false): from the end
 * @returns the same shape
 * @throws SW_VALUE when the axis is out of range, SW_DTYPE for bool
 * @example
 * const discount = cumprod(input(["batch", "time"]), 1, { exclusive: true }); // Tensor<["batch", "time"], "float32">
 */
export const cumprod: CumulativeFunction<"cumprod"> = /* @__PURE__ */ cumulativeFunction(cumprodOp);
