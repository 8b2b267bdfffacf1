import { elementCount, generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
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
  tfjs: (k, [x, W, bias], { attributes: { activation }, shape }) => {
    const batch = (m: typeof x) => k.reshape(m!, [1, ...m!.shape]);
    const product = k.run(
      "_FusedMatMul",
      { a: batch(x), b: batch(W), bias: bias! },
      { transposeA: false, transposeB: false, activation },
    );
    return k.reshape(product, shape);
  },
  reference([x, W, bias], context) {
    const product = dotOp.reference([x!, W!], { ...context, attributes: {} });
    const columns = W!.shape[1] as number;
    return generate(context.shape, "float32", (i) => {
      const sum = product.data[i]! + bias!.data[i % columns]!;
      return context.attributes.activation === "relu" ? Math.max(0, sum) : sum;
    });
  },
  flops: ({ inputs: [x, W], shape, attributes: { activation } }) =>
    dotOp.flops({ inputs: [x!, W!], shape, attributes: {} }) + (activation === "linear" ? 1 : 2) * elementCount(shape),
  samples: [
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "linear" } },
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "relu" } },
  ],
};
