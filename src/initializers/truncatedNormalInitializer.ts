import type { Initializer } from "./initializer.js";
import { type NormalOptions, normalNumbers } from "./normal-numbers.js";
import { drawTruncated } from "./truncated-normal.js";

/**
 * Normal with a mean and a standard deviation, which are Keras's unless said otherwise; numbers two deviations away from the mean or
 * more are drawn again.
 *
 * @throws SW_VALUE when the mean is no number, or the deviation none from 0
 * @example
 * const table = variable("table", [1000, 64], truncatedNormalInitializer({ stddev: 0.02 }));
 */
export function truncatedNormalInitializer<const N extends number = number>(
  options: NormalOptions<"truncatedNormalInitializer", N> = {},
): Initializer {
  return normalNumbers("truncatedNormal", options, drawTruncated);
}
