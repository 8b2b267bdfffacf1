import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type DimAt, normalizeAxis, type ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { OrMessage } from "./shared/orMessage.js";
import { transposeOp } from "./transpose.js";

/** The shape with two axes in each other's place. */
export type SwapAxes<S extends Shape, A extends number, B extends number> = ReplaceAxis<
  ReplaceAxis<S, A, DimAt<S, B>>,
  B,
  DimAt<S, A>
>;

/**
 * The same elements with two axes in each other's place.
 *
 * @param x any dtype
 * @param axis1 negative ones count from the end
 * @param axis2 the other one
 * @throws SW_VALUE when there is no such axis
 * @example
 * const columns = swapAxes(input(["batch", "time", 64]), -1, -2); // Tensor<["batch", 64, "time"], "float32">
 */
export function swapAxes<const S extends Shape, D extends DType, const A extends number, const B extends number>(
  x: Tensor<S, D>,
  axis1: OrMessage<A, CheckAxis<"swapAxes", S, A>>,
  axis2: OrMessage<B, CheckAxis<"swapAxes", S, B>>,
): Tensor<SwapAxes<S, A, B>, D> {
  const node = nodeOf(x, "swapAxes");
  const [a, b] = [axis1 as number, axis2 as number];
  checkOption("swapAxes", "axis1", a, required(axisRule));
  checkOption("swapAxes", "axis2", b, required(axisRule));
  refuse("SW_VALUE", "swapAxes", checkAxis("swapAxes", node.shape, a) ?? checkAxis("swapAxes", node.shape, b));
  const [i, j] = [normalizeAxis(node.shape, a), normalizeAxis(node.shape, b)];
  const permutation = node.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis));
  return tensorOf(calling("swapAxes", () => makeNode(transposeOp, [node], { permutation })));
}
