import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Normal with variance 2 / fan in, cut off at two standard deviations as in Keras: for kernels before a relu.
 * Source: He et al., "Delving deep into rectifiers" (2015).
 *
 * @example
 * dense(input(["batch", 784]), { units: 64, activation: relu, kernelInitializer: heNormal() });
 */
export function heNormal(): Initializer {
  return scaledVariance("heNormal", "heNormal()", { scale: 2, mode: "fanIn", distribution: "truncatedNormal" });
}
