import type { TensorflowLowering, TensorRef } from "../../../ir/tensorflow-lowering.js";
import type { Dim } from "../../../types/dim.js";
import type { Matrix } from "./matrices.js";

// An eigenvector may be turned round. Kernels differ in which way it looks; here, of each column the sum Σ vᵢ/√(i + 1) is not negative.

/** The columns that look the other way, as -1 beside 1. */
export function signsOf(columns: Matrix, rows: number, count: number): number[] {
  return Array.from({ length: count }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += columns[i * count + j]! / Math.sqrt(i + 1);
    return sum < 0 ? -1 : 1;
  });
}

/** The same of columns on the last two axes, [..., 1, columns], as TensorFlow computes them. */
export function signsIn(t: TensorflowLowering, columns: TensorRef, rows: Dim): TensorRef {
  const T = { type: "float32" } as const;
  const int32 = { type: "int32" } as const;
  const from = t.op(
    "Range",
    [
      t.constant(1, "int32"),
      t.op("AddV2", [t.size(rows), t.constant(1, "int32")], { T: int32 }),
      t.constant(1, "int32"),
    ],
    { Tidx: int32 },
  );
  const weights = t.op("Rsqrt", [t.op("Cast", [from], { SrcT: int32, DstT: T })], { T });
  const weighted = t.op("Mul", [columns, t.reshape(weights, [rows, 1])], { T });
  const sums = t.op("Sum", [weighted, t.constant([-2], "int32")], { T, Tidx: int32, keep_dims: { bool: true } });
  const negative = t.op("Less", [sums, t.constant(0, "float32")], { T });
  const one = t.op("OnesLike", [sums], { T });
  return t.op("SelectV2", [negative, t.op("Neg", [one], { T }), one], { T });
}
