import type { Tensor } from "../../ir/tensor.js";
import { lessEqual } from "../lessEqual.js";
import { multiply } from "../multiply.js";
import { rsqrt } from "../rsqrt.js";
import { select } from "../select.js";
import { square } from "../square.js";
import { sum } from "../sum.js";

/**
 * x / max(√Σx², ε), as Keras writes it: with the root's reciprocal. Of what is shorter than ε the root is not taken: at 0 it has no
 * slope, which would be NaN there.
 */
export function unitLength(x: Tensor<any>, axis: number | readonly number[], epsilon = 1e-7): Tensor<any> {
  const squares: Tensor<any> = sum(square(x), { axis, keepDims: true } as { axis: number; keepDims: true });
  const isShort = lessEqual(squares, epsilon ** 2);
  const reciprocal = select(isShort, 1 / epsilon, rsqrt(select(isShort, 1, squares) as Tensor<any>));
  return multiply(x, reciprocal as Tensor<any>);
}
