import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { checkOptions, flag, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type Matrix, matricesOf, stacked, symmetric, triangles, turned } from "./shared/linear/matrices.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { symmetricIn } from "./shared/linear/tensorflow.js";
import { movedAxis } from "./shared/moved-axis.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The lower triangle L with L · Lᵀ = (x + xᵀ)/2. */
    cholesky: Record<never, never>;
  }
}

/** L of one matrix; NaN where there is none. */
function factor(a: Matrix, n: number): Matrix {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = (a[i * n + j]! + a[j * n + i]!) / 2;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      // As in TensorFlow, a NaN is handed on: only what comes after it is NaN.
      if (i === j && sum <= 0) return l.map((_, at) => (at % n <= Math.floor(at / n) ? Number.NaN : 0));
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]!;
    }
  }
  return l;
}

const reference: ValueOpDefinition<"cholesky">["reference"] = ([x]) =>
  stacked(
    matricesOf(x!).map((matrix) => factor(matrix, x!.shape.at(-1)!)),
    x!.shape,
  );

export const choleskyOp: ValueOpDefinition<"cholesky"> = {
  name: "cholesky",
  words: { noun: "triangle" },
  infer([x]) {
    refuseUnlessSquare("cholesky", x!);
    return { shape: x!.shape, dtype: "float32" };
  },
  gradient({ b, dy, node }) {
    // dA = (S + Sᵀ)/2 with S = L⁻ᵀ · Φ(Lᵀ · dL) · L⁻¹, where Φ is the lower triangle with half of its diagonal (Murray, 2016).
    const middle = b.op("multiply", [
      b.op("matmul", [node, dy], { transposeA: true }),
      triangles(b, node.shape.at(-1)!, 1, 0.5, 0),
    ]);
    const solve = (x: typeof node | typeof dy) => b.op("triangularSolve", [node, x], { lower: true, transpose: true });
    return [symmetric(b, solve(turned(b, solve(middle))))];
  },
  tensorflow(t, [x], { shape }) {
    const T = { type: "float32" } as const;
    const whole = t.op("Cholesky", [symmetricIn(t, x!, shape.length)], { T });
    // Where there is no triangle, TensorFlow leaves the upper half as its memory was.
    const [all, none] = [t.constant(-1, "int32"), t.constant(0, "int32")];
    return t.op("MatrixBandPart", [whole, all, none], { T, Tindex: { type: "int32" } });
  },
  ...onHost<"cholesky">(reference),
  reference,
  flops: ({ shape }) => Math.round((elementCount(shape) * shape.at(-1)!) / 3),
};

export const choleskySamples: Samples<"cholesky"> = () =>
  plainSamples(
    [array(new Float32Array([4, 1, 1, 3]), [2, 2])],
    [array(new Float32Array([2, 0.5, -0.5, 0.3, 3, 1, -0.7, 1, 2.5]), [1, 3, 3])],
    [array(new Float32Array([1.5, 4]), [2, 1, 1])],
  );

/** Options of `cholesky`. */
export interface CholeskyOptions {
  /** Whether the upper triangle Lᵀ is given. @default false */
  readonly upper?: boolean;
}

const rules: OptionRules<CholeskyOptions> = { upper: flag };

/**
 * The lower triangle L with L · Lᵀ = x, of symmetric positive definite matrices. Of others, (x + xᵀ)/2 is taken, so that the gradient is
 * symmetric; where that is not positive definite, L is NaN; beside a NaN, what is left and above of it is still known.
 *
 * @param x [..., n, n], float32
 * @param options `upper` (false): Lᵀ instead
 * @returns the same shape
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32
 * @see I. Murray, Differentiation of the Cholesky decomposition, 2016
 * @example
 * const L = cholesky(input(["batch", 3, 3])); // Tensor<["batch", 3, 3], "float32">
 */
export function cholesky<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"cholesky", S, D>,
  options: CholeskyOptions = {},
): Tensor<S> {
  const node = nodeOf(x, "cholesky");
  checkOptions("cholesky", options, rules);
  return calling("cholesky", () => {
    const lower = makeNode(choleskyOp, [node], {});
    return tensorOf(options.upper ? movedAxis(lower, node.rank - 1, node.rank - 2) : lower);
  });
}
