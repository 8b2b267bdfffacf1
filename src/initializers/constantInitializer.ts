import { elementCount } from "../ir/array.js";
import { checkOption, float32, required } from "../ir/options.js";
import type { Initializer } from "./initializer.js";

/**
 * Every element `value`.
 *
 * @param value a number of float32
 * @throws SW_VALUE when it is none
 * @example
 * const scale = variable("scale", [10], constantInitializer(0.1));
 */
export function constantInitializer(value: number): Initializer {
  checkOption("constantInitializer", "value", value, required(float32));
  return {
    name: `constant(${value})`,
    expression: `constantInitializer(${value})`,
    sample: (shape) => {
      const zeros = new Float32Array(elementCount(shape));
      return Object.is(Math.fround(value), 0) ? zeros : zeros.fill(value);
    },
  };
}
