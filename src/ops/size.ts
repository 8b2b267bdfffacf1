import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Dim } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The product of some dims, as a float32 scalar: what a mean divides by. */
    size: { readonly dims: readonly Dim[] };
  }
}

export const sizeOp: ValueOpDefinition<"size"> = {
  name: "size",
  dims: ["dims"],
  words: { noun: "count" },
  traits: ["keepsFinite", "nonNegative"],
  infer: () => ({ shape: [], dtype: "float32" }),
  gradient: () => [],
  tensorflow(t, _, { attributes: { dims } }) {
    const product = dims.map((dim) => t.size(dim)).reduce((a, b) => t.op("Mul", [a, b], { T: { type: "int32" } }));
    return t.op("Cast", [product], { SrcT: { type: "int32" }, DstT: { type: "float32" } });
  },
  tfjs: (k, _, { attributes: { dims }, size }) =>
    k.tensor([dims.reduce<number>((n, d) => n * size(d), 1)], [], "float32"),
  reference: (_, { attributes: { dims }, size }) =>
    generate([], "float32", () => dims.reduce<number>((n, d) => n * size(d), 1)),
  flops: noFlops,
};

export const sizeSamples: Samples<"size"> = () => [{ inputs: [], attributes: { dims: [2, 3] } }];

/** The node for the product of some dims. */
export function sizeNode(dims: readonly Dim[]) {
  return makeNode(sizeOp, [], { dims });
}
