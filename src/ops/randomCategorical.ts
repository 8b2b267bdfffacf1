import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { RemoveAxes } from "../types/reduce.js";
import { argMax } from "./argMax.js";
import { log } from "./log.js";
import { neg } from "./neg.js";
import { type Any, taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { Key } from "./shared/key.js";
import { uniform } from "./shared/uniform.js";
import { subtract } from "./subtract.js";

/**
 * A class for each row of logits, drawn with the probability that their softmax gives it. It depends on the key and the logits alone: the
 * same on every backend, but for ties that roundings make, and in every run. A logit of -Infinity is never drawn beside others.
 * Source: the largest of logits with Gumbel noise (Maddison, Tarlow and Minka, "A* sampling", 2014).
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param logits [..., classes], float32
 * @returns the shape without the last axis, int32
 * @throws SW_VALUE when the logits are a scalar, SW_SHAPE when the key is none
 * @example
 * const next = randomCategorical(randomKey(0), input(["batch", 1000])); // Tensor<["batch"], "int32">
 */
export function randomCategorical<const S extends Shape, D extends DType>(
  key: Key,
  logits: Tensor<S, D> &
    FirstMessage<CheckDType<"randomCategorical", D, "float32">, CheckAxis<"randomCategorical", S, -1>>,
): Tensor<RemoveAxes<S, -1>, "int32"> {
  const given: Any = taken("randomCategorical", logits, "float32");
  const { shape } = nodeOf(given);
  refuse("SW_VALUE", "randomCategorical", checkAxis("randomCategorical", shape, -1));
  return calling("randomCategorical", () => {
    const u: Any = tensorOf(uniform("randomCategorical", key, shape));
    return tensorOf(nodeOf(argMax(subtract(given, log(neg(log(u)))) as Any)));
  });
}
