import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckDefaultAxis, type CheckGivenAxis, checkAxis, dimAt } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { argsort } from "./argsort.js";
import { gather } from "./gather.js";
import type { Key } from "./shared/key.js";
import type { OrMessage } from "./shared/orMessage.js";
import { uniform } from "./shared/uniform.js";

/**
 * The parts of a tensor along an axis in random order, which depends on the key alone: the same on every backend, and in every run.
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param x rank 1 or more, any dtype
 * @param axis the first unless said otherwise; negative ones count from the end
 * @returns the same shape and dtype
 * @throws SW_VALUE when the axis is out of range, SW_SHAPE when the key is none
 * @example
 * const shuffled = randomShuffle(randomKey(0), input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function randomShuffle<const S extends Shape, D extends DType, const A extends number = 0>(
  key: Key,
  x: Tensor<S, D> & CheckDefaultAxis<"randomShuffle", S, A, D>,
  axis?: OrMessage<A, CheckGivenAxis<"randomShuffle", S, A>>,
): Tensor<S, D> {
  const { shape } = nodeOf(x, "randomShuffle");
  checkOption("randomShuffle", "axis", axis, axisRule);
  const along = (axis as number | undefined) ?? 0;
  refuse("SW_VALUE", "randomShuffle", checkAxis("randomShuffle", shape, along));
  return calling("randomShuffle", () => {
    const order = argsort(tensorOf<Tensor<any>>(uniform("randomShuffle", key, [dimAt(shape, along)])));
    return tensorOf(nodeOf(gather(x as Tensor<any>, order as Tensor<any, "int32">, along as any)));
  });
}
