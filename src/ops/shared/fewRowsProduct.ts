import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { FusedActivation } from "./fusedActivation.js";
import { type DotAttributes, isMatrix } from "./matrices.js";

/** activation(x · W + b) by our own kernel for few rows, where there are few; without a bias where none is given. */
export function fewRowsProduct(
  t: TensorflowLowering,
  [x, W, ...biases]: readonly TensorRef[],
  {
    inputs: [A, B],
    attributes: { transposeA, transposeB },
  }: Pick<Node, "inputs"> & { readonly attributes: DotAttributes },
  { activation, alpha }: FusedActivation = {},
): TensorRef | undefined {
  const areMatrices = isMatrix(A!.shape) && isMatrix(B!.shape);
  if (!areMatrices || transposeA || transposeB || !t.isFew?.(A!.shape.slice(0, -1))) return undefined;
  return t.op("ShapewrightProduct", [x!, W!, ...biases], {
    N: { int: biases.length },
    T: { type: "float32" },
    activation: { string: activation ?? "linear" },
    ...(alpha !== undefined && { alpha: { float: alpha } }),
  });
}
