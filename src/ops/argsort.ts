import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { CheckDefaultAxis, CheckGivenAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { fromLastAxis } from "./shared/moved-axis.js";
import type { OrMessage } from "./shared/orMessage.js";
import { smallestFirst } from "./shared/smallestFirst.js";

/**
 * Where along an axis the elements stand in order, the smallest first; equal ones as they stand. NaN has no place in this order.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the same shape, int32; for `takeAlongAxis` of x, or of others along with it
 * @throws SW_VALUE when the axis is out of range
 * @example
 * const x = input(["batch", 10]);
 * const ordered = takeAlongAxis(x, argsort(x)); // Tensor<["batch", 10], "float32">
 */
export function argsort<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"argsort", D, "float32" | "int32">, CheckDefaultAxis<"argsort", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"argsort", S, A>>,
): Tensor<S, "int32"> {
  return calling("argsort", () => {
    const { along, places } = smallestFirst("argsort", x, axis as number | undefined);
    return tensorOf(fromLastAxis(places, along));
  });
}
