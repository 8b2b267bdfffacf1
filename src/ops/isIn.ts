import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../types/dtype.js";
import { productOf } from "../types/product.js";
import { any } from "./any.js";
import { equalOp } from "./equal.js";
import { reshapeOp } from "./reshape.js";

/**
 * Whether each element is among others: the rule is that of `numpy.isin`.
 *
 * @param x any shape, float32 or int32
 * @param testElements any shape, the same dtype: not many, since each is compared with all of x
 * @returns x's shape, bool
 * @throws SW_DTYPE when the dtypes differ, or are bool
 * @example
 * const isStop = isIn(input(["batch", "time"], "int32"), constant([0, 2], "int32")); // Tensor<["batch", "time"], "bool">
 */
export function isIn<const S extends Shape, D extends DType, const T extends Shape, E extends DType>(
  x: Tensor<S, D> & CheckDType<"isIn", D, "float32" | "int32">,
  testElements: Tensor<T, E> & CheckSameDType<"isIn", D, E>,
): Tensor<S, "bool"> {
  const [node, among] = [nodeOf(x, "isIn"), nodeOf(testElements, "isIn")];
  refuse("SW_DTYPE", "isIn", checkDType("isIn", node.dtype, ["float32", "int32"]));
  refuse("SW_DTYPE", "isIn", checkSameDType("isIn", node.dtype, among.dtype));
  return calling("isIn", () => {
    const column = makeNode(reshapeOp, [node], { shape: [...node.shape, 1] });
    const vector = makeNode(reshapeOp, [among], { shape: [productOf(among.shape)] });
    const same = makeNode(equalOp, [column, vector], {});
    return tensorOf(nodeOf(any(tensorOf(same) as Tensor<any, "bool">, { axis: -1 })));
  });
}
