import { tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Ranked, Shape } from "../types/dim.js";
import { erfinv } from "./erfinv.js";
import { multiply } from "./multiply.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import type { Any } from "./shared/composite.js";
import { errorFunction } from "./shared/errorFunction.js";
import { type Key, keyOf } from "./shared/key.js";
import { uniform } from "./shared/uniform.js";
import { subtract } from "./subtract.js";

/**
 * Numbers of the normal distribution with mean 0 and standard deviation 1, of which none is further than 2 from 0, that depend on the
 * key alone: the same on every backend, but for roundings, and in every run. They are what the distribution has at uniform places.
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param shape sizes, or names of sizes that an input has
 * @returns the shape, float32
 * @throws SW_VALUE when a size is none, SW_SHAPE when the key is none
 * @example
 * const noise = randomTruncatedNormal(randomKey(0), ["batch", 3]); // Tensor<["batch", 3], "float32">
 */
export function randomTruncatedNormal<const S extends Shape>(
  key: Key,
  shape: S & CheckDims<"randomTruncatedNormal", S, "none">,
): Tensor<Ranked<S>> {
  keyOf("randomTruncatedNormal", key);
  refuse("SW_VALUE", "randomTruncatedNormal", checkDims("randomTruncatedNormal", shape, "none"));
  return calling("randomTruncatedNormal", () => {
    const u: Any = tensorOf(uniform("randomTruncatedNormal", key, shape));
    // From -1 to 1, as far as the error function gets within two standard deviations.
    const places = multiply(subtract(multiply(u, 2), 1), errorFunction(Math.SQRT2));
    return multiply(erfinv(places), Math.SQRT2) as Tensor<any>;
  });
}
