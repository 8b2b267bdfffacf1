import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt, ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { clip } from "./clip.js";
import { diagonal } from "./diagonal.js";
import { divide } from "./divide.js";
import { expandDims } from "./expandDims.js";
import type { Any } from "./shared/composite.js";
import { productsOfDeviations } from "./shared/covariances.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckMatrix, checkMatrix } from "./shared/triangle.js";
import { sqrt } from "./sqrt.js";

/**
 * How much variables go along with each other, whatever their scales: Pearson's correlation of each with each, from −1 to 1. Of one that does not
 * vary, it is NaN. The rule is that of `numpy.corrcoef`, of batches of matrices, too.
 *
 * @param x [..., variables, observations], float32
 * @returns [..., variables, variables]
 * @throws SW_SHAPE when x has less than two axes, SW_DTYPE when it is not float32
 * @example
 * const together = corrcoef(input([5, "batch"])); // Tensor<[5, 5], "float32">
 */
export function corrcoef<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"corrcoef", D, "float32">, CheckMatrix<"corrcoef", S>>,
): Tensor<ReplaceAxis<S, -1, DimAt<S, -2>>, D> {
  const node = nodeOf(x, "corrcoef");
  refuse("SW_DTYPE", "corrcoef", checkDType("corrcoef", node.dtype, ["float32"]));
  refuse("SW_SHAPE", "corrcoef", checkMatrix("corrcoef", node.shape));
  return calling("corrcoef", () => {
    const together: Any = tensorOf(productsOfDeviations(node));
    const spread: Any = sqrt(diagonal(together, 0, -2, -1) as Any);
    const relative: Any = divide(divide(together, expandDims(spread, -1) as Any), expandDims(spread, -2) as Any);
    return tensorOf(nodeOf(clip(relative, -1, 1)));
  });
}
