import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { axesRule, checkOption } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Axes } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { axisList, type CheckAxes, checkAxes } from "../types/reduce.js";
import { noFlops } from "./shared/flops.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";
import { limitAxes } from "./shared/tensorflow-limits.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Axes from 0 to rank - 1, ascending. */
    flip: { readonly axes: readonly number[] };
  }
}

export const flipOp: ValueOpDefinition<"flip"> = {
  name: "flip",
  words: { noun: "flipped" },
  traits: ["keepsFinite", "keepsSign"],
  infer([x], { axes }) {
    refuse("SW_VALUE", "flip", checkAxes("flip", x!.shape, axes));
    return { shape: x!.shape, dtype: x!.dtype };
  },
  // dy the other way round.
  gradient: ({ b, dy, node: { attributes } }) => [b.op("flip", [dy], attributes)],
  tensorflow(t, [x], { attributes: { axes }, dtype, shape }) {
    limitAxes("flip", shape, 8);
    return t.op("ReverseV2", [x!, t.constant(axes, "int32")], { T: { type: dtype }, Tidx: { type: "int32" } });
  },
  tfjs: (k, [x], { attributes: { axes } }) =>
    axes.length === 0 ? x! : k.run("Reverse", { x: x! }, { dims: [...axes] }),
  reference: ([x], { attributes: { axes }, shape, dtype }) =>
    generate(shape, dtype, (i) => {
      const place = coordinatesOf(i, shape).map((at, axis) => (axes.includes(axis) ? shape[axis]! - 1 - at : at));
      return x!.data[indexOf(place, shape)]!;
    }),
  flops: noFlops,
};

export const flipSamples: Samples<"flip"> = () => [
  { inputs: [ramp([2, 3])], attributes: { axes: [1] } },
  { inputs: [ramp([3, 2, 2])], attributes: { axes: [0, 2] } },
  { inputs: [ramp([4])], attributes: { axes: [0] } },
  { inputs: [ramp([])], attributes: { axes: [] } },
  { inputs: [array(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3])], attributes: { axes: [0, 1] } },
  { inputs: [generate([3], "bool", (i) => i === 0)], attributes: { axes: [0] } },
];

/**
 * The elements in the opposite order along some axes.
 *
 * @param x any shape and dtype
 * @param axis one axis or several; negative ones count from the end. All of them unless said otherwise
 * @returns x's shape
 * @throws SW_VALUE when there is no such axis, or it is given twice
 * @example
 * const mirrored = flip(input(["batch", 28, 28, 3]), 2); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function flip<const S extends Shape, D extends DType, const A extends Axes = undefined>(
  x: Tensor<S, D>,
  axis?: OrMessage<A, CheckAxes<"flip", S, A>>,
): Tensor<S, D> {
  const node = nodeOf(x, "flip");
  const given = axis as Axes;
  checkOption("flip", "axis", given, axesRule);
  refuse("SW_VALUE", "flip", checkAxes("flip", node.shape, given));
  return tensorOf(makeNode(flipOp, [node], { axes: axisList(node.shape, given) }));
}
