import { array } from "../ir/array.js";
import type { Builder } from "../ir/builder.js";
import type { Node } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { besselI1, bounded } from "./shared/bessel.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    i1: Record<never, never>;
  }
}

export const i1Op = /* @__PURE__ */ defineUnary<"i1">({
  name: "i1",
  tensorflow: "BesselI1",
  tfjs: onHost,
  scalar: bounded(besselI1),
  gradient({ b, dy, inputs: [x] }) {
    // d I₁(x) = dy · (I₀(x) - I₁(x) / x), and dy · I₀(x) where that is infinite, as I₁(x) is then, too
    const i0 = b.op("i0", [x!]);
    const isSmall = b.op("less", [b.op("abs", [x!]), b.scalar(1)]);
    const isHuge = b.op("equal", [i0, b.scalar(Number.POSITIVE_INFINITY)]);
    // Of 1 where it is not chosen: there its own slopes are finite, of which 0 is taken.
    const plain = b.op("select", [b.op("logicalOr", [isSmall, isHuge]), b.scalar(1), x!]);
    const quotient = b.op("divide", [b.op("i1", [plain]), plain]);
    const away = b.op("select", [isHuge, b.scalar(0), quotient]);
    const near = byX(b, b.op("select", [isSmall, x!, b.scalar(0)]));
    const slope = b.op("subtract", [i0, b.op("select", [isSmall, near, away])]);
    return [b.op("multiply", [dy, slope])];
  },
});

/**
 * I₁(x) / x for |x| < 1: 1/2 · Σ (x²/4)ᵏ / (k! · (k + 1)!), of terms down to 2e-15, so that its own derivatives are as exact at 0, where 0 / 0
 * has none.
 */
function byX(b: Builder, x: Node): Node {
  const quarter = b.op("multiply", [b.op("square", [x]), b.scalar(0.25)]);
  const sum = [7, 6, 5, 4, 3, 2, 1].reduce<Node>((rest, k) => {
    const term = b.op("multiply", [quarter, b.scalar(1 / (k * (k + 1)))]);
    return b.op("add", [b.op("multiply", [term, rest]), b.scalar(1)]);
  }, b.scalar(1));
  return b.op("multiply", [sum, b.scalar(0.5)]);
}

export const i1Samples: Samples<"i1"> = () => plainSamples([array(new Float32Array([-2, 0.25, 0.5, 3]), [2, 2])]);

/**
 * The modified Bessel function of the first kind of order 1, I₁(x) = x/2 · Σ (x/2)²ᵏ / (k! · (k + 1)!), element by element: the
 * derivative of `i0`. NaN of infinities. Native TensorFlow's is infinite a little early, from 88.5 on, where others are from 91.9 on.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = i1(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const i1: UnaryFunction<"i1"> = /* @__PURE__ */ unaryFunction<"i1">(i1Op);
