import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Ranked, Shape } from "../types/dim.js";
import { sameShape } from "../types/same-shape.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import { type CheckEnsured, checkEnsured } from "./shared/ensured-shape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    ensureShape: { readonly shape: readonly Dim[] };
  }
}

export const ensureShapeOp: ValueOpDefinition<"ensureShape"> = {
  name: "ensureShape",
  dims: ["shape"],
  words: { noun: "ensured" },
  traits: ["keepsFinite", "keepsSign"],
  view: true,
  // Asked again once named sizes are bound: then it holds, or the step is refused.
  infer([x], { shape }) {
    refuse("SW_SHAPE", "ensureShape", checkEnsured(x!.shape, shape));
    return { shape, dtype: x!.dtype };
  },
  // dy, known again under the names of x.
  gradient: ({ b, inputs: [x], dy }) => [b.op("ensureShape", [dy], { shape: x!.shape })],
  tensorflow: (t, [x], node) => t.reshape(x!, node.shape, node.dtype),
  tfjs(k, [x], { shape }) {
    refuse("SW_SHAPE", "ensureShape", checkEnsured(x!.shape, shape));
    return k.reshape(x!, shape);
  },
  reference([x], { shape }) {
    refuse("SW_SHAPE", "ensureShape", checkEnsured(x!.shape, shape));
    return { ...x!, shape: [...shape] };
  },
  flops: noFlops,
};

export const ensureShapeSamples: Samples<"ensureShape"> = () => [
  { inputs: [ramp([2, 3])], attributes: { shape: [2, 3] } },
  { inputs: [ramp([])], attributes: { shape: [] } },
  { inputs: [array(new Int32Array([1, 2, 3]), [3])], attributes: { shape: [3] } },
];

/**
 * A promise that a tensor has a shape, where the types cannot see it: checked when the program runs.
 *
 * @param x any shape and dtype
 * @param shape the sizes that x has: of as many axes, and with x's own numbers where x has numbers
 * @returns x, under that shape
 * @throws SW_SHAPE when x cannot have that shape; when the program runs, where it has not
 * @example
 * const x = input(["batch", "time", 64]);
 * const week = ensureShape(x, ["batch", 7, 64]); // Tensor<["batch", 7, 64], "float32">
 */
export function ensureShape<const S extends Shape, D extends DType, const To extends Shape, Now = "now">(
  x: Tensor<S, D>,
  shape: To & FirstMessage<CheckDims<"ensureShape", To, "none">, CheckEnsured<S, To, Now>>,
): Tensor<Ranked<To>, D> {
  const node = nodeOf(x, "ensureShape");
  refuse("SW_VALUE", "ensureShape", checkDims("ensureShape", shape, "none"));
  return tensorOf(sameShape(node.shape, shape) ? node : makeNode(ensureShapeOp, [node], { shape }));
}
