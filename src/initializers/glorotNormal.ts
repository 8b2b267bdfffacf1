import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Normal with variance 2 / (fan in + fan out), cut off at two standard deviations as in Keras.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], glorotNormal());
 */
export function glorotNormal(): Initializer {
  return scaledVariance("glorotNormal", "glorotNormal()", {
    scale: 1,
    mode: "fanAvg",
    distribution: "truncatedNormal",
  });
}
