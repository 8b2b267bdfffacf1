import { constantInitializer } from "./constantInitializer.js";
import type { Initializer } from "./initializer.js";

/**
 * Every element 0.
 *
 * @example
 * const bias = variable("bias", [10], zeros());
 */
export function zeros(): Initializer {
  return constantInitializer(0);
}
