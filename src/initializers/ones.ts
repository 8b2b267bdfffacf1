import { constantInitializer } from "./constantInitializer.js";
import type { Initializer } from "./initializer.js";

/**
 * Every element 1.
 *
 * @example
 * const scale = variable("scale", [10], ones());
 */
export function ones(): Initializer {
  return constantInitializer(1);
}
