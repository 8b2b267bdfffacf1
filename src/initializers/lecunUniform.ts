import type { Initializer } from "./initializer.js";
import { scaledVariance, uniform } from "./scaled-variance.js";

/**
 * Numbers drawn evenly from ±√(3 / fan in).
 * Source: LeCun et al., "Efficient BackProp" (1998).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], lecunUniform());
 */
export function lecunUniform(): Initializer {
  return {
    name: "lecunUniform",
    expression: "lecunUniform()",
    sample: scaledVariance(1, "fanIn", uniform),
  };
}
