import { add } from "./add.js";
import { divide } from "./divide.js";
import { multiply } from "./multiply.js";
import { relu6 } from "./relu6.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The hard sigmoid linear unit, also called hard swish: x times the hard sigmoid of x (Howard et al., "Searching for MobileNetV3",
 * 2019).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = hardSilu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const hardSilu: UnaryFunction<"hardSilu"> = /* @__PURE__ */ composite("hardSilu", (x) =>
  multiply(x, divide(relu6(add(x, 3)), 6)),
);
