import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { subtractDims } from "../types/arithmetic.js";
import type { Dim, Shape } from "../types/dim.js";
import { checkSizes } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { type CheckSlice, checkBlock, checkSlice, type Slice, sliced } from "./shared/slice-shape.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";
import { limitAxes } from "./shared/tensorflow-limits.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Sizes are as the result has them: none is -1. */
    slice: { readonly begin: readonly Dim[]; readonly size: readonly Dim[] };
  }
}

export const sliceOp: ValueOpDefinition<"slice"> = {
  name: "slice",
  dims: ["begin", "size"],
  words: { noun: "part" },
  traits: ["keepsFinite", "keepsSign"],
  infer([x], { begin, size }) {
    refuse("SW_SHAPE", "slice", checkSlice(x!.shape, begin, size));
    return { shape: sliced(x!.shape, begin, size), dtype: x!.dtype };
  },
  gradient({ b, inputs: [x], dy, node: { attributes } }) {
    // dy in its old place, among zeros.
    const { begin, size } = attributes;
    const paddings = x!.shape.map((dim, axis): [Dim, Dim] => {
      return [begin[axis]!, subtractDims(subtractDims(dim, begin[axis]!), size[axis]!)];
    });
    return [b.op("pad", [dy], { paddings, value: 0 })];
  },
  tensorflow(t, [x], { attributes: { begin, size }, dtype, shape }) {
    limitAxes("slice", shape, 8);
    return t.op("Slice", [x!, t.shape(begin), t.shape(size)], { T: { type: dtype }, Index: { type: "int32" } });
  },
  tfjs(k, [x], { attributes, shape, size }) {
    const begin = attributes.begin.map(size);
    // tfjs's kernels read what lies beyond an axis, and a scalar from beyond its one element.
    refuse("SW_SHAPE", "slice", checkBlock(x!.shape, begin, shape));
    return shape.length === 0 ? x! : k.run("Slice", { x: x! }, { begin, size: [...shape] });
  },
  reference([x], { attributes, shape, dtype, size }) {
    const begin = attributes.begin.map(size);
    return generate(shape, dtype, (i) => {
      const coordinates = coordinatesOf(i, shape).map((coordinate, axis) => coordinate + begin[axis]!);
      return x!.data[indexOf(coordinates, x!.shape)]!;
    });
  },
  flops: noFlops,
};

export const sliceSamples: Samples<"slice"> = () => [
  { inputs: [ramp([4, 3])], attributes: { begin: [1, 0], size: [2, 3] } },
  { inputs: [ramp([3, 4, 2])], attributes: { begin: [0, 1, 1], size: [3, 2, 1] } },
  { inputs: [ramp([5])], attributes: { begin: [4], size: [1] } },
  { inputs: [ramp([2, 2])], attributes: { begin: [0, 0], size: [2, 2] } },
  { inputs: [ramp([1, 3, 1])], attributes: { begin: [0, 2, 0], size: [1, 1, 1] } },
  { inputs: [ramp([])], attributes: { begin: [], size: [] } },
  { inputs: [array(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3])], attributes: { begin: [0, 1], size: [2, 2] } },
];

/**
 * A block of a tensor: `size` elements along each axis, from `begin` on.
 *
 * @param x any shape and dtype
 * @param begin the first place along each axis, from 0
 * @param size how many along each axis; -1 stands for all to the end, which from 0 on keeps a named dim
 * @throws SW_SHAPE when the block reaches out of x: of named sizes, when the program runs. Of these, nothing may be left to the end
 * @example
 * const x = input(["batch", 100, 64]);
 * slice(x, [0, 99, 0], [-1, 1, -1]); // the last step: Tensor<["batch", 1, 64], "float32">
 */
export function slice<const S extends Shape, D extends DType, const B extends Shape, const Z extends Shape>(
  x: Tensor<S, D>,
  begin: B,
  size: Z & CheckSlice<S, B, Z>,
): Tensor<Slice<S, B, Z>, D> {
  const node = nodeOf(x, "slice");
  refuse("SW_VALUE", "slice", checkSizes("slice", "begin", begin) ?? checkSizes("slice", "size", size));
  refuse("SW_SHAPE", "slice", checkSlice(node.shape, begin, size));
  return tensorOf(makeNode(sliceOp, [node], { begin, size: sliced(node.shape, begin, size) }));
}
