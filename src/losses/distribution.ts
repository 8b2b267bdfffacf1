import type { Tensor } from "../ir/tensor.js";
import { divide } from "../ops/divide.js";
import { sum } from "../ops/sum.js";

/** Probabilities along an axis, as parts of their sum: those of sigmoids do not sum to 1 by themselves. */
export function distribution(p: Tensor<any>, axis: number): Tensor<any> {
  return divide(p, sum(p, { axis, keepDims: true }));
}
