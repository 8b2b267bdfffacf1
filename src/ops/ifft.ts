import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { transformed } from "./fft.js";
import { type CheckImaginary, type CheckReal, partsOf } from "./shared/complex.js";

/**
 * The inverse of `fft` along the last axis: xⱼ = 1/n · Σₖ Xₖ · e^(2πi·jk/n).
 *
 * @param x the real and the imaginary parts, of one shape of rank 1 or more; float32
 * @returns the real and the imaginary parts, of the same shape
 * @throws SW_SHAPE when the parts differ in shape, SW_VALUE when they are scalars, SW_DTYPE when they are not float32
 * @example
 * const frequencies = fft([input(["batch", 64]), input(["batch", 64])]);
 * const [real, imaginary] = ifft(frequencies); // each Tensor<["batch", 64], "float32">
 */
export function ifft<const S extends Shape, D extends DType, const I extends Shape, E extends DType>(
  x: readonly [real: Tensor<S, D> & CheckReal<"ifft", S, D>, imaginary: Tensor<I, E> & CheckImaginary<"ifft", S, I, E>],
): [real: Tensor<S>, imaginary: Tensor<S>] {
  return calling("ifft", () => {
    const [re, im] = transformed(partsOf("ifft", x), true);
    return [tensorOf(re!), tensorOf(im!)];
  });
}
