import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { checkOption, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { scalarNode } from "./constant.js";
import { lessOp } from "./less.js";
import { multiplyOp } from "./multiply.js";
import { selectOp } from "./select.js";
import { taken } from "./shared/composite.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    elu: Record<never, never>;
  }
}

export const eluOp = defineUnary<"elu">({
  name: "elu",
  traits: ["keepsFinite"],
  tensorflow: "Elu",
  tfjs: "Elu",
  scalar: (x) => (x > 0 ? x : Math.expm1(x)),
  // d = dy where the output y is positive, else dy · eˣ = dy · (y + 1), read from the output
  gradient: ({ b, dy, node }) => [b.op("eluGradient", [dy, node])],
});

export const eluSamples: Samples<"elu"> = () => plainSamples([array(new Float32Array([-3, -0.5, 0.25, 2]), [2, 2])]);

/**
 * The exponential linear unit: x where it is positive, else eˣ - 1, element by element (Clevert et al., "Fast and accurate
 * deep network learning by exponential linear units", 2016).
 *
 * @param x any shape; float32
 * @param alpha what it tends to below 0, with the sign changed: alpha · (eˣ - 1)
 * @default alpha 1
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when alpha is no positive number
 * @example
 * const y = elu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function elu<S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"elu", D, "float32">,
  alpha = 1,
): Tensor<S, D> {
  checkOption("elu", "alpha", alpha, positive);
  const node = nodeOf(taken("elu", x, "float32"));
  return calling("elu", () => {
    const unit = makeNode(eluOp, [node], {});
    if (alpha === 1) return tensorOf(unit);
    const isBelow = makeNode(lessOp, [node, scalarNode(0)], {});
    return tensorOf(makeNode(selectOp, [isBelow, makeNode(multiplyOp, [unit, scalarNode(alpha)], {}), node], {}));
  });
}
