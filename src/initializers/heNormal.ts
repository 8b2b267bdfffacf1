import { generate } from "../ir/array.js";
import { fans, type Initializer } from "./initializer.js";

/** The standard deviation that a unit normal cut off at ±2 is left with. */
const truncatedDeviation = 0.87962566103423978;

/**
 * Normal with variance 2 / fan in, cut off at two standard deviations as in Keras: for kernels before a relu.
 * Source: He et al., "Delving deep into rectifiers" (2015).
 *
 * @example
 * dense(input(["batch", 784]), { units: 64, activation: relu, kernelInitializer: heNormal() });
 */
export function heNormal(): Initializer {
  return {
    name: "heNormal",
    expression: "heNormal()",
    sample(shape, random) {
      const deviation = Math.sqrt(2 / fans(shape).fanIn) / truncatedDeviation;
      const truncated = () => {
        for (;;) {
          const draw = random.normal();
          if (Math.abs(draw) < 2) return draw * deviation;
        }
      };
      return generate(shape, "float32", truncated).data;
    },
  };
}
