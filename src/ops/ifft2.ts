import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckImaginary } from "./shared/complex.js";
import { type CheckRealMatrix, transformedTwice } from "./shared/fourier2.js";

/**
 * The inverse of `fft2`: the Fourier transform back along the last two axes.
 *
 * @param x the real and the imaginary parts, of one shape [..., height, width]; float32
 * @returns the real and the imaginary parts of the same shape
 * @throws SW_SHAPE when the parts differ in shape or have less than two axes, SW_DTYPE when they are not float32
 * @example
 * const [real, imaginary] = ifft2([input(["batch", 8, 8]), input(["batch", 8, 8])]); // each Tensor<["batch", 8, 8], "float32">
 */
export function ifft2<const S extends Shape, D extends DType, const I extends Shape, E extends DType>(
  x: readonly [
    real: Tensor<S, D> & CheckRealMatrix<"ifft2", S, D>,
    imaginary: Tensor<I, E> & CheckImaginary<"ifft2", S, I, E>,
  ],
): [real: Tensor<S>, imaginary: Tensor<S>] {
  return calling("ifft2", () => {
    const [re, im] = transformedTwice("ifft2", x, true);
    return [tensorOf(re!), tensorOf(im!)];
  });
}
