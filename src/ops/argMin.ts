import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckDefaultAxis, type CheckGivenAxis, checkAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { RemoveAxes } from "../types/reduce.js";
import { argMaxOp } from "./argMax.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { reversed } from "./shared/reversed.js";

/**
 * Where along an axis the smallest element stands; of equal ones the first. A NaN is passed over, as in TensorFlow.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the shape without that axis, int32
 * @throws SW_VALUE when the axis is out of range; SW_SHAPE when it has no elements, known when the program runs
 * @example
 * const nearest = argMin(input(["batch", 10])); // Tensor<["batch"], "int32">
 */
export function argMin<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"argMin", D, "float32" | "int32">, CheckDefaultAxis<"argMin", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"argMin", S, A>>,
): Tensor<RemoveAxes<S, A>, "int32"> {
  const node = nodeOf(x, "argMin");
  const given = (axis === undefined ? -1 : axis) as number;
  checkOption("argMin", "axis", given, axisRule);
  refuse("SW_DTYPE", "argMin", checkDType("argMin", node.dtype, ["float32", "int32"]));
  refuse("SW_VALUE", "argMin", checkAxis("argMin", node.shape, given));
  return tensorOf(
    calling("argMin", () => makeNode(argMaxOp, [reversed(node)], { axis: normalizeAxis(node.shape, given) })),
  );
}
