import { generate } from "../ir/array.js";
import { fans, type Initializer } from "./initializer.js";

/**
 * Uniform in ±√(6 / (fan in + fan out)): Keras's default for kernels.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
 *
 * @example
 * const kernel = variable("kernel", [784, 10], glorotUniform());
 */
export function glorotUniform(): Initializer {
  return {
    name: "glorotUniform",
    expression: "glorotUniform()",
    sample(shape, random) {
      const { fanIn, fanOut } = fans(shape);
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      return generate(shape, "float32", () => (2 * random.uniform() - 1) * limit).data;
    },
  };
}
