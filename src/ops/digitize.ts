import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../types/dtype.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import { searchSorted } from "./searchSorted.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/**
 * In which bin each element lies: bin i is from the i-th bound less 1 up to the i-th, which itself is not in it; 0 lies below all bounds.
 *
 * @param x any shape, float32 or int32
 * @param bins the bounds: a vector in ascending order, the same dtype
 * @returns x's shape, int32
 * @throws SW_SHAPE when the bins are no vector, SW_DTYPE when the dtypes differ
 * @example
 * const decade = digitize(input(["batch"]), constant([0, 10, 20])); // Tensor<["batch"], "int32">
 */
export function digitize<const S extends Shape, D extends DType, const N extends Shape, E extends DType>(
  x: Tensor<S, D> & CheckDType<"digitize", D, "float32" | "int32">,
  bins: Tensor<N, E> & FirstMessage<CheckSameDType<"digitize", D, E>, CheckVector<"digitize", N>>,
): Tensor<S, "int32"> {
  const [node, bounds] = [nodeOf(x, "digitize"), nodeOf(bins, "digitize")];
  refuse("SW_DTYPE", "digitize", checkDType("digitize", node.dtype, ["float32", "int32"]));
  refuse("SW_DTYPE", "digitize", checkSameDType("digitize", node.dtype, bounds.dtype));
  refuse("SW_SHAPE", "digitize", checkVector("digitize", bounds.shape));
  return calling("digitize", () => searchSorted(bins as Tensor<any, any>, x as Tensor<S, any>, { side: "right" }));
}
