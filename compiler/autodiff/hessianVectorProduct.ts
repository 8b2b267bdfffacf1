import type { DType } from "../../src/ir/dtype.js";
import type { CheckAllLike, CheckFloats } from "../../src/ir/like.js";
import { nodeOf } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import { arrangeLike, type Like, type Structure } from "../../src/ir/structure.js";
import type { Tensor } from "../../src/ir/tensor.js";
import { type CheckScalar, checkScalar } from "../../src/ops/shared/checkScalar.js";
import type { Shape } from "../../src/types/dim.js";
import { directionsOf, floatNodes } from "./directions.js";
import { filled } from "./filled.js";
import { gradientNodes } from "./gradients.js";
import { pullBack } from "./pullBack.js";

/**
 * The product of a scalar's Hessian with a vector, ∂²y/∂w² · v, without the Hessian: as it is symmetric, the vjp of the
 * gradients (Pearlmutter, "Fast exact multiplication by the Hessian", 1994). It costs about two gradients.
 *
 * @param y a float32 scalar
 * @param wanted w: a tensor, a list or a record, float32
 * @param vectors v: as many tensors as w, in the same places, of the same shapes
 * @returns tensors in the places of w, of the same shapes
 * @throws SW_GRADIENT when y is not a scalar, or an op on the way has no gradient; SW_SHAPE when a vector is not of its
 * tensor's shape, SW_NAME when one is missing
 * @example
 * const w = variable("w", [3], ones());
 * const curved = hessianVectorProduct(sum(multiply(w, square(w))), w, constant([1, 0, 0])); // 6 · w · v
 */
export function hessianVectorProduct<
  const S extends Shape,
  D extends DType,
  const W extends Structure,
  const V extends Structure,
>(
  y: Tensor<S, D> & CheckScalar<"hessianVectorProduct", S, D>,
  wanted: W & CheckFloats<"hessianVectorProduct", W>,
  vectors: V & CheckAllLike<"hessianVectorProduct", "vector", W, V>,
): Like<W> {
  const nodes = floatNodes("hessianVectorProduct", wanted);
  const v = directionsOf("hessianVectorProduct", "vector", wanted, vectors);
  refuse("SW_GRADIENT", "hessianVectorProduct", checkScalar("hessianVectorProduct", nodeOf(y, "hessianVectorProduct")));
  const products = pullBack(gradientNodes(nodeOf(y, "hessianVectorProduct"), nodes), v, nodes);
  return arrangeLike(
    wanted,
    products.map((product, i) => product ?? filled(0, nodes[i]!.shape)),
  );
}
