import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkAxis } from "../types/axis.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { minimum } from "./minimum.js";
import { oneHot } from "./oneHot.js";
import { sum } from "./sum.js";

/**
 * Sets of integers as rows with a 1 for each of them, and zeros elsewhere. One that is out of range is left out.
 *
 * @param indices [..., k], int32: the members of each set, in any order
 * @param numClasses the length of a row: one more than the largest index
 * @returns [..., numClasses], float32
 * @throws SW_VALUE when indices is a scalar, or numClasses is no positive integer; SW_DTYPE when indices is not int32
 * @example
 * const genres = multiHot(input(["batch", 3], "int32"), 20); // Tensor<["batch", 20], "float32">
 */
export function multiHot<const B extends Shape, K extends Dim, D extends DType, const N extends number>(
  indices: Tensor<[...B, K], D> & CheckDType<"multiHot", D, "int32">,
  numClasses: N & CheckCount<"multiHot", "numClasses", N>,
): Tensor<Batched<B, [N], D>> {
  const { shape, dtype } = nodeOf(indices, "multiHot");
  checkOption("multiHot", "numClasses", numClasses, required(count));
  refuse("SW_DTYPE", "multiHot", checkDType("multiHot", dtype, ["int32"]));
  refuse("SW_VALUE", "multiHot", checkAxis("multiHot", shape, -1));
  // Not the largest of each class: of no members, that is -Infinity.
  return calling("multiHot", () => {
    const counts: Tensor<any> = sum(oneHot(indices as Tensor<any, "int32">, numClasses), { axis: -2 });
    return minimum(counts, 1);
  });
}
