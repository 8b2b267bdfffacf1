import type { Initializer } from "./initializer.js";
import { type NormalOptions, normalNumbers } from "./normal-numbers.js";

/**
 * Normal with a mean and a standard deviation, which are Keras's unless said otherwise.
 *
 * @throws SW_VALUE when the mean is no number, or the deviation none from 0
 * @example
 * const table = variable("table", [1000, 64], randomNormalInitializer({ stddev: 0.02 }));
 */
export function randomNormalInitializer<const N extends number = number>(
  options: NormalOptions<"randomNormalInitializer", N> = {},
): Initializer {
  return normalNumbers("randomNormal", options, (random) => random.normal());
}
