import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { all } from "./all.js";
import { countNonzero } from "./countNonzero.js";
import { expandDims } from "./expandDims.js";
import { greater } from "./greater.js";
import { isFinite } from "./isFinite.js";
import { less } from "./less.js";
import { logicalAnd } from "./logicalAnd.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";
import { takeAlongAxis } from "./takeAlongAxis.js";

/**
 * Whether fewer than k classes are predicted above the target: of equal predictions, all are among the first. Where a prediction is not
 * finite, nothing is, as TensorFlow's `in_top_k` has it.
 *
 * @param targets [...], int32: classes from 0 to C - 1
 * @param predictions [..., C], float32
 * @param k how many are the first
 * @returns the targets' shape, bool
 * @throws SW_SHAPE when there is not one target for each row of predictions, SW_DTYPE for other dtypes, SW_VALUE when k is no positive integer;
 *   SW_DATA when a target is no class, known when the program runs
 * @example
 * const right = inTopK(input(["batch"], "int32"), input(["batch", 10]), 5); // Tensor<["batch"], "bool">
 */
export function inTopK<
  const T extends Shape,
  E extends DType,
  const B extends Shape,
  C extends Dim,
  D extends DType,
  const K extends number,
>(
  targets: Tensor<T, E> & CheckDType<"inTopK", E, "int32">,
  predictions: Tensor<[...B, C], D> & FirstMessage<CheckDType<"inTopK", D, "float32">, CheckSameShape<"inTopK", T, B>>,
  k: K & CheckCount<"inTopK", "k", K>,
): Tensor<T, "bool"> {
  const [classes, rows] = [nodeOf(targets, "inTopK"), nodeOf(predictions, "inTopK")];
  checkOption("inTopK", "k", k, required(count));
  refuse("SW_DTYPE", "inTopK", checkDType("inTopK", classes.dtype, ["int32"]));
  refuse("SW_DTYPE", "inTopK", checkDType("inTopK", rows.dtype, ["float32"]));
  refuse("SW_VALUE", "inTopK", checkAxis("inTopK", rows.shape, -1));
  refuse("SW_SHAPE", "inTopK", checkSameShape("inTopK", classes.shape, rows.shape.slice(0, -1)));
  return calling("inTopK", () => {
    const given: Any = tensorOf(rows);
    const own: Any = takeAlongAxis(given, expandDims(tensorOf(classes) as Tensor<any, "int32">, -1), -1);
    const above: Tensor<any, "int32"> = countNonzero(greater(given, own), { axis: -1 });
    const isFirst: Tensor<any, "bool"> = less(above, k);
    return tensorOf(nodeOf(logicalAnd(isFirst, all(isFinite(given), { axis: -1 }))));
  });
}
