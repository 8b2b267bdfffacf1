import { elementCount, type NdArray } from "../../../ir/array.js";
import type { TensorflowLowering, TensorRef } from "../../../ir/tensorflow-lowering.js";
import { type Matrix, matricesOf, stacked } from "./matrices.js";

// What has no decomposition, because a number of it is infinite or NaN, has NaN in all of its parts: TensorFlow fails at some of these
// matrices, and gives numbers for others.

const T = { type: "float32" } as const;

/** The parts of each matrix, one tensor for each part. */
export function decomposed(
  x: NdArray,
  shapes: readonly (readonly number[])[],
  decompose: (matrix: Matrix) => readonly ArrayLike<number>[],
): NdArray[] {
  const batch = x.shape.length - 2;
  const nothing = shapes.map((shape) => new Float32Array(elementCount(shape.slice(batch))).fill(Number.NaN));
  const found = matricesOf(x).map((matrix) => (matrix.every(Number.isFinite) ? decompose(matrix) : nothing));
  return shapes.map((shape, part) =>
    stacked(
      found.map((parts) => parts[part]!),
      shape,
    ),
  );
}

/** On TensorFlow: the matrices, with zeros in the place of those that are not finite, and what makes parts of these NaN. */
export function finiteIn(t: TensorflowLowering, x: TensorRef) {
  const finite = t.op("IsFinite", [x], { T });
  const all = (of: TensorRef, axes: readonly number[], keep: boolean) =>
    t.op("All", [of, t.constant(axes, "int32")], { Tidx: { type: "int32" }, keep_dims: { bool: keep } });
  const ofMatrix = all(finite, [-2, -1], true);
  const ofRow = all(all(finite, [-1], false), [-1], true);
  const select = (where: TensorRef, y: TensorRef, other: number) =>
    t.op("SelectV2", [where, y, t.constant(other, "float32")], { T });
  return {
    matrices: select(ofMatrix, x, 0),
    matrix: (part: TensorRef) => select(ofMatrix, part, Number.NaN),
    vector: (part: TensorRef) => select(ofRow, part, Number.NaN),
  };
}
