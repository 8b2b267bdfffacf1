import { add } from "./add.js";
import { greaterEqual } from "./greaterEqual.js";
import { lessEqual } from "./lessEqual.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The sparse sigmoid: 0 up to -1, 1 from 1 on, (x + 1) / 2 between, element by element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sparseSigmoid(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sparseSigmoid: UnaryFunction<"sparseSigmoid"> = /* @__PURE__ */ composite("sparseSigmoid", (x) =>
  select(lessEqual(x, -1), 0, select(greaterEqual(x, 1), 1, multiply(add(x, 1), 0.5))),
);
