import { array, generate } from "../ir/array.js";
import { checkDTypeName, type DType, heldByTfjs } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { scalarNode } from "./constant.js";
import { maximumOp } from "./maximum.js";
import { minimumOp } from "./minimum.js";
import { noFlops } from "./shared/flops.js";
import { toInt32 } from "./shared/toInt32.js";

declare module "../ir/node.js" {
  interface OpTable {
    cast: { readonly dtype: DType };
  }
}

/** The number that a value becomes in a dtype. */
function convert(value: number, dtype: DType): number {
  if (dtype === "bool") return value === 0 ? 0 : 1;
  if (dtype === "int32") return toInt32(value);
  return dtype === "float32" ? value : Math.trunc(value);
}

export const castOp: ValueOpDefinition<"cast"> = {
  name: "cast",
  words: { noun: "converted", term: ([x]) => x! },
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
    const y = k.run("Cast", { x: x! }, { dtype: heldByTfjs(dtype) });
    // Of NaN, int32 has the least of all, which is no byte.
    return dtype === "uint8" && x!.dtype === "float32" ? k.run("Maximum", { a: y, b: k.tensor([0], [], "int32") }) : y;
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
  { inputs: [array(new Int32Array([1, 0, 255]), [3])], attributes: { dtype: "uint8" } },
  {
    inputs: [array(new Float32Array([1.7, -0.5, 255.9]), [3])],
    attributes: { dtype: "uint8" },
    notSmooth: "a step",
  },
  ...(["float32", "int32", "bool"] as const).map((dtype) => ({
    inputs: [generate([3], "uint8", (i) => [0, 128, 255][i]!)],
    attributes: { dtype },
  })),
];

/**
 * The same numbers in another dtype. float32 to int32 drops the fraction, and what int32 does not hold becomes -2147483648; to bool, all
 * but 0 is true; from bool, true is 1. To uint8, the fraction is dropped, what is below 0 becomes 0, and what is above 255 becomes 255.
 *
 * @param x any shape, of any dtype
 * @param dtype "float32", "int32", "bool" or "uint8"
 * @returns the same shape, of that dtype
 * @throws SW_DTYPE when there is no such dtype
 * @example
 * const correct = cast(equal(predicted, labels), "float32");
 * const pixels = cast(input(["batch", 28, 28, 1], "uint8"), "float32"); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function cast<S extends Shape, D extends DType>(x: Tensor<S, any>, dtype: D): Tensor<S, D> {
  const node = nodeOf(x, "cast");
  return tensorOf(calling("cast", () => makeNode(castOp, [dtype === "uint8" ? asByte(node) : node], { dtype })));
}

/** What has a place among bytes: of others, kernels make what they will. */
function asByte(x: Node): Node {
  if (x.dtype === "bool" || x.dtype === "uint8") return x;
  const notAbove = makeNode(minimumOp, [x, scalarNode(255, x.dtype)], {});
  return makeNode(maximumOp, [notAbove, scalarNode(0, x.dtype)], {});
}
