import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { logicalAnd } from "./logicalAnd.js";
import { logicalNot } from "./logicalNot.js";
import { logicalOr } from "./logicalOr.js";
import { checkOperands } from "./shared/binary.js";
import type { LogicalFunction } from "./shared/logical.js";
import { opFunction } from "./shared/opFunction.js";

/**
 * Whether one of the two holds, but not both, element by element, with broadcasting.
 *
 * @param a any shape; bool
 * @param b a shape that broadcasts with a's; bool
 * @returns the broadcast shape, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not bool
 * @example
 * const x = input(["batch", 3]);
 * const differ = logicalXor(greater(x, 0), greater(x, 1)); // Tensor<["batch", 3], "bool">
 */
export const logicalXor: LogicalFunction<"logicalXor"> = /* @__PURE__ */ opFunction(
  "logicalXor",
  ["a", "b"],
  (a, b) => {
    const [first, second] = [nodeOf(a, "logicalXor"), nodeOf(b, "logicalXor")];
    checkOperands("logicalXor", first, second, ["bool"]);
    const [x, y] = [tensorOf<Tensor<any, "bool">>(first), tensorOf<Tensor<any, "bool">>(second)];
    return tensorOf(nodeOf(calling("logicalXor", () => logicalAnd(logicalOr(x, y), logicalNot(logicalAnd(x, y))))));
  },
);
