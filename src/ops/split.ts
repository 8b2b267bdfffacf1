import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { aNumber, axisRule, checkOption, listOf, type OptionRule, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { addDims, subtractDims } from "../types/arithmetic.js";
import { type CheckAxis, checkAxis, dimAt, normalizeAxis, replaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill } from "../types/message.js";
import { show } from "../types/show.js";
import { resultsOf } from "./result.js";
import { noFlops } from "./shared/flops.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import {
  type CheckSplit,
  checkParts,
  checkSplit,
  otherTotal,
  type Parts,
  partSizes,
  type Split,
} from "./shared/split-shape.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The parts of x along an axis, which counts from the start. */
    split: { readonly axis: number; readonly sizes: readonly Dim[] };
  }
}

/** Where each part is: its beginning along the axis, and its shape. */
function placesOf(shape: readonly number[], axis: number, sizes: readonly number[]) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== shape[axis]) {
    const fields = { to: show(sizes), m: total, axis, shape: show(shape), n: shape[axis]! };
    throw new ShapewrightError("SW_SHAPE", fill(otherTotal, fields), "split");
  }
  return sizes.map((size, i) => ({
    begin: sizes.slice(0, i).reduce((sum, before) => sum + before, 0),
    shape: shape.with(axis, size),
  }));
}

/** How much of x there is on either side of a part. */
function around(shape: readonly Dim[], axis: number, sizes: readonly Dim[], part: number): [Dim, Dim][] {
  const before = sizes.slice(0, part).reduce<Dim>(addDims, 0);
  return shape.map((dim, i) => (i === axis ? [before, subtractDims(subtractDims(dim, before), sizes[part]!)] : [0, 0]));
}

export const splitOp: ResultsOpDefinition<"split"> = {
  name: "split",
  dims: ["sizes"],
  several: true,
  words: { noun: "part" },
  infer: ([x], { axis, sizes }) => sizes.map((size) => ({ shape: replaceAxis(x!.shape, axis, size), dtype: x!.dtype })),
  gradient({ b, inputs: [x], dys, node: { results, attributes } }) {
    const { axis, sizes } = attributes;
    if (sizes.reduce(addDims) !== x!.shape[axis]) {
      // Sizes that add up to the axis in numbers alone, such as 1 and 2 of "n": each part's gradient in its place among zeros.
      const shares = dys.flatMap((dy, i): Node[] =>
        dy ? [b.op("pad", [dy], { paddings: around(x!.shape, axis, sizes, i), value: 0 })] : [],
      );
      return [shares.reduce((sum, share) => b.op("add", [sum, share]))];
    }
    // The parts' gradients one after another; zeros for a part that has none.
    const parts = dys.map((dy, i) => dy ?? b.op("broadcastTo", [b.scalar(0)], { shape: results![i]!.shape }));
    return [b.op("concat", parts, { axis })];
  },
  tensorflow(t, [x], { attributes: { axis, sizes }, dtype }) {
    const attributes = { T: { type: dtype }, Tlen: { type: "int32" }, num_split: { int: sizes.length } } as const;
    const first = t.op("SplitV", [x!, t.shape(sizes), t.constant(axis, "int32")], attributes, sizes.length);
    return sizes.map((_, index) => t.output(first, index));
  },
  tfjs: (k, [x], { attributes: { axis, sizes }, size }) =>
    placesOf(x!.shape, axis, sizes.map(size)).map(({ begin, shape }) =>
      k.run("Slice", { x: x! }, { begin: shape.map((_, i) => (i === axis ? begin : 0)), size: shape }),
    ),
  reference: ([x], { attributes: { axis, sizes }, dtype, size }) =>
    placesOf(x!.shape, axis, sizes.map(size)).map(({ begin, shape }) =>
      generate(shape, dtype, (i) => {
        const coordinates = coordinatesOf(i, shape);
        return x!.data[indexOf(coordinates.with(axis, coordinates[axis]! + begin), x!.shape)]!;
      }),
    ),
  flops: noFlops,
};

export const splitSamples: Samples<"split"> = () => [
  { inputs: [ramp([4, 6])], attributes: { axis: 1, sizes: [1, 3, 2] } },
  { inputs: [ramp([6])], attributes: { axis: 0, sizes: [2, 2, 2] } },
  { inputs: [ramp([2, 3, 2])], attributes: { axis: 1, sizes: [1, 2] } },
  { inputs: [ramp([2, 3])], attributes: { axis: 0, sizes: [2] } },
  { inputs: [array(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3])], attributes: { axis: 1, sizes: [2, 1] } },
];

const partsRule: OptionRule = {
  takes: "a number of parts, or a list of their sizes",
  accepts: (value) => aNumber.accepts(value) || listOf(aNumber).accepts(value),
};

/**
 * A tensor in parts along an axis, one after another.
 *
 * @param x any shape and dtype
 * @param parts how many equal parts, or the size of each; one size may be -1 for what the others leave
 * @param axis negative ones count from the end
 * @returns the parts: a tuple, where their number is known
 * @throws SW_SHAPE when the axis does not come apart so; of a named axis, when the program runs
 * @example
 * const [q, k, v] = split(input(["batch", "time", 192]), 3, -1); // each Tensor<["batch", "time", 64], "float32">
 * const [first, rest] = split(input(["batch", "time", 8]), [1, -1], 1); // rest: Tensor<["batch", "time-1", 8], "float32">
 */
export function split<
  const S extends Shape,
  D extends DType,
  const P extends Parts,
  const A extends number,
  Now = "now",
>(
  x: Tensor<S, D>,
  parts: OrMessage<P, CheckSplit<S, P, A, Now>>,
  axis: OrMessage<A, CheckAxis<"split", S, A>>,
): Split<S, D, P, A> {
  const node = nodeOf(x, "split");
  const [given, along] = [parts as Parts, axis as number];
  checkOption("split", "parts", given, required(partsRule));
  checkOption("split", "axis", along, required(axisRule));
  refuse("SW_SHAPE", "split", checkParts(given));
  refuse("SW_VALUE", "split", checkAxis("split", node.shape, along));
  refuse("SW_SHAPE", "split", checkSplit(node.shape, given, along));
  const sizes = partSizes(dimAt(node.shape, along), given);
  const made = () => resultsOf(makeNode(splitOp, [node], { axis: normalizeAxis(node.shape, along), sizes }));
  const check = { rule: "split", shape: node.shape, given: { parts: given, axis: along } } as const;
  return calling("split", made, check).map((result) => tensorOf(result)) as Split<S, D, P, A>;
}
