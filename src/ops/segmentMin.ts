import { makeNode } from "../ir/makeNode.js";
import type { Samples } from "../ir/op.js";
import { segmentSamples } from "./shared/segmentSamples.js";
import { segmentShares } from "./shared/segmentShares.js";
import { defineSegment, type SegmentAttributes, type SegmentFunction, segmentFunction } from "./shared/segments.js";

declare module "../ir/node.js" {
  interface OpTable {
    segmentMin: SegmentAttributes;
  }
}

export const segmentMinOp = /* @__PURE__ */ defineSegment<"segmentMin">({
  name: "segmentMin",
  words: { noun: "smallest_of_segments" },
  tensorflow: "UnsortedSegmentMin",
  losesNaN: true,
  start: (dtype) => (dtype === "int32" ? 2147483647 : 3.4028234663852886e38),
  step: (before, x) => Math.min(before, x),
  gradient: segmentShares,
});

export const segmentMinSamples: Samples<"segmentMin"> = segmentSamples;

/**
 * The smallest of each element of the rows of each segment. A segment without rows has the highest number of its dtype, as in TensorFlow.
 *
 * @param data [n, ...], float32 or int32
 * @param segmentIds [n], int32, in any order: the segment of each row, from 0 to numSegments - 1
 * @param numSegments how many segments there are: a number, or a size that an input has
 * @returns [numSegments, ...]
 * @throws SW_SHAPE when there is not one segment for each row; SW_DATA when one is out of range, known when the program runs
 * @example
 * const perGraph = segmentMin(input(["nodes", 16]), input(["nodes"], "int32"), 32); // Tensor<[32, 16], "float32">
 */
export const segmentMin: SegmentFunction<"segmentMin"> = /* @__PURE__ */ segmentFunction(
  "segmentMin",
  (rows, segments, numSegments) => makeNode(segmentMinOp, [rows, segments], { numSegments }),
);
