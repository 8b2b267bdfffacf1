import { elementCount } from "../../ir/array.js";
import type { SizedNode } from "../../ir/op.js";

/** The FLOPs of an op that only moves numbers. */
export const noFlops = (): number => 0;

/** The FLOPs of an op that takes `each` operations for every element of its result. */
export function flopsPerElement(each: number) {
  return ({ shape }: Pick<SizedNode, "shape">): number => each * elementCount(shape);
}

/** The FLOPs of an op that takes `each` operations for every element of its first input. */
export function flopsPerInputElement(each: number) {
  return ({ inputs: [x] }: Pick<SizedNode, "inputs">): number => each * elementCount(x!);
}
