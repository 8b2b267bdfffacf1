import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckNewAxis, checkNewAxis, type InsertAxis, insertAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { reshapeOp } from "./reshape.js";
import type { OrMessage } from "./shared/orMessage.js";

/**
 * The same elements with one axis more, of size 1.
 *
 * @param x any shape and dtype
 * @param axis where the new axis stands in the result; negative ones count from the result's end
 * @throws SW_VALUE when there is no such place
 * @example
 * const x = input(["batch", "time"]);
 * expandDims(x, -1); // Tensor<["batch", "time", 1], "float32">
 * expandDims(x, 1);  // Tensor<["batch", 1, "time"], "float32">
 */
export function expandDims<const S extends Shape, D extends DType, const A extends number>(
  x: Tensor<S, D>,
  axis: OrMessage<A, CheckNewAxis<"expandDims", S, A>>,
): Tensor<InsertAxis<S, A>, D> {
  const node = nodeOf(x, "expandDims");
  const place = axis as number;
  checkOption("expandDims", "axis", place, required(axisRule));
  refuse("SW_VALUE", "expandDims", checkNewAxis("expandDims", node.shape, place));
  return tensorOf(calling("expandDims", () => makeNode(reshapeOp, [node], { shape: insertAxis(node.shape, place) })));
}
