import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { gatherOp } from "./gather.js";
import { reshapeOp } from "./reshape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type AtPlaces, atPlaces, type CheckPlaces, checkPlaces } from "./shared/places-shape.js";
import { placesInRows, rowsOf } from "./shared/placesInRows.js";

/**
 * The parts of a tensor at places that each name an index along several axes, the first ones. Its gradient adds up what is taken several
 * times.
 *
 * @param x any dtype
 * @param indices [..., k], int32: along each of x's first k axes one, from 0 to the axis's size less 1
 * @returns the indices' axes but the last, then x's axes from the k-th on
 * @throws SW_SHAPE when k has a name, or x has fewer axes; SW_DTYPE when the indices are not int32; SW_DATA when one is out of range, known
 *   when the program runs
 * @example
 * const board = input([8, 8, 12]);
 * gatherNd(board, constant([[0, 0], [7, 7]], "int32")); // Tensor<[2, 12], "float32">
 */
export function gatherNd<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  Now extends Moment = "now",
>(
  x: Tensor<S, D>,
  indices: Tensor<I, E> & FirstMessage<CheckDType<"gatherNd", E, "int32">, CheckPlaces<"gatherNd", S, I, Now>>,
): Tensor<Settled<AtPlaces<S, I, Now>>[Now], D> {
  const [node, places] = [nodeOf(x, "gatherNd"), nodeOf(indices, "gatherNd")];
  refuse("SW_DTYPE", "gatherNd", checkDType("gatherNd", places.dtype, ["int32"]));
  refuse("SW_SHAPE", "gatherNd", checkPlaces("gatherNd", node.shape, places.shape));
  return calling("gatherNd", () => {
    const { count, row } = rowsOf(node.shape, places);
    const rows = makeNode(reshapeOp, [node], { shape: [count, ...row] });
    const taken = makeNode(gatherOp, [rows, placesInRows(places, node.shape)], { axis: 0, batchDims: 0 });
    return tensorOf(makeNode(reshapeOp, [taken], { shape: atPlaces(node.shape, places.shape) }));
  });
}
