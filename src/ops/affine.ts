import { generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import type { TensorInfo } from "../ir/tfjs-lowering.js";
import { dotOp } from "./dot.js";
import { ramp } from "./shared/ramp.js";

/** The activations that the target fuses with an affine map. */
export type FusedActivation = "linear" | "relu";

declare module "../ir/node.js" {
  interface OpTable {
    /** activation(x · W + b) for matrices x and W and a vector b, in one kernel. Made by fusion. */
    affine: { readonly activation: FusedActivation };
  }
}

export const affineOp: ValueOpDefinition<"affine"> = {
  name: "affine",
  infer: ([x, W]) => dotOp.infer([x!, W!], {}),
  gradient: { notDifferentiable: "made by fusion, after differentiation" },
  tensorflow(t, [x, W, bias], { attributes: { activation } }) {
    // TensorFlow's own optimiser runs these three as one _FusedMatMul.
    const T = { type: "float32" } as const;
    const product = t.op("MatMul", [x!, W!], { T, transpose_a: { bool: false }, transpose_b: { bool: false } });
    const sum = t.op("BiasAdd", [product, bias!], { T });
    return activation === "relu" ? t.op("Relu", [sum], { T }) : sum;
  },
  tfjs(k, [x, W, bias], { attributes: { activation }, shape }) {
    const fused = (a: TensorInfo, b: TensorInfo) =>
      k.run("_FusedMatMul", { a, b, bias: bias! }, { transposeA: false, transposeB: false, activation });
    if (k.backend !== "wasm") return fused(x!, W!);
    // The wasm backend's kernel takes batches of matrices alone: each operand is a batch of one.
    return k.reshape(fused(k.reshape(x!, [1, ...x!.shape]), k.reshape(W!, [1, ...W!.shape])), shape);
  },
  reference([x, W, bias], context) {
    const product = dotOp.reference([x!, W!], { ...context, attributes: {} });
    const columns = W!.shape[1] as number;
    return generate(context.shape, "float32", (i) => {
      const sum = product.data[i]! + bias!.data[i % columns]!;
      return context.attributes.activation === "relu" ? Math.max(0, sum) : sum;
    });
  },
  samples: [
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "linear" } },
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "relu" } },
  ],
};
