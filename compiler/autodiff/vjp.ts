import type { CheckAllLike, CheckFloats } from "../../src/ir/like.js";
import { arrangeLike, type Like, type Structure } from "../../src/ir/structure.js";
import { directionsOf, floatNodes } from "./directions.js";
import { filled } from "./filled.js";
import { pullBack } from "./pullBack.js";

/**
 * The vector-Jacobian product uᵀ · ∂y/∂w, or reverse-mode derivative: the gradients of Σ u · y, for outputs y of any shape.
 *
 * @param outputs y: a tensor, a list or a record, float32
 * @param wanted w: a tensor, a list or a record, float32; one that no output depends on gets zeros
 * @param cotangents u: as many tensors as outputs, in the same places, of the same shapes
 * @returns tensors in the places of w, of the same shapes
 * @throws SW_SHAPE when a cotangent is not of its output's shape, SW_NAME when one is missing, SW_GRADIENT when an op on the
 * way has no gradient
 * @example
 * const y = tanh(x);
 * const dx = vjp(y, x, broadcastTo(constant(1), ["batch", 3])); // Tensor<["batch", 3], "float32">: 1 - y²
 */
export function vjp<const O extends Structure, const W extends Structure, const U extends Structure>(
  outputs: O & CheckFloats<"vjp", O>,
  wanted: W & CheckFloats<"vjp", W>,
  cotangents: U & CheckAllLike<"vjp", "cotangent", O, U>,
): Like<W> {
  const nodes = floatNodes("vjp", wanted);
  const pulled = pullBack(floatNodes("vjp", outputs), directionsOf("vjp", "cotangent", outputs, cotangents), nodes);
  return arrangeLike(
    wanted,
    pulled.map((gradient, i) => gradient ?? filled(0, nodes[i]!.shape)),
  );
}
