import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { resultsOf } from "./result.js";
import { decomposed } from "./shared/linear/lu.js";
import { matricesOf, stacked, turned } from "./shared/linear/matrices.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { resultsOnHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The sign of the determinant, and the logarithm of its absolute value. */
    slogdet: Record<never, never>;
  }
}

const reference: ResultsOpDefinition<"slogdet">["reference"] = ([x], { shape }) => {
  const n = x!.shape.at(-1)!;
  const found = matricesOf(x!).map((matrix) => {
    const { factors, sign } = decomposed(matrix, n);
    const pivots = Array.from({ length: n }, (_, k) => factors[k * n + k]!);
    return {
      sign: pivots.reduce((product, pivot) => product * Math.sign(pivot), sign),
      log: pivots.reduce((sum, pivot) => sum + Math.log(Math.abs(pivot)), 0),
    };
  });
  const of = (part: "sign" | "log") =>
    stacked(
      found.map((one) => [one[part]]),
      shape,
    );
  return [of("sign"), of("log")];
};

export const slogdetOp: ResultsOpDefinition<"slogdet"> = {
  name: "slogdet",
  several: true,
  words: { results: ["sign", "log_determinant"] },
  infer([x]) {
    refuseUnlessSquare("slogdet", x!);
    const shape = x!.shape.slice(0, -2);
    return [
      { shape, dtype: "float32" },
      { shape, dtype: "float32" },
    ];
  },
  gradient({ b, inputs: [x], dys: [, dy], node }) {
    // d ln|X| = dy · X⁻ᵀ (Giles, 2008). The sign does not change by a little.
    if (!dy) return [undefined];
    const scale = b.op("reshape", [dy], { shape: [...node.shape, 1, 1] });
    return [b.op("multiply", [scale, turned(b, b.op("inverse", [x!]))])];
  },
  tensorflow(t, [x]) {
    const sign = t.op("LogMatrixDeterminant", [x!], { T: { type: "float32" } }, 2);
    return [sign, t.output(sign, 1)];
  },
  tfjs: resultsOnHost(reference),
  reference,
  flops: ({ inputs: [x] }) => Math.round((2 / 3) * elementCount(x!) * x!.at(-1)!),
};

export const slogdetSamples: Samples<"slogdet"> = () =>
  plainSamples(
    [array(new Float32Array([0.5, 2, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3])],
    [array(new Float32Array([1, 3, -2, 4]), [2, 2])],
    [array(new Float32Array([2, -0.5]), [2, 1, 1])],
  );

/**
 * The signs of determinants, and the logarithms of their absolute values: what neither overflows nor underflows. Of singular matrices
 * 0 and -∞, as `numpy.linalg.slogdet` has them.
 *
 * @param x [..., n, n], float32
 * @returns both as [...]
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32; where gradients are taken, SW_DATA when a matrix is
 *   singular
 * @see M. Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008
 * @example
 * const [signs, logarithms] = slogdet(input(["batch", 3, 3])); // each Tensor<["batch"], "float32">
 */
export function slogdet<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"slogdet", S, D>,
): [sign: Tensor<RemoveAxes<S, [-1, -2]>>, logarithm: Tensor<RemoveAxes<S, [-1, -2]>>] {
  const [sign, logarithm] = resultsOf(makeNode(slogdetOp, [nodeOf(x, "slogdet")], {}));
  return [tensorOf(sign!), tensorOf(logarithm!)];
}
