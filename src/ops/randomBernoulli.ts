import { tensorOf } from "../ir/node.js";
import type { CheckProbability } from "../ir/option-checks.js";
import { checkOption, probability as probabilityRule, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Ranked, Shape } from "../types/dim.js";
import { less } from "./less.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import type { Any } from "./shared/composite.js";
import { type Key, keyOf } from "./shared/key.js";
import { uniform } from "./shared/uniform.js";

/**
 * Truth values that hold with a probability, each for itself, and depend on the key alone: the same on every backend, and in every run.
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param shape sizes, or names of sizes that an input has
 * @param probability of true, from 0 to 1
 * @default probability 0.5
 * @returns the shape, bool
 * @throws SW_VALUE when a size is none, or the probability out of range; SW_SHAPE when the key is none
 * @example
 * const kept = randomBernoulli(randomKey(0), ["batch", 3], 0.9); // Tensor<["batch", 3], "bool">
 */
export function randomBernoulli<const S extends Shape, const P extends number = number>(
  key: Key,
  shape: S & CheckDims<"randomBernoulli", S, "none">,
  probability: P & CheckProbability<"randomBernoulli", "probability", P> = 0.5 as never,
): Tensor<Ranked<S>, "bool"> {
  keyOf("randomBernoulli", key);
  checkOption("randomBernoulli", "probability", probability, required(probabilityRule));
  refuse("SW_VALUE", "randomBernoulli", checkDims("randomBernoulli", shape, "none"));
  return calling("randomBernoulli", () => {
    const u: Any = tensorOf(uniform("randomBernoulli", key, shape));
    return less(u, probability) as Tensor<any, "bool">;
  });
}
