import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { mean } from "../ops/mean.js";
import { multiply } from "../ops/multiply.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";

/** (x - mean) / √(variance + ε) along axes. The root's reciprocal is taken once for each mean, and no element is divided. */
export function normalized(x: Tensor<any>, epsilon: number, axis: readonly number[]): Tensor<any> {
  const along = { axis, keepDims: true } as { axis: readonly [-1]; keepDims: true };
  const centred: Tensor<any> = subtract(x, mean(x, along));
  const variance: Tensor<any> = mean(square(centred), along);
  return multiply(centred, divide(1, sqrt(add(variance, epsilon))));
}
