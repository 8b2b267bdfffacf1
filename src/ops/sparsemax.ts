import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { CheckDefaultAxis, CheckGivenAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { add } from "./add.js";
import { places } from "./arange.js";
import { cast } from "./cast.js";
import { cumsum } from "./cumsum.js";
import { divide } from "./divide.js";
import { greater } from "./greater.js";
import { multiply } from "./multiply.js";
import { neg } from "./neg.js";
import { relu } from "./relu.js";
import { select } from "./select.js";
import { type Any, taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { fromLastAxis, toLastAxis } from "./shared/moved-axis.js";
import type { OrMessage } from "./shared/orMessage.js";
import { smallestFirst } from "./shared/smallestFirst.js";
import { subtract } from "./subtract.js";
import { sum } from "./sum.js";

/**
 * The probabilities along an axis that are nearest to the numbers there: as softmax's they sum to 1, but small ones are 0
 * (Martins and Astudillo, "From softmax to sparsemax", 2016).
 *
 * @param x rank 1 or more; float32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when the axis is out of range
 * @example
 * const y = sparsemax(input(["batch", 10])); // Tensor<["batch", 10], "float32">
 */
export function sparsemax<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"sparsemax", D, "float32">, CheckDefaultAxis<"sparsemax", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"sparsemax", S, A>>,
): Tensor<S, D> {
  const given = taken("sparsemax", x, "float32");
  return calling("sparsemax", () => {
    // Of the opposites the smallest come first, as numbers the other way round: x itself, the largest first.
    const { along, values } = smallestFirst("sparsemax", neg(given), axis as number | undefined);
    const row: Any = tensorOf(toLastAxis(nodeOf(given), along));
    const ordered: Any = tensorOf(values);
    // The first k numbers have a share where 1 + k · the k-th of them is above their sum.
    const ranks = add(cast(tensorOf<Any>(places(values.shape.at(-1)!)), "float32"), 1);
    const shares: Tensor<any, "bool"> = greater(add(multiply(ordered, ranks), 1), cumsum(ordered, -1));
    const total: Any = sum(select(shares, ordered, 0), { axis: -1, keepDims: true });
    const count: Any = sum(cast(shares, "float32") as Any, { axis: -1, keepDims: true });
    const least = divide(subtract(total, 1), count);
    return tensorOf(fromLastAxis(nodeOf(relu(subtract(row, least) as Any)), along));
  });
}
