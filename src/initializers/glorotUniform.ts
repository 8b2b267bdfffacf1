import type { Initializer } from "./initializer.js";
import { scaledVariance, uniform } from "./scaled-variance.js";

/**
 * Numbers drawn evenly from ±√(6 / (fan in + fan out)): Keras's default for kernels.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], glorotUniform());
 */
export function glorotUniform(): Initializer {
  return {
    name: "glorotUniform",
    expression: "glorotUniform()",
    sample: scaledVariance(1, "fanAvg", uniform),
  };
}
