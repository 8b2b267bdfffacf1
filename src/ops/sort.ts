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
import { reversed } from "./shared/reversed.js";
import { smallestFirst } from "./shared/smallestFirst.js";

/**
 * The elements along an axis in order, the smallest first. NaN has no place in this order.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the same shape
 * @throws SW_VALUE when the axis is out of range
 * @example
 * const ordered = sort(input(["batch", 10])); // Tensor<["batch", 10], "float32">
 */
export function sort<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"sort", D, "float32" | "int32">, CheckDefaultAxis<"sort", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"sort", S, A>>,
): Tensor<S, D> {
  return calling("sort", () => {
    const { along, values } = smallestFirst("sort", x, axis as number | undefined);
    return tensorOf(fromLastAxis(reversed(values), along));
  });
}
