import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType, type DType } from "../types/dtype.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import { contracted } from "./shared/contracted.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/**
 * The products of each element of one vector with each of another: `numpy.outer`, but nothing is flattened unseen.
 *
 * @param a a vector, float32
 * @param b a vector, float32
 * @throws SW_SHAPE when one is no vector, SW_DTYPE when one is not float32
 * @example
 * outer(input(["rows"]), input([3])); // Tensor<["rows", 3], "float32">
 */
export function outer<const A extends Shape, D extends DType, const B extends Shape, E extends DType>(
  a: Tensor<A, D> & FirstMessage<CheckDType<"outer", D, "float32">, CheckVector<"outer", A>>,
  b: Tensor<B, E> & FirstMessage<CheckDType<"outer", E, "float32">, CheckVector<"outer", B>>,
): Tensor<[DimAt<A, 0>, DimAt<B, 0>]> {
  const nodes = [nodeOf(a, "outer"), nodeOf(b, "outer")] as const;
  for (const { shape, dtype } of nodes) {
    refuse("SW_DTYPE", "outer", checkDType("outer", dtype, ["float32"]));
    refuse("SW_SHAPE", "outer", checkVector("outer", shape));
  }
  return tensorOf(calling("outer", () => contracted(...nodes, [], [])));
}
