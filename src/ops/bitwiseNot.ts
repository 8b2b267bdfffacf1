import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { taken } from "./shared/composite.js";
import { opFunction } from "./shared/opFunction.js";
import type { UnaryFunction } from "./shared/unary.js";
import { subtract } from "./subtract.js";

/**
 * The bits that an integer has not, -1 - x, for every element. NumPy calls it `invert`, too.
 *
 * @param x any shape; int32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not int32
 * @example
 * const y = bitwiseNot(input(["batch"], "int32")); // Tensor<["batch"], "int32">
 */
export const bitwiseNot: UnaryFunction<"bitwiseNot", "int32"> = /* @__PURE__ */ opFunction("bitwiseNot", ["x"], (x) =>
  tensorOf(nodeOf(calling("bitwiseNot", () => subtract(-1, taken("bitwiseNot", x, "int32"))))),
);
