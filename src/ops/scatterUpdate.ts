import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../types/dtype.js";
import { argsort } from "./argsort.js";
import { castOp } from "./cast.js";
import { scalarNode } from "./constant.js";
import { gatherOp } from "./gather.js";
import { greaterOp } from "./greater.js";
import { notEqualOp } from "./notEqual.js";
import { padOp } from "./pad.js";
import { reshapeOp } from "./reshape.js";
import { selectOp } from "./select.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckPlaces, type CheckValues, checkPlaces, checkValues } from "./shared/places-shape.js";
import { placesInRows, rowsOf, summedRows } from "./shared/placesInRows.js";
import { sliceOp } from "./slice.js";

/**
 * A tensor with other values at some places. Of several values for one place, the last stays.
 *
 * @param x float32 or int32
 * @param indices [..., k], int32: along each of x's first k axes one, from 0 to the axis's size less 1
 * @param updates of x's dtype: the indices' axes but the last, then x's axes from the k-th on
 * @returns x's shape
 * @throws SW_SHAPE when k has a name, x has fewer axes, or the updates have another shape; SW_DTYPE when dtypes differ; SW_DATA when an index
 *   is out of range, known when the program runs
 * @example
 * const x = input([8, 8]);
 * const y = scatterUpdate(x, constant([[0, 0], [7, 7]], "int32"), constant([1, -1])); // Tensor<[8, 8], "float32">
 */
export function scatterUpdate<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const V extends Shape,
  F extends DType,
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & CheckDType<"scatterUpdate", D, "float32" | "int32">,
  indices: Tensor<I, E> &
    FirstMessage<CheckDType<"scatterUpdate", E, "int32">, CheckPlaces<"scatterUpdate", S, I, Now>>,
  updates: Tensor<V, F> &
    FirstMessage<CheckSameDType<"scatterUpdate", D, F>, CheckValues<"scatterUpdate", S, I, V, Now>>,
): Tensor<S, D> {
  const [node, places, given] = [
    nodeOf(x, "scatterUpdate"),
    nodeOf(indices, "scatterUpdate"),
    nodeOf(updates, "scatterUpdate"),
  ];
  refuse("SW_DTYPE", "scatterUpdate", checkDType("scatterUpdate", node.dtype, ["float32", "int32"]));
  refuse("SW_DTYPE", "scatterUpdate", checkDType("scatterUpdate", places.dtype, ["int32"]));
  refuse("SW_SHAPE", "scatterUpdate", checkPlaces("scatterUpdate", node.shape, places.shape));
  refuse("SW_DTYPE", "scatterUpdate", checkSameDType("scatterUpdate", node.dtype, given.dtype));
  refuse("SW_SHAPE", "scatterUpdate", checkValues("scatterUpdate", node.shape, places.shape, given.shape));
  return calling("scatterUpdate", () => {
    const { count, row } = rowsOf(node.shape, places);
    const all = placesInRows(places, node.shape);
    const { order, flat, isLast } = lastOfEach(all);
    const rows = makeNode(reshapeOp, [given], { shape: [all.shape[0]!, ...row] });
    const ordered = makeNode(gatherOp, [rows, order], { axis: 0, batchDims: 0 });
    const written = ofRows(isLast, row.length);
    const kept = makeNode(selectOp, [written, ordered, scalarNode(0, node.dtype)], {});
    const counts = summedRows(makeNode(castOp, [isLast], { dtype: "int32" }), flat, count);
    const isNew = ofRows(makeNode(greaterOp, [counts, scalarNode(0, "int32")], {}), row.length);
    const old = makeNode(reshapeOp, [node], { shape: [count, ...row] });
    const mixed = makeNode(selectOp, [isNew, summedRows(kept, flat, count), old], {});
    return tensorOf(makeNode(reshapeOp, [mixed], { shape: node.shape }));
  });
}

/** Places in ascending order, those of one place as they came; and which are the last of their place. */
function lastOfEach(places: Node) {
  const order = nodeOf(argsort(tensorOf(places) as Tensor<any, "int32">));
  const flat = makeNode(gatherOp, [places, order], { axis: 0, batchDims: 0 });
  const longer = makeNode(padOp, [flat], { paddings: [[0, 1]], value: -1 });
  const next = makeNode(sliceOp, [longer], { begin: [1], size: flat.shape });
  return { order, flat, isLast: makeNode(notEqualOp, [flat, next], {}) };
}

/** A vector beside rows of some rank. */
function ofRows(vector: Node, rank: number): Node {
  if (rank === 0) return vector;
  return makeNode(reshapeOp, [vector], { shape: [...vector.shape, ...Array.from({ length: rank }, () => 1)] });
}
