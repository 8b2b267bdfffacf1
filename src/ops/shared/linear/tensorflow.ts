import type { TensorflowLowering, TensorRef } from "../../../ir/tensorflow-lowering.js";

const T = { type: "float32" } as const;

/** The last two axes of a tensor of so many the other way round. */
export function turnedIn(t: TensorflowLowering, x: TensorRef, rank: number): TensorRef {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const order = t.constant([...axes.slice(0, -2), rank - 1, rank - 2], "int32");
  return t.op("Transpose", [x, order], { T, Tperm: { type: "int32" } });
}

/** The mean of matrices and their transposes. */
export function symmetricIn(t: TensorflowLowering, x: TensorRef, rank: number): TensorRef {
  return t.op("Mul", [t.op("AddV2", [x, turnedIn(t, x, rank)], { T }), t.constant(0.5, "float32")], { T });
}
