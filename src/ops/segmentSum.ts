import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { gatherGradientOp } from "./gatherGradient.js";
import type { FirstMessage } from "./shared/firstMessage.js";

export const segmentsUnlikeRows = "segmentSum: {a} takes one segment for each row, [{n}], got {b}";

/** `unknown` where there is a segment for each row, else the message. */
type CheckSegments<N extends Dim, R extends Shape, I extends Shape> =
  Compatible<[N], I> extends true
    ? unknown
    : Message<typeof segmentsUnlikeRows, { a: Show<[N, ...R]>; n: DimAt<[N], 0>; b: Show<I> }>;

/** Runtime twin of `CheckSegments`. */
function checkSegments(shape: readonly Dim[], segments: readonly Dim[]): string | undefined {
  const fits = shape.length > 0 && segments.length === 1 && segments[0] === shape[0];
  return fits ? undefined : fill(segmentsUnlikeRows, { a: show(shape), n: shape[0] ?? "", b: show(segments) });
}

/**
 * The sums of the rows of each segment: of the nodes of each graph in a batch, or the words of each document. A segment without
 * rows is zeros.
 *
 * @param data [n, ...], float32 or int32
 * @param segmentIds [n], int32, in any order: the segment of each row, from 0 to numSegments - 1
 * @param numSegments how many segments there are
 * @returns [numSegments, ...]
 * @throws SW_SHAPE when there is not one segment for each row; SW_DATA when one is out of range, known when the program runs
 * @example
 * const perGraph = segmentSum(input(["nodes", 16]), input(["nodes"], "int32"), 32); // Tensor<[32, 16], "float32">
 */
export function segmentSum<
  const N extends Dim,
  const R extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const K extends number,
>(
  data: Tensor<[N, ...R], D> & CheckDType<"segmentSum", D, "float32" | "int32">,
  segmentIds: Tensor<I, E> & FirstMessage<CheckDType<"segmentSum", E, "int32">, CheckSegments<N, R, I>>,
  numSegments: K & CheckCount<"segmentSum", "numSegments", K>,
): Tensor<[K, ...R], D> {
  const [rows, segments] = [nodeOf(data), nodeOf(segmentIds)];
  checkOption("segmentSum", "numSegments", numSegments, required(count));
  refuse("SW_DTYPE", "segmentSum", checkDType("segmentSum", rows.dtype, ["float32", "int32"]));
  refuse("SW_DTYPE", "segmentSum", checkDType("segmentSum", segments.dtype, ["int32"]));
  refuse("SW_SHAPE", "segmentSum", checkSegments(rows.shape, segments.shape));
  const shape = [numSegments, ...rows.shape.slice(1)];
  const sums = () => makeNode(gatherGradientOp, [rows, segments], { axis: 0, batchDims: 0, shape });
  return tensorOf(calling("segmentSum", sums));
}
