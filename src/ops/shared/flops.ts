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

/** The FLOPs of a fast Fourier transform of n complex numbers: 5 n log₂ n, as they are counted in the field. */
export function fourierFlops(n: number): number {
  return Math.round(5 * n * Math.log2(Math.max(n, 2)));
}
