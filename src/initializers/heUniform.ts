import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Numbers drawn evenly from ±√(6 / fan in): for kernels before a relu.
 * Source: He et al., "Delving deep into rectifiers" (2015).
 *
 * @example
 * dense(input(["batch", 784]), { units: 64, activation: relu, kernelInitializer: heUniform() });
 */
export function heUniform(): Initializer {
  return scaledVariance("heUniform", "heUniform()", { scale: 2, mode: "fanIn", distribution: "uniform" });
}
