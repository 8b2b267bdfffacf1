import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { contracted } from "./shared/contracted.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";

/**
 * The sum of the products of two tensors' elements, which stand at the same places: a number.
 *
 * @param a any shape, float32
 * @param b the same shape, float32
 * @throws SW_SHAPE when the shapes differ, SW_DTYPE when one is not float32
 * @example
 * vdot(input([3, 4]), input([3, 4])); // Tensor<[], "float32">
 */
export function vdot<const A extends Shape, D extends DType, const B extends Shape, E extends DType>(
  a: Tensor<A, D> & CheckDType<"vdot", D, "float32">,
  b: Tensor<B, E> & FirstMessage<CheckDType<"vdot", E, "float32">, CheckSameShape<"vdot", A, B>>,
): Tensor<[]> {
  const [x, y] = [nodeOf(a, "vdot"), nodeOf(b, "vdot")];
  for (const { dtype } of [x, y]) refuse("SW_DTYPE", "vdot", checkDType("vdot", dtype, ["float32"]));
  refuse("SW_SHAPE", "vdot", checkSameShape("vdot", x.shape, y.shape));
  const axes = x.shape.map((_, axis) => axis);
  return tensorOf(calling("vdot", () => contracted(x, y, axes, axes)));
}
