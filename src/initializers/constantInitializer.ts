import { elementCount } from "../ir/array.js";
import type { Initializer } from "./initializer.js";

/**
 * Every element `value`.
 *
 * @example
 * const scale = variable("scale", [10], constantInitializer(0.1));
 */
export function constantInitializer(value: number): Initializer {
  return {
    name: `constant(${value})`,
    expression: `constantInitializer(${value})`,
    sample: (shape) => new Float32Array(elementCount(shape)).fill(value),
  };
}
