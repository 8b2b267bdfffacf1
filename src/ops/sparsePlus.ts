import { add } from "./add.js";
import { clip } from "./clip.js";
import { divide } from "./divide.js";
import { less } from "./less.js";
import { lessEqual } from "./lessEqual.js";
import { select } from "./select.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { square } from "./square.js";

/**
 * A rectifier with a smooth bend: 0 up to -1, x from 1 on, (x + 1)² / 4 between, element by element (Keras’s `sparse_plus`).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sparsePlus(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sparsePlus: UnaryFunction<"sparsePlus"> = /* @__PURE__ */ composite("sparsePlus", (x) =>
  // The square is taken of what lies between alone: of a large number, its derivative would be 0 · ∞.
  select(lessEqual(x, -1), 0, select(less(x, 1), divide(square(add(clip(x, -1, 1), 1)), 4), x)),
);
