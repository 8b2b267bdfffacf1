import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckScalar, checkScalar } from "./shared/checkScalar.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * The identity on its first input. Where a program is compiled, its second one, a scalar, is added to the loss;
     * simplification removes it, for by then that is done.
     */
    addLoss: Record<never, never>;
  }
}

export const addLossOp: ValueOpDefinition<"addLoss"> = {
  name: "addLoss",
  traits: ["keepsFinite", "trainingOnly"],
  view: true,
  infer([x, loss]) {
    refuse("SW_SHAPE", "addLoss", checkScalar("addLoss", loss!));
    return x!;
  },
  gradient: ({ dy }) => [dy, undefined],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
};

export const addLossSamples: Samples<"addLoss"> = () => [{ inputs: [ramp([2, 3]), ramp([])], attributes: {} }];

/**
 * Adds a scalar to the loss of every program that x, as this function gives it, is part of: what a latent variable or an attention
 * costs. Evaluation adds it too; prediction, and gradients that are taken by hand, leave it alone. A model in an eager session has it among
 * its `losses`.
 *
 * @param x any shape and dtype
 * @param loss a float32 scalar
 * @returns x as it is
 * @throws SW_SHAPE when the loss is no float32 scalar
 * @example
 * const h = dense(input(["batch", 784]), { units: 64, activation: relu });
 * const small = addLoss(h, multiply(1e-3, mean(square(h)))); // Tensor<["batch", 64], "float32">
 */
export function addLoss<const S extends Shape, D extends DType, const L extends Shape, E extends DType>(
  x: Tensor<S, D>,
  loss: Tensor<L, E> & CheckScalar<"addLoss", L, E>,
): Tensor<S, D> {
  return tensorOf(makeNode(addLossOp, [nodeOf(x, "addLoss"), nodeOf(loss, "addLoss")], {}));
}
