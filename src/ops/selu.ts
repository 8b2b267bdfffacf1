import { expm1 } from "./expm1.js";
import { less } from "./less.js";
import { minimum } from "./minimum.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/** With these, means of 0 and variances of 1 stay as they are from layer to layer. */
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * The scaled exponential linear unit: 1.0507 · x where x is positive, else 1.7581 · (eˣ - 1), element by element (Klambauer et al.,
 * "Self-normalizing neural networks", 2017).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = selu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const selu: UnaryFunction<"selu"> = /* @__PURE__ */ composite("selu", (x) =>
  select(less(x, 0), multiply(expm1(minimum(x, 0)), scale * alpha), multiply(x, scale)),
);
