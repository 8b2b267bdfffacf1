import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckReshape, checkReshape, type InferReshape, inferReshape } from "../types/reshape.js";
import type { Moment, Settled } from "../types/settled.js";
import { checkSizes } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    reshape: { readonly shape: readonly Dim[] };
  }
}

export const reshapeOp: ValueOpDefinition<"reshape"> = {
  name: "reshape",
  dims: ["shape"],
  words: { noun: "reshaped", term: ([x]) => x! },
  traits: ["keepsFinite", "keepsSign"],
  view: true,
  infer([x], { shape }) {
    refuse("SW_SHAPE", "reshape", checkReshape(x!.shape, shape));
    return { shape: inferReshape(x!.shape, shape), dtype: x!.dtype };
  },
  // The same numbers back in their old places.
  gradient: ({ b, inputs: [x], dy }) => [b.op("reshape", [dy], { shape: x!.shape })],
  tensorflow: (t, [x], node) => t.reshape(x!, node.shape, node.dtype),
  tfjs: (k, [x], { shape }) => k.reshape(x!, shape),
  reference: ([x], { shape }) => ({ ...x!, shape: [...shape] }),
  flops: noFlops,
};

export const reshapeSamples: Samples<"reshape"> = () => [
  { inputs: [ramp([2, 3, 2])], attributes: { shape: [6, 2] } },
  { inputs: [ramp([2, 3, 2])], attributes: { shape: [3, -1] } },
  { inputs: [ramp([1])], attributes: { shape: [] } },
];

/** The function alone: `layers/reshape.ts` is what people call. */
export function reshape<const S extends Shape, D extends DType, const To extends Shape, Now extends Moment = "now">(
  x: Tensor<S, D>,
  shape: To & CheckReshape<S, To>,
): Tensor<Settled<InferReshape<S, To>>[Now], D> {
  refuse("SW_VALUE", "reshape", checkSizes("reshape", "the shape", shape));
  return tensorOf(makeNode(reshapeOp, [nodeOf(x, "reshape")], { shape }));
}
