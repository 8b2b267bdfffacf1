import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckBroadcastTo, checkBroadcastTo } from "../types/broadcast.js";
import type { Dim, Ranked, Shape } from "../types/dim.js";
import { checkSizes } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { broadcastIndex } from "./shared/strides.js";
import { limitBroadcast } from "./shared/tensorflow-limits.js";

declare module "../ir/node.js" {
  interface OpTable {
    broadcastTo: { readonly shape: readonly Dim[] };
  }
}

export const broadcastToOp: ValueOpDefinition<"broadcastTo"> = {
  name: "broadcastTo",
  dims: ["shape"],
  words: { noun: "repeated", term: ([x]) => x! },
  traits: ["keepsFinite", "keepsSign"],
  infer([x], { shape }) {
    refuse("SW_SHAPE", "broadcastTo", checkBroadcastTo("broadcastTo", x!.shape, shape));
    return { shape, dtype: x!.dtype };
  },
  // Every copy's gradient adds up in the original: the driver sums dy over the axes that were broadcast.
  gradient: ({ dy }) => [dy],
  tensorflow(t, [x], { inputs, shape, dtype }) {
    limitBroadcast("broadcastTo", inputs[0]!.shape, shape);
    return t.op("BroadcastTo", [x!, t.shape(shape)], { T: { type: dtype }, Tidx: { type: "int32" } });
  },
  tfjs: (k, [x], { shape }) => k.broadcast(x!, shape),
  reference([x], { shape, dtype }) {
    const index = broadcastIndex(x!.shape, shape);
    return generate(shape, dtype, (i) => x!.data[index(i)]!);
  },
  flops: noFlops,
};

export const broadcastToSamples: Samples<"broadcastTo"> = () => [
  { inputs: [ramp([3])], attributes: { shape: [2, 3] } },
  { inputs: [ramp([2, 1])], attributes: { shape: [4, 2, 3] } },
  { inputs: [ramp([])], attributes: { shape: [2] } },
];

/**
 * Repeats a tensor along its axes of size 1, and along new leading axes, until it has a shape.
 *
 * @throws SW_SHAPE when x's shape does not broadcast to exactly `shape`
 * @example
 * const rows = broadcastTo(constant([1, 2, 3]), ["batch", 3]); // Tensor<["batch", 3], "float32">
 */
export function broadcastTo<const S extends Shape, D extends DType, const To extends Shape>(
  x: Tensor<S, D>,
  shape: To & CheckBroadcastTo<"broadcastTo", S, To>,
): Tensor<Ranked<To>, D> {
  refuse("SW_VALUE", "broadcastTo", checkSizes("broadcastTo", "the shape", shape));
  return tensorOf(makeNode(broadcastToOp, [nodeOf(x, "broadcastTo")], { shape }));
}
