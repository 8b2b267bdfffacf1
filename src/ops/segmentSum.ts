import { makeNode } from "../ir/makeNode.js";
import { gatherGradientOp } from "./gatherGradient.js";
import { type SegmentFunction, segmentFunction } from "./shared/segments.js";

/**
 * The sums of the rows of each segment: of the nodes of each graph in a batch, or the words of each document. A segment without
 * rows is zeros.
 *
 * @param data [n, ...], float32 or int32
 * @param segmentIds [n], int32, in any order: the segment of each row, from 0 to numSegments - 1
 * @param numSegments how many segments there are: a number, or a size that an input has
 * @returns [numSegments, ...]
 * @throws SW_SHAPE when there is not one segment for each row; SW_DATA when one is out of range, known when the program runs
 * @example
 * const perGraph = segmentSum(input(["nodes", 16]), input(["nodes"], "int32"), 32); // Tensor<[32, 16], "float32">
 */
export const segmentSum: SegmentFunction<"segmentSum"> = /* @__PURE__ */ segmentFunction(
  "segmentSum",
  (rows, segments, numSegments) => {
    const shape = [numSegments, ...rows.shape.slice(1)];
    return makeNode(gatherGradientOp, [rows, segments], { axis: 0, batchDims: 0, shape });
  },
);
