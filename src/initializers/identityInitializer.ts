import { generate } from "../ir/array.js";
import { refuse } from "../ir/refuse.js";
import { show } from "../types/show.js";
import { type GainOptions, gainOf } from "./gain.js";
import type { Initializer } from "./initializer.js";

const op = "identityInitializer";

/**
 * The identity matrix: 1 along the diagonal, and 0 elsewhere.
 *
 * @throws SW_VALUE when the gain is no number, or, where a variable gets its value, its shape is not that of a matrix
 * @example
 * dense(input(["batch", 64]), { units: 64, kernelInitializer: identityInitializer() });
 */
export function identityInitializer(options: GainOptions = {}): Initializer {
  const gain = gainOf(op, options);
  return {
    name: `identity(${gain})`,
    expression: `${op}({ gain: ${gain} })`,
    sample(shape) {
      const message = `${op}: fills matrices, got ${show(shape)}`;
      refuse("SW_VALUE", op, shape.length === 2 ? undefined : message);
      return generate(shape, "float32", (i) => (i % (shape[1]! + 1) === 0 && i < shape[1]! ** 2 ? gain : 0)).data;
    },
  };
}
