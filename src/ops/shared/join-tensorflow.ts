import type { DType } from "../../ir/dtype.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";

/** The parts that TensorFlow is given at once: it works the shape of the whole out anew as it learns that of each part. */
const mostParts = 64;

/** Of joins that were written: the axis as it was given, and the parts that TensorFlow may make of them. */
const joins = new WeakMap<TensorRef, { readonly axis: number; readonly parts: number }>();

/**
 * Joins tensors along an axis, which counts from the start.
 *
 * TensorFlow merges a join into a join of which it is a part, where both give the same axis. Where that would make one of too many
 * parts, the axis is given as it counts from the end.
 */
export function joinedInTensorflow(
  t: TensorflowLowering,
  parts: readonly TensorRef[],
  { axis, rank, dtype }: { readonly axis: number; readonly rank: number; readonly dtype: DType },
): TensorRef {
  // TensorFlow refuses a list of one.
  if (parts.length === 1) return parts[0]!;
  if (parts.length > mostParts) {
    const groups = Array.from({ length: Math.ceil(parts.length / mostParts) }, (_, i) =>
      joinedInTensorflow(t, parts.slice(i * mostParts, (i + 1) * mostParts), { axis, rank, dtype }),
    );
    return joinedInTensorflow(t, groups, { axis, rank, dtype });
  }
  const merged = (at: number) =>
    parts.reduce((sum, part) => {
      const join = joins.get(part);
      return sum + (join?.axis === at ? join.parts : 1);
    }, 0);
  const fromEnd = axis - rank;
  const at = merged(axis) > mostParts && merged(fromEnd) < merged(axis) ? fromEnd : axis;
  const join = t.op("ConcatV2", [...parts, t.constant(at, "int32")], {
    N: { int: parts.length },
    T: { type: dtype },
    Tidx: { type: "int32" },
  });
  joins.set(join, { axis: at, parts: merged(at) });
  return join;
}
