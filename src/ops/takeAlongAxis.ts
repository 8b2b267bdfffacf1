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
import { gatherOp } from "./gather.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckJoin, checkJoin } from "./shared/join.js";
import { fromLastAxis, toLastAxis } from "./shared/moved-axis.js";
import type { OrMessage } from "./shared/orMessage.js";

const name = "takeAlongAxis";

/**
 * Elements of a tensor by their places along an axis, each line of it having places of its own: what `argsort`, `argMax` or `topK` have
 * found.
 *
 * @param x rank 1 or more, any dtype
 * @param indices int32, of x's shape but for the axis, from 0 to the axis's size less 1
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the shape of the indices
 * @throws SW_VALUE when there is no such axis, SW_SHAPE when the shapes differ on another; SW_DATA when an index is out of range, known
 *   when the program runs
 * @example
 * const scores = input(["batch", 10]);
 * const best = takeAlongAxis(scores, input(["batch", 3], "int32")); // Tensor<["batch", 3], "float32">
 */
export function takeAlongAxis<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const A extends number = -1,
>(
  x: Tensor<S, D> & CheckDefaultAxis<typeof name, S, A, D>,
  indices: Tensor<I, E> & FirstMessage<CheckDType<typeof name, E, "int32">, CheckJoin<typeof name, S, I, A>>,
  axis?: OrMessage<A, CheckGivenAxis<typeof name, S, A>>,
): Tensor<I, D> {
  const [node, places] = [nodeOf(x, name), nodeOf(indices, name)];
  const given = (axis === undefined ? -1 : axis) as number;
  checkOption(name, "axis", given, axisRule);
  refuse("SW_VALUE", name, node.rank === 0 ? checkAxis(name, node.shape, given) : undefined);
  refuse("SW_DTYPE", name, checkDType(name, places.dtype, ["int32"]));
  refuse("SW_VALUE", name, checkAxis(name, node.shape, given));
  const along = normalizeAxis(node.shape, given);
  refuse("SW_SHAPE", name, checkJoin(name, node.shape, places.shape, along));
  return calling(name, () => {
    const last = node.shape.length - 1;
    const lines = [toLastAxis(node, along), toLastAxis(places, along)];
    return tensorOf(fromLastAxis(makeNode(gatherOp, lines, { axis: last, batchDims: last }), along));
  });
}
