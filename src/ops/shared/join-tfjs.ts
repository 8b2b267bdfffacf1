import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";

/** Joins tensors along an axis by tfjs's kernel, which takes a list where others have names; and tfjs-node refuses a list of one. */
export function joinedInTfjs(k: KernelRunner, parts: readonly TensorInfo[], axis: number): TensorInfo {
  if (parts.length === 1) return parts[0]!;
  const { shape: first, dtype } = parts[0]!;
  const shape = first.with(
    axis,
    parts.reduce((size, part) => size + part.shape[axis]!, 0),
  );
  // Of nothing, the kernel makes memory that others take for a typed array.
  if (shape.includes(0)) return k.tensor([], shape, dtype);
  return k.run("Concat", parts as unknown as Record<string, TensorInfo>, { axis });
}
