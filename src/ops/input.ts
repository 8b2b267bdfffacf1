import { checkDTypeName, type DType } from "../ir/dtype.js";
import { internalError } from "../ir/errors.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Ranked, Shape } from "../types/dim.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** A value that is fed at every run. */
    input: { readonly shape: readonly Dim[]; readonly dtype: DType };
  }
}

const fed = () => {
  throw internalError("an input is fed by the session, not computed");
};

export const inputOp: ValueOpDefinition<"input"> = {
  name: "input",
  dims: ["shape"],
  traits: ["keepsFinite"],
  // Any size: what stands in for a value in the middle of a graph may have one that was calculated.
  infer: (_, { shape, dtype }) => ({ shape, dtype }),
  gradient: () => [],
  tensorflow: fed,
  tfjs: fed,
  reference: fed,
  flops: noFlops,
};

/**
 * A value that data is fed for. Its name is its key in `model`'s inputs; under several names it is an input of each.
 *
 * @param shape sizes, or names for sizes that are known only when data comes, such as `"batch"`
 * @param dtype float32 unless said otherwise
 * @throws SW_VALUE when a size is not a positive integer, or a name is not a plain word
 * @example
 * const image = input(["batch", 28, 28, 1]);   // Tensor<["batch", 28, 28, 1], "float32">
 * const tokens = input(["batch", 100], "int32"); // Tensor<["batch", 100], "int32">
 */
export function input<const S extends Shape>(shape: S & CheckDims<"input", S>): Tensor<Ranked<S>>;
export function input<const S extends Shape, D extends DType>(
  shape: S & CheckDims<"input", S>,
  dtype: D,
): Tensor<Ranked<S>, D>;
export function input(shape: Shape, dtype: DType = "float32"): Tensor<any, any> {
  refuse("SW_VALUE", "input", checkDims("input", shape));
  refuse("SW_DTYPE", "input", checkDTypeName("input", dtype));
  return tensorOf(makeNode(inputOp, [], { shape, dtype }));
}
