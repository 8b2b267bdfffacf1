import type { Initializer } from "./initializer.js";
import { scaledVariance } from "./scaled-variance.js";

/**
 * Numbers drawn evenly from ±√(3 / fan in).
 * Source: LeCun et al., "Efficient BackProp" (1998).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], lecunUniform());
 */
export function lecunUniform(): Initializer {
  return scaledVariance("lecunUniform", "lecunUniform()", { scale: 1, mode: "fanIn", distribution: "uniform" });
}
