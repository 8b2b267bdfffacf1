import { array, generate } from "../ir/array.js";
import { checkDTypeName, type DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    cast: { readonly dtype: DType };
  }
}

/** The number that a value becomes in a dtype. */
function convert(value: number, dtype: DType): number {
  if (dtype === "bool") return value === 0 ? 0 : 1;
  return dtype === "int32" ? Math.trunc(value) : value;
}

export const castOp: ValueOpDefinition<"cast"> = {
  name: "cast",
  words: { noun: "converted" },
  traits: ["keepsFinite"],
  infer([x], { dtype }) {
    refuse("SW_DTYPE", "cast", checkDTypeName("cast", dtype));
    return { shape: x!.shape, dtype };
  },
  // A cast between float32 and float32 is the identity; through integers and booleans nothing flows.
  gradient: ({ dy, inputs: [x], node }) => [x!.dtype === "float32" && node.dtype === "float32" ? dy : undefined],
  tensorflow: (t, [x], node) =>
    t.op("Cast", [x!], { SrcT: { type: node.inputs[0]!.dtype }, DstT: { type: node.dtype } }),
  tfjs(k, [x], { dtype }) {
    // The wasm backend's cast to bool keeps the lowest byte.
    if (dtype === "bool" && x!.dtype !== "bool") return k.run("NotEqual", { a: x!, b: k.tensor([0], [], x!.dtype) });
    return k.run("Cast", { x: x! }, { dtype });
  },
  reference: ([x], { dtype }) => generate(x!.shape, dtype, (i) => convert(x!.data[i]!, dtype)),
  flops: noFlops,
};

export const castSamples: Samples<"cast"> = () => [
  {
    inputs: [array(new Float32Array([1.7, -1.7, 0, 3]), [2, 2])],
    attributes: { dtype: "int32" },
    notSmooth: "a step",
  },
  { inputs: [array(new Int32Array([1, 0, -3]), [3])], attributes: { dtype: "float32" } },
  { inputs: [array(new Int32Array([1, 0, -3]), [3])], attributes: { dtype: "bool" } },
];

/**
 * The same numbers in another dtype. float32 to int32 drops the fraction; to bool, all but 0 is true; from bool, true is 1.
 *
 * @param x any shape, of any dtype
 * @param dtype "float32", "int32" or "bool"
 * @returns the same shape, of that dtype
 * @throws SW_DTYPE when there is no such dtype
 * @example
 * const correct = cast(equal(predicted, labels), "float32");
 */
export function cast<S extends Shape, D extends DType>(x: Tensor<S, any>, dtype: D): Tensor<S, D> {
  return tensorOf(makeNode(castOp, [nodeOf(x)], { dtype }));
}
