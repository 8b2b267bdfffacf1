import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckImaginary } from "./shared/complex.js";
import { type CheckRealMatrix, transformedTwice } from "./shared/fourier2.js";

/**
 * The discrete Fourier transform along the last two axes, as of images.
 *
 * @param x the real and the imaginary parts, of one shape [..., height, width]; float32
 * @returns the real and the imaginary parts of the frequencies, of the same shape
 * @throws SW_SHAPE when the parts differ in shape or have less than two axes, SW_DTYPE when they are not float32
 * @example
 * const [real, imaginary] = fft2([input(["batch", 8, 8]), input(["batch", 8, 8])]); // each Tensor<["batch", 8, 8], "float32">
 */
export function fft2<const S extends Shape, D extends DType, const I extends Shape, E extends DType>(
  x: readonly [
    real: Tensor<S, D> & CheckRealMatrix<"fft2", S, D>,
    imaginary: Tensor<I, E> & CheckImaginary<"fft2", S, I, E>,
  ],
): [real: Tensor<S>, imaginary: Tensor<S>] {
  return calling("fft2", () => {
    const [re, im] = transformedTwice("fft2", x, false);
    return [tensorOf(re!), tensorOf(im!)];
  });
}
