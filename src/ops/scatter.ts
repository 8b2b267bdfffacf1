import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { reshapeOp } from "./reshape.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckPlaces, type CheckValues, checkPlaces, checkValues } from "./shared/places-shape.js";
import { placesInRows, rowsOf, summedRows } from "./shared/placesInRows.js";

/**
 * Zeros with values at some places: what goes to one place is added up.
 *
 * @param indices [..., k], int32: along each of the first k axes one, from 0 to the axis's size less 1
 * @param values float32 or int32: the indices' axes but the last, then those of the shape from the k-th on
 * @param shape what comes out
 * @throws SW_SHAPE when k has a name, the shape has fewer axes, or the values have another shape; SW_VALUE when the shape is none; SW_DATA when
 *   an index is out of range, known when the program runs
 * @example
 * const pairs = input(["pairs", 2], "int32");
 * const counts = scatter(pairs, input(["pairs"]), [100, 100]); // Tensor<[100, 100], "float32">
 */
export function scatter<
  const I extends Shape,
  E extends DType,
  const V extends Shape,
  D extends DType,
  const S extends Shape,
  Now extends "now" = "now",
>(
  indices: Tensor<I, E> & FirstMessage<CheckDType<"scatter", E, "int32">, CheckPlaces<"scatter", S, I, Now>>,
  values: Tensor<V, D> &
    FirstMessage<CheckDType<"scatter", D, "float32" | "int32">, CheckValues<"scatter", S, I, V, Now>>,
  shape: S & CheckDims<"scatter", S, "none">,
): Tensor<S, D> {
  const [places, given] = [nodeOf(indices, "scatter"), nodeOf(values, "scatter")];
  refuse("SW_VALUE", "scatter", checkDims("scatter", shape, "none"));
  refuse("SW_DTYPE", "scatter", checkDType("scatter", places.dtype, ["int32"]));
  refuse("SW_SHAPE", "scatter", checkPlaces("scatter", shape, places.shape));
  refuse("SW_DTYPE", "scatter", checkDType("scatter", given.dtype, ["float32", "int32"]));
  refuse("SW_SHAPE", "scatter", checkValues("scatter", shape, places.shape, given.shape));
  return calling("scatter", () => {
    const { count, row } = rowsOf(shape, places);
    const flat = placesInRows(places, shape);
    const rows = makeNode(reshapeOp, [given], { shape: [flat.shape[0]!, ...row] });
    return tensorOf(makeNode(reshapeOp, [summedRows(rows, flat, count)], { shape }));
  });
}
