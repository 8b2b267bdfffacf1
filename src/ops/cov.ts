import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckNatural } from "../ir/option-checks.js";
import { checkOptions, natural } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt, ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { builder as b } from "./builder.js";
import { productsOfDeviations } from "./shared/covariances.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckMatrix, checkMatrix } from "./shared/triangle.js";

/** Options of `cov`. */
export interface CovOptions<N extends number = number> {
  /** What is taken from the number of observations, by which sums are divided: 1 makes the estimate true on average. @default 1 */
  readonly ddof?: N & CheckNatural<"cov", "ddof", N>;
}

/**
 * How variables vary together: the covariance of each with each, Σ (x − mean) · (y − mean) / (observations − ddof). The rule is that of
 * `numpy.cov`, of batches of matrices, too.
 *
 * @param x [..., variables, observations], float32
 * @param options `ddof` (1)
 * @returns [..., variables, variables]
 * @throws SW_SHAPE when x has less than two axes, SW_DTYPE when it is not float32, SW_VALUE when ddof is no integer from 0
 * @example
 * const together = cov(input([5, "batch"])); // Tensor<[5, 5], "float32">
 */
export function cov<const S extends Shape, D extends DType, const N extends number = 1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"cov", D, "float32">, CheckMatrix<"cov", S>>,
  options: CovOptions<N> = {},
): Tensor<ReplaceAxis<S, -1, DimAt<S, -2>>, D> {
  const node = nodeOf(x, "cov");
  refuse("SW_DTYPE", "cov", checkDType("cov", node.dtype, ["float32"]));
  refuse("SW_SHAPE", "cov", checkMatrix("cov", node.shape));
  checkOptions<CovOptions>("cov", options, { ddof: natural });
  return calling("cov", () => {
    const count = b.op("subtract", [b.size(node.shape.slice(-1)), b.scalar(options.ddof ?? 1)]);
    // As NumPy has it: of fewer observations than that, all is infinite, or NaN, and not negative.
    return tensorOf(b.op("divide", [productsOfDeviations(node), b.op("maximum", [count, b.scalar(0)])]));
  });
}
