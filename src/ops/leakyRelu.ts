import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { aNumber, checkOption } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { flopsPerElement } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    leakyRelu: { readonly alpha: number };
  }
}

export const leakyReluOp: ValueOpDefinition<"leakyRelu"> = {
  name: "leakyRelu",
  traits: ["keepsFinite"],
  infer([x], { alpha }) {
    refuse("SW_DTYPE", "leakyRelu", checkDType("leakyRelu", x!.dtype, ["float32"]));
    // Below 0, the output would be positive where the input is not; above 1, kernels differ.
    const fits = alpha >= 0 && alpha <= 1;
    refuse("SW_VALUE", "leakyRelu", fits ? undefined : `leakyRelu: alpha ${alpha} is not between 0 and 1`);
    return x!;
  },
  // d = dy where the output is positive, else alpha · dy, read from the output
  gradient: ({ b, dy, node }) => [b.op("leakyReluGradient", [dy, node], node.attributes)],
  tensorflow: (t, [x], { attributes: { alpha } }) =>
    t.op("LeakyRelu", [x!], { T: { type: "float32" }, alpha: { float: alpha } }),
  tfjs: (k, [x], { attributes: { alpha } }) => k.run("LeakyRelu", { x: x! }, { alpha }),
  reference: ([x], { attributes: { alpha }, shape }) =>
    generate(shape, "float32", (i) => (x!.data[i]! > 0 ? x!.data[i]! : alpha * x!.data[i]!)),
  flops: flopsPerElement(1),
};

export const leakyReluSamples: Samples<"leakyRelu"> = () =>
  [0.2, 0].map((alpha) => ({ inputs: [array(new Float32Array([-2, 1, 3, -0.5]), [2, 2])], attributes: { alpha } }));

/**
 * The leaky rectifier: x where it is positive, else alpha · x, element by element (Maas et al., "Rectifier nonlinearities
 * improve neural network acoustic models", 2013).
 *
 * @param x any shape; float32
 * @param alpha the slope below 0, from 0 to 1: 0.2
 * @returns the same shape and dtype
 * @throws SW_VALUE when alpha is out of range
 * @example
 * const y = leakyRelu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function leakyRelu<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"leakyRelu", D, "float32">,
  alpha = 0.2,
): Tensor<S, D> {
  checkOption("leakyRelu", "alpha", alpha, aNumber);
  return tensorOf(makeNode(leakyReluOp, [nodeOf(x, "leakyRelu")], { alpha }));
}
