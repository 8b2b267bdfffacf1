import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim } from "../types/dim.js";
import { constantOp } from "./constant.js";
import { type CheckSize, checkDims } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The numbers 0, 1, 2, … as an int32 vector of this shape. */
    arange: { readonly shape: readonly [Dim] };
  }
}

export const arangeOp: ValueOpDefinition<"arange"> = {
  name: "arange",
  dims: ["shape"],
  words: { noun: "places" },
  traits: ["keepsFinite", "nonNegative"],
  infer: (_, { shape }) => ({ shape, dtype: "int32" }),
  gradient: () => [],
  tensorflow: (t, _, { attributes: { shape } }) =>
    t.op("Range", [t.constant(0, "int32"), t.size(shape[0]), t.constant(1, "int32")], { Tidx: { type: "int32" } }),
  tfjs: (k, _, { shape }) =>
    k.tensor(
      Int32Array.from({ length: shape[0]! }, (_, i) => i),
      shape,
      "int32",
    ),
  reference: (_, { shape }) => generate(shape, "int32", (i) => i),
  flops: noFlops,
};

export const arangeSamples: Samples<"arange"> = () => [
  { inputs: [], attributes: { shape: [5] } },
  { inputs: [], attributes: { shape: [1] } },
];

/** The places along an axis: a constant where its size is a number. */
export function places(size: Dim): Node {
  if (typeof size === "string") return makeNode(arangeOp, [], { shape: [size] });
  return makeNode(constantOp, [], { value: generate([size], "int32", (i) => i) });
}

/**
 * The numbers 0, 1, 2, … up to a size, which itself is not among them: the places along an axis.
 *
 * @param size a positive integer, the name of a size that an input has, or what is calculated of such, as `x.shape` has it
 * @returns as many numbers, int32
 * @throws SW_VALUE when the size is none
 * @example
 * const positions = arange("time"); // Tensor<["time"], "int32">
 */
export function arange<const N extends Dim>(size: N & CheckSize<"arange", N>): Tensor<[N], "int32"> {
  refuse("SW_VALUE", "arange", checkDims("arange", [size as Dim], "none"));
  return tensorOf(places(size as Dim));
}
