import type { CheckInteger } from "../ir/option-checks.js";
import { checkOption, integer, required } from "../ir/options.js";
import { constant } from "./constant.js";
import type { Key } from "./shared/key.js";

/**
 * A key to draw random numbers with. `foldIn` makes others of it.
 *
 * @param seed an integer
 * @returns int32 [2]
 * @throws SW_VALUE when the seed is no integer
 * @example
 * const noise = randomNormal(randomKey(0), [3, 4]); // Tensor<[3, 4], "float32">
 */
export function randomKey<const N extends number>(seed: N & CheckInteger<"randomKey", "seed", N>): Key {
  checkOption("randomKey", "seed", seed, required(integer));
  // The two halves of an integer of up to 53 bits.
  return constant([Math.floor(seed / 2 ** 32) | 0, seed | 0], "int32");
}
