import type { Tensor } from "../../ir/tensor.js";
import { minimum } from "../minimum.js";
import { multiply } from "../multiply.js";
import { rsqrt } from "../rsqrt.js";
import { square } from "../square.js";
import { sum } from "../sum.js";

/** x / max(√Σx², ε), as Keras writes it: with the root's reciprocal. */
export function unitLength(x: Tensor<any>, axis: number | readonly number[], epsilon = 1e-7): Tensor<any> {
  const squares: Tensor<any> = sum(square(x), { axis, keepDims: true } as { axis: number; keepDims: true });
  return multiply(x, minimum(rsqrt(squares), 1 / epsilon));
}
