import { nodeOf } from "../ir/node.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import { checkOptions, notNegative, oneOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { abs } from "../ops/abs.js";
import { eye } from "../ops/eye.js";
import { matmul } from "../ops/matmul.js";
import { multiply } from "../ops/multiply.js";
import { called } from "../ops/shared/called.js";
import { unitLength } from "../ops/shared/unitLength.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { show } from "../types/show.js";
import type { Regularizer } from "./regularizer.js";

/** Options of `orthogonalRegularizer`. */
export interface OrthogonalRegularizerOptions<F extends number = number> {
  /** What the mean is multiplied by. @default 0.01 */
  readonly factor?: F & CheckNotNegative<"orthogonalRegularizer", "factor", F>;
  /** What is to be orthogonal to one another: a matrix's `"rows"` or its `"columns"`. @default "rows" */
  readonly mode?: "rows" | "columns";
}

const op = "orthogonalRegularizer";

/**
 * A cost of vectors that are not at right angles: factor times the mean of |u · v| over all pairs of a matrix's rows, or columns, brought to length 1.
 *
 * @throws SW_VALUE when the factor is below 0 or the mode is none; SW_SHAPE when what it is applied to is no matrix
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelRegularizer: orthogonalRegularizer({ mode: "columns" }) });
 */
export function orthogonalRegularizer<const F extends number = number>(
  options: OrthogonalRegularizerOptions<F> = {},
): Regularizer {
  checkOptions(op, options, { factor: notNegative, mode: oneOf(["rows", "columns"]) });
  const { factor = 0.01, mode = "rows" } = options;
  return called(`${op}(${factor}, ${mode})`, (x) => {
    const { shape } = nodeOf(x);
    refuse("SW_SHAPE", op, shape.length === 2 ? undefined : `${op}: takes a matrix, got ${show(shape)}`);
    const rows = mode === "rows";
    const vectors = unitLength(x, rows ? 1 : 0);
    const size = shape[rows ? 0 : 1] as number;
    const products: Tensor<any> = matmul(vectors, vectors, rows ? { transposeB: true } : { transposeA: true });
    const others = sum(abs(multiply(products, subtract(1, eye(size)))) as Tensor<any>);
    // Each pair stands there twice; of one vector alone there is none.
    return multiply(factor / Math.max(1, size * (size - 1)), others);
  });
}
