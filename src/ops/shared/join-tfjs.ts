import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";

/** Joins tensors along an axis by tfjs's kernel, which takes a list where others have names; and tfjs-node refuses a list of one. */
export function joinedInTfjs(k: KernelRunner, parts: readonly TensorInfo[], axis: number): TensorInfo {
  if (parts.length === 1) return parts[0]!;
  return k.run("Concat", parts as unknown as Record<string, TensorInfo>, { axis });
}
