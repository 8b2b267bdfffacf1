import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type DimAt, type InsertAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { movedAxis } from "./shared/moved-axis.js";
import type { OrMessage } from "./shared/orMessage.js";

/** The shape with an axis in another place. */
export type MoveAxis<S extends Shape, A extends number, B extends number> = InsertAxis<
  RemoveAxes<S, A>,
  B,
  DimAt<S, A>
>;

/**
 * The same elements with one axis in another place; the others keep their order.
 *
 * @param x any dtype
 * @param source the axis that moves; negative ones count from the end
 * @param destination where it stands in the result
 * @throws SW_VALUE when there is no such axis
 * @example
 * const channelsFirst = moveAxis(input(["batch", 28, 28, 3]), -1, 1); // Tensor<["batch", 3, 28, 28], "float32">
 */
export function moveAxis<const S extends Shape, D extends DType, const A extends number, const B extends number>(
  x: Tensor<S, D>,
  source: OrMessage<A, CheckAxis<"moveAxis", S, A>>,
  destination: OrMessage<B, CheckAxis<"moveAxis", S, B>>,
): Tensor<MoveAxis<S, A, B>, D> {
  const node = nodeOf(x, "moveAxis");
  const [from, to] = [source as number, destination as number];
  checkOption("moveAxis", "source", from, required(axisRule));
  checkOption("moveAxis", "destination", to, required(axisRule));
  refuse("SW_VALUE", "moveAxis", checkAxis("moveAxis", node.shape, from) ?? checkAxis("moveAxis", node.shape, to));
  return tensorOf(
    calling("moveAxis", () => movedAxis(node, normalizeAxis(node.shape, from), normalizeAxis(node.shape, to))),
  );
}
