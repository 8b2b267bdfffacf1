import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Numbers drawn evenly from ±√(6 / (fan in + fan out)): Keras's default for kernels.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], glorotUniform());
 */
export function glorotUniform(): Initializer {
  return scaledVariance("glorotUniform", "glorotUniform()", { scale: 1, mode: "fanAvg", distribution: "uniform" });
}
