import type { DType } from "../../src/ir/dtype.js";
import type { CheckFloats } from "../../src/ir/like.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import { arrangeLike, type Like, type Structure } from "../../src/ir/structure.js";
import type { Tensor } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { type CheckScalar, checkScalar } from "../../src/ops/shared/checkScalar.js";
import type { Shape } from "../../src/types/dim.js";
import { floatNodes } from "./directions.js";
import { filled } from "./filled.js";
import { pullBack } from "./pullBack.js";

/**
 * The gradients of a scalar with respect to nodes of its graph.
 *
 * @param record is told, of every gradient on the way, the nodes with respect to which it is the gradient
 */
export function gradientNodes(y: Node, wanted: readonly Node[], record?: Map<Node, Node[]>): Node[] {
  refuse("SW_GRADIENT", "gradients", checkScalar("gradients", y));
  const pulled = pullBack([y], [b.scalar(1)], wanted, { ...(record && { record }) });
  return pulled.map((gradient, i) => gradient ?? filled(0, wanted[i]!.shape));
}

/**
 * The gradients of a scalar with respect to tensors it was computed from: in the same places, of the same shapes. They
 * are graph like any other, and can be differentiated again.
 *
 * @param y a float32 scalar; of what is none, `vjp` takes gradients
 * @param wanted a tensor, a list or a record: variables, inputs, or any float32 tensors on the way to y; one that y does
 * not depend on gets zeros
 * @throws SW_GRADIENT when y is not a scalar, or an op on the way has no gradient; SW_DTYPE when a wanted tensor is not float32
 * @example
 * const W = variable("W", [3], ones());
 * const { W: dW } = gradients(sum(square(W)), { W }); // Tensor<[3], "float32">: 2 · W
 */
export function gradients<const S extends Shape, D extends DType, const W extends Structure>(
  y: Tensor<S, D> & CheckScalar<"gradients", S, D>,
  wanted: W & CheckFloats<"gradients", W>,
): Like<W> {
  return arrangeLike(wanted, gradientNodes(nodeOf(y, "gradients"), floatNodes("gradients", wanted)));
}
