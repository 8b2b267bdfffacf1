import { constantInitializer } from "./constantInitializer.js";
import type { Initializer } from "./initializer.js";

/**
 * Every element 0.
 *
 * @example
 * const bias = variable("bias", [10], zeros());
 */
export const zeros = (): Initializer => constantInitializer(0);
