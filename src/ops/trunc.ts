import { ceil } from "./ceil.js";
import { floor } from "./floor.js";
import { less } from "./less.js";
import { select } from "./select.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * Every element without its fraction: the nearest integer that is not further from 0.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = trunc(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const trunc: UnaryFunction<"trunc"> = /* @__PURE__ */ composite("trunc", (x) =>
  select(less(x, 0), ceil(x), floor(x)),
);
