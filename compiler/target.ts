import type { Activation } from "../src/ops/shared/fusedActivation.js";

/** What a graph is put on: native TensorFlow, or tfjs's portable kernels, wasm and cpu. */
export type Target = "tensorflow" | "portable";

/**
 * The activations that a target's kernels compute together with a product or a convolution and its bias: TensorFlow's
 * `_FusedMatMul` and `_FusedConv2D` on CPU, as of 2.9, and tfjs's `_FusedMatMul` and `FusedConv2D`.
 */
export const fusedActivations: Readonly<Record<Target, readonly Activation[]>> = {
  tensorflow: ["relu", "relu6", "elu", "leakyRelu"],
  portable: ["relu", "relu6", "elu", "leakyRelu", "sigmoid"],
};
