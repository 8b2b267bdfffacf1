import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { contracted } from "./shared/contracted.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import {
  axesOfBoth,
  type CheckTensordot,
  type CheckTensordotAxes,
  type ContractedAxes,
  checkTensordot,
  checkTensordotAxes,
  contractedAxes,
  type Tensordot,
} from "./shared/tensordot-shape.js";

/**
 * The product of two tensors, summed over pairs of axes. The rule is that of `numpy.tensordot`.
 *
 * @param a any shape, float32
 * @param b any shape, float32
 * @param axes how many axes at the end of a, and as many at the beginning of b; or a list of a's axes and one of b's. 2 unless said otherwise
 * @returns a's other axes, and then b's
 * @throws SW_SHAPE when axes that are summed over together differ, SW_VALUE when there are no such axes, SW_DTYPE when an operand is not float32
 * @example
 * tensordot(input(["batch", 3, 4]), input([3, 4, 5]));                  // Tensor<["batch", 5], "float32">
 * tensordot(input(["batch", 3, 4]), input([5, 3]), [[1], [1]]); // Tensor<["batch", 4, 5], "float32">
 */
export function tensordot<
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
  Now extends Moment = "now",
>(
  a: Tensor<A, D> & CheckDType<"tensordot", D, "float32">,
  b: Tensor<B, E> &
    FirstMessage<
      CheckDType<"tensordot", E, "float32">,
      FirstMessage<CheckTensordotAxes<A, B, 2>, CheckTensordot<A, B, 2>>
    >,
): Tensor<Settled<Tensordot<A, B, 2>>[Now]>;
export function tensordot<
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
  const X extends ContractedAxes,
  Now extends Moment = "now",
>(
  a: Tensor<A, D> & CheckDType<"tensordot", D, "float32">,
  b: Tensor<B, E> & FirstMessage<CheckDType<"tensordot", E, "float32">, CheckTensordot<A, B, X>>,
  axes: OrMessage<X, CheckTensordotAxes<A, B, X>>,
): Tensor<Settled<Tensordot<A, B, X>>[Now]>;
export function tensordot(a: AnyTensor, b: AnyTensor, given: ContractedAxes = 2): AnyTensor {
  checkOption("tensordot", "axes", given, axesOfBoth);
  const [x, y] = [nodeOf(a, "tensordot"), nodeOf(b, "tensordot")];
  for (const { dtype } of [x, y]) refuse("SW_DTYPE", "tensordot", checkDType("tensordot", dtype, ["float32"]));
  refuse("SW_VALUE", "tensordot", checkTensordotAxes(x.shape, y.shape, given));
  refuse("SW_SHAPE", "tensordot", checkTensordot(x.shape, y.shape, given));
  return tensorOf(calling("tensordot", () => contracted(x, y, ...contractedAxes(x.shape, y.shape, given))));
}
