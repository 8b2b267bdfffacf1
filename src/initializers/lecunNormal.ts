import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Normal with variance 1 / fan in, cut off at two standard deviations as in Keras: for kernels before a selu.
 * Source: LeCun et al., "Efficient BackProp" (1998).
 *
 * @example
 * dense(input(["batch", 784]), { units: 64, activation: selu, kernelInitializer: lecunNormal() });
 */
export function lecunNormal(): Initializer {
  return scaledVariance("lecunNormal", "lecunNormal()", { scale: 1, mode: "fanIn", distribution: "truncatedNormal" });
}
