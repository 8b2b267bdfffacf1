import { elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckRate } from "../ir/option-checks.js";
import { checkOptions, rate } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../ir/tensorflow-lowering.js";
import type { DimAt, ReplaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDecomposed, decomposable } from "./shared/linear/decompose-shape.js";
import { decomposed, finiteIn } from "./shared/linear/finite.js";
import { singularOf } from "./shared/linear/jacobi.js";
import { onHost } from "./shared/onHost.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    pinv: PinvOptions;
  }
}

/** Options of `pinv`. */
export interface PinvOptions<R extends number = number> {
  /**
   * Which singular values count as 0: those up to this share of the matrix's largest one. As TensorFlow has it, unless said otherwise.
   * @default 1.2e-6 · the larger of rows and columns
   */
  readonly rcond?: R & CheckRate<"pinv", "rcond", R>;
}

/** What is unsure of a number of float32, ten times: for each row, or column. */
const unsure = 10 * 2 ** -23;

const reference: ValueOpDefinition<"pinv">["reference"] = ([x], { attributes, shape }) => {
  const [rows, columns] = x!.shape.slice(-2) as [number, number];
  const { rcond = unsure * Math.max(rows, columns) } = attributes;
  const [found] = decomposed(x!, [shape], (matrix) => {
    const [u, s, vt] = singularOf(matrix, rows, columns);
    const inverse = s.map((value) => (value > rcond * s[0]! ? 1 / value : 0));
    const at = (i: number, j: number) =>
      inverse.reduce((sum, value, k) => sum + vt[k * columns + i]! * value * u[j * s.length + k]!, 0);
    return [Float64Array.from(matrix, (_, i) => at(Math.floor(i / rows), i % rows))];
  });
  return found!;
};

export const pinvOp: ValueOpDefinition<"pinv"> = {
  name: "pinv",
  words: { formula: ([x]) => `${x}⁺` },
  infer([x]) {
    const { batch, rows, columns } = decomposable("pinv", x!);
    return { shape: [...batch, columns, rows], dtype: "float32" };
  },
  gradient({ b, inputs: [x], dy, node: P }) {
    // As long as the rank stays, P = A⁺: dA = (I - A·P) · dPᵀ · P·Pᵀ + Pᵀ·P · dPᵀ · (I - P·A) - Pᵀ · dP · Pᵀ (Golub and Pereyra, 1973)
    const left = b.op("matmul", [dy, b.op("matmul", [P, P], { transposeB: true })], { transposeA: true });
    const right = b.op("matmul", [b.op("matmul", [P, P], { transposeA: true }), dy], { transposeB: true });
    const across = b.op("subtract", [left, b.op("matmul", [x!, b.op("matmul", [P, left])])]);
    const along = b.op("subtract", [right, b.op("matmul", [b.op("matmul", [right, P]), x!])]);
    const both = b.op("matmul", [b.op("matmul", [P, dy], { transposeA: true }), P], { transposeB: true });
    return [b.op("subtract", [b.op("add", [across, along]), both])];
  },
  tensorflow(t, [x], { attributes, inputs }) {
    const T = { T: { type: "float32" } } as const;
    const finite = finiteIn(t, x!);
    const s = t.op("Svd", [finite.matrices], { ...T, compute_uv: { bool: true }, full_matrices: { bool: false } }, 3);
    const [u, v] = [t.output(s, 1), t.output(s, 2)];
    const { batch, rows, columns, fewer } = decomposable("pinv", inputs[0]!);
    // The largest stands first.
    const largest = t.op("Max", [s, t.constant([-1], "int32")], {
      ...T,
      Tidx: { type: "int32" },
      keep_dims: { bool: true },
    });
    const least = t.op("Mul", [largest, shareOf(t, attributes, rows, columns)], T);
    const isLarge = t.op("Greater", [s, least], T);
    const one = t.constant(1, "float32");
    const inverse = t.op("Div", [one, t.op("SelectV2", [isLarge, s, one], T)], T);
    const kept = t.op("SelectV2", [isLarge, inverse, t.constant(0, "float32")], T);
    const scaled = t.op("Mul", [v, t.reshape(kept, [...batch, 1, fewer])], T);
    const product = t.op("BatchMatMulV2", [scaled, u], { ...T, adj_x: { bool: false }, adj_y: { bool: true } });
    return finite.matrix(product);
  },
  tfjs: onHost<"pinv">(reference).tfjs,
  reference,
  // Golub and Van Loan, of U, s and V; and their product.
  flops: ({ inputs: [x] }) => 22 * elementCount(x!) * Math.min(...x!.slice(-2)),
};

/** The share of the largest singular value up to which others count as 0. */
function shareOf(t: TensorflowLowering, { rcond }: PinvOptions, rows: Dim, columns: Dim): TensorRef {
  if (rcond !== undefined) return t.constant(rcond, "float32");
  if (typeof rows === "number" && typeof columns === "number") {
    return t.constant(unsure * Math.max(rows, columns), "float32");
  }
  const more = t.op("Maximum", [t.size(rows), t.size(columns)], { T: { type: "int32" } });
  const types = { SrcT: { type: "int32" }, DstT: { type: "float32" }, Truncate: { bool: false } } as const;
  return t.op("Mul", [t.op("Cast", [more], types), t.constant(unsure, "float32")], { T: { type: "float32" } });
}

export const pinvSamples: Samples<"pinv"> = () => [
  { inputs: [ramp([3, 2])], attributes: {} },
  { inputs: [ramp([2, 2, 3], 1)], attributes: {} },
  { inputs: [ramp([1, 2, 2], 2)], attributes: { rcond: 1e-5 } },
];

/**
 * Moore and Penrose's inverses, of matrices that need not have one: x⁺ · b is nearest to a solution of x · y = b, and the shortest of those. Of a matrix
 * with an infinite number or NaN in it, all is NaN. The derivatives are those of matrices that keep their rank.
 * Native TensorFlow takes singular values below about 1e-38 of the largest one for 0, whatever `rcond` is.
 *
 * @param x [..., m, n], float32; m and n are numbers, or one name
 * @param options `rcond` (1.2e-6 · the larger of m and n)
 * @returns [..., n, m]
 * @throws SW_SHAPE when x has less than two axes, or it is not known whether rows or columns are fewer; SW_DTYPE when x is not float32; SW_VALUE
 *   when rcond is no number in [0, 1)
 * @see G. Golub and V. Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate, 1973
 * @example
 * const inverses = pinv(input(["batch", 5, 3])); // Tensor<["batch", 3, 5], "float32">
 */
export function pinv<
  const S extends Shape,
  D extends DType,
  const R extends number = number,
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & CheckDecomposed<"pinv", S, D, Now>,
  options: PinvOptions<R> = {},
): Tensor<ReplaceAxis<ReplaceAxis<S, -1, DimAt<S, -2>>, -2, DimAt<S, -1>>> {
  const node = nodeOf(x, "pinv");
  decomposable("pinv", node);
  checkOptions<PinvOptions<R>>("pinv", options, { rcond: rate });
  const { rcond } = options;
  return tensorOf(makeNode(pinvOp, [node], rcond === undefined ? {} : { rcond }));
}
