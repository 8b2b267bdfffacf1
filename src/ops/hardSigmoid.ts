import { add } from "./add.js";
import { divide } from "./divide.js";
import { relu6 } from "./relu6.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The hard sigmoid: 0 up to -3, 1 from 3 on, x / 6 + ½ between (Howard et al., "Searching for MobileNetV3", 2019).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = hardSigmoid(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const hardSigmoid: UnaryFunction<"hardSigmoid"> = /* @__PURE__ */ composite("hardSigmoid", (x) =>
  divide(relu6(add(x, 3)), 6),
);
