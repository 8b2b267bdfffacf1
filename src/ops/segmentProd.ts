import { makeNode } from "../ir/makeNode.js";
import type { Samples } from "../ir/op.js";
import { segmentSamples } from "./shared/segmentSamples.js";
import { defineSegment, type SegmentAttributes, type SegmentFunction, segmentFunction } from "./shared/segments.js";

declare module "../ir/node.js" {
  interface OpTable {
    segmentProd: SegmentAttributes;
  }
}

export const segmentProdOp = /* @__PURE__ */ defineSegment<"segmentProd">({
  name: "segmentProd",
  words: { noun: "products_of_segments" },
  tensorflow: "UnsortedSegmentProd",
  start: () => 1,
  step: (before, x, dtype) => (dtype === "int32" ? Math.imul(before, x) : before * x),
  gradient({ b, inputs: [x, segments], dy, node }) {
    // dx_i = dy · Π_{j ≠ i} x_j: the product by x_i; beside one 0, there is a slope at it alone, and beside several, nowhere.
    const perRow = { axis: 0, batchDims: 0 } as const;
    const toRows = (of: typeof dy) => b.op("gather", [of, segments!], perRow);
    const [zero, one] = [b.scalar(0), b.scalar(1)];
    const isZero = b.op("equal", [x!, zero]);
    const factors = b.op("select", [isZero, one, x!]);
    const products = toRows(b.op("segmentProd", [factors, segments!], node.attributes));
    const counted = b.op("cast", [isZero], { dtype: "float32" });
    const zeros = toRows(b.op("gatherGradient", [counted, segments!], { ...perRow, shape: node.shape }));
    const others = b.op("equal", [b.op("subtract", [zeros, counted]), zero]);
    const slope = b.op("select", [others, b.op("divide", [products, factors]), zero]);
    return [b.op("multiply", [toRows(dy), slope]), undefined];
  },
});

export const segmentProdSamples: Samples<"segmentProd"> = segmentSamples;

/**
 * The products of the rows of each segment. A segment without rows is ones. Second derivatives are right where no element is 0.
 *
 * @param data [n, ...], float32 or int32
 * @param segmentIds [n], int32, in any order: the segment of each row, from 0 to numSegments - 1
 * @param numSegments how many segments there are: a number, or a size that an input has
 * @returns [numSegments, ...]
 * @throws SW_SHAPE when there is not one segment for each row; SW_DATA when one is out of range, known when the program runs
 * @example
 * const chance = segmentProd(input(["events", 2]), input(["events"], "int32"), 8); // Tensor<[8, 2], "float32">
 */
export const segmentProd: SegmentFunction<"segmentProd"> = /* @__PURE__ */ segmentFunction(
  "segmentProd",
  (rows, segments, numSegments) => makeNode(segmentProdOp, [rows, segments], { numSegments }),
);
