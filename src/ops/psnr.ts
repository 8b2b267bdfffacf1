import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, positive, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { log10 } from "./log10.js";
import { mean } from "./mean.js";
import { multiply } from "./multiply.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";
import { squaredDifference } from "./squaredDifference.js";
import { subtract } from "./subtract.js";

/**
 * The peak signal-to-noise ratio of two signals, in decibels: 20 · log10(maxVal) - 10 · log10(mean((a - b)²)), the mean over all of them. Of
 * signals that are equal it is infinite.
 *
 * @param a any shape, float32
 * @param b the same shape, float32
 * @param maxVal the largest number that a signal can have, such as 1 or 255
 * @returns a scalar
 * @throws SW_SHAPE when the shapes differ, SW_DTYPE when one is not float32, SW_VALUE when maxVal is not positive
 * @example
 * const [image, restored] = [input(["batch", 28, 28, 1]), input(["batch", 28, 28, 1])];
 * const quality = psnr(image, restored, 1); // Tensor<[], "float32">
 */
export function psnr<const S extends Shape, D extends DType, const T extends Shape, E extends DType>(
  a: Tensor<S, D> & CheckDType<"psnr", D, "float32">,
  b: Tensor<T, E> & FirstMessage<CheckDType<"psnr", E, "float32">, CheckSameShape<"psnr", S, T>>,
  maxVal: number,
): Tensor<[]> {
  const [x, y] = [nodeOf(a, "psnr"), nodeOf(b, "psnr")];
  for (const { dtype } of [x, y]) refuse("SW_DTYPE", "psnr", checkDType("psnr", dtype, ["float32"]));
  refuse("SW_SHAPE", "psnr", checkSameShape("psnr", x.shape, y.shape));
  checkOption("psnr", "maxVal", maxVal, required(positive));
  return calling("psnr", () => {
    const error = mean(squaredDifference(tensorOf(x) as Any, tensorOf(y) as Any) as Any) as Tensor<[]>;
    return subtract(20 * Math.log10(maxVal), multiply(log10(error), 10));
  });
}
