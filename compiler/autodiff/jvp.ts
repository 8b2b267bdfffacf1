import type { CheckAllLike, CheckFloats } from "../../src/ir/like.js";
import type { Node } from "../../src/ir/node.js";
import { arrangeLike, type Like, type Structure } from "../../src/ir/structure.js";
import { directionsOf, floatNodes } from "./directions.js";
import { filled } from "./filled.js";
import { pullBack } from "./pullBack.js";

/**
 * Pushes tangents forward by pulling back twice. u ↦ uᵀ · J is linear, and its own vjp at v is J · v: the second pass
 * transposes the first, and what is left after optimisation is the forward computation alone. The u of the first pass
 * is only differentiated by; its value, zero, is in no result.
 */
export function pushForward(outputs: readonly Node[], wanted: readonly Node[], tangents: readonly Node[]): Node[] {
  const u = outputs.map(({ shape }) => filled(0, shape));
  const pulled = pullBack(outputs, u, wanted);
  const reached = pulled.flatMap((node, i) => (node ? [{ node, tangent: tangents[i]! }] : []));
  const pushed = pullBack(
    reached.map(({ node }) => node),
    reached.map(({ tangent }) => tangent),
    u,
  );
  return pushed.map((tangent, i) => tangent ?? filled(0, outputs[i]!.shape));
}

/**
 * The Jacobian-vector product ∂y/∂w · v, or forward-mode derivative: how y changes when w moves in the direction v.
 * Made of the ops' gradient rules, applied twice (Christianson 1992; Townsend, "A new trick for calculating
 * Jacobian vector products", 2017).
 *
 * @param outputs y: a tensor, a list or a record, float32
 * @param wanted w: a tensor, a list or a record, float32
 * @param tangents v: as many tensors as w, in the same places, of the same shapes
 * @returns tensors in the places of y, of the same shapes; zeros for an output that depends on no w
 * @throws SW_SHAPE when a tangent is not of its tensor's shape, SW_NAME when one is missing, SW_GRADIENT when an op on the
 * way has no gradient
 * @example
 * const slope = jvp(square(x), { x }, { x: broadcastTo(constant(1), ["batch", 3]) }); // Tensor<["batch", 3], "float32">: 2 · x
 */
export function jvp<const O extends Structure, const W extends Structure, const V extends Structure>(
  outputs: O & CheckFloats<"jvp", O>,
  wanted: W & CheckFloats<"jvp", W>,
  tangents: V & CheckAllLike<"jvp", "tangent", W, V>,
): Like<O> {
  // What is no float32 has no tangent, so that this is said first.
  const [y, w] = [floatNodes("jvp", outputs), floatNodes("jvp", wanted)];
  return arrangeLike(outputs, pushForward(y, w, directionsOf("jvp", "tangent", wanted, tangents)));
}
