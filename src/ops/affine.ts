import { elementCount, generate } from "../ir/array.js";
import type { RunContext, ValueOpDefinition } from "../ir/op.js";
import { batchOfOne, type DotAttributes, dotOp, matrices } from "./dot.js";
import { ramp } from "./shared/ramp.js";

/** The activations that the target fuses with an affine map. */
export type FusedActivation = "linear" | "relu";

declare module "../ir/node.js" {
  interface OpTable {
    /** activation(x · W + b) for a matrix W and a vector b, in one kernel. Made by fusion. */
    affine: DotAttributes & { readonly activation: FusedActivation };
  }
}

export const affineOp: ValueOpDefinition<"affine"> = {
  name: "affine",
  infer: ([x, W], attributes) => dotOp.infer([x!, W!], attributes),
  gradient: { notDifferentiable: "made by fusion, after differentiation" },
  tensorflow(t, [x, W, bias], node) {
    // TensorFlow's own optimiser runs these three as one _FusedMatMul.
    const { activation, transposeA = false, transposeB = false } = node.attributes;
    const T = { type: "float32" } as const;
    const flags = { transpose_a: { bool: transposeA }, transpose_b: { bool: transposeB } };
    const product = t.op("MatMul", matrices(t, [x!, W!], node), { T, ...flags });
    const sum = t.op("BiasAdd", [product, bias!], { T });
    const y = activation === "relu" ? t.op("Relu", [sum], { T }) : sum;
    return node.rank === 2 ? y : t.reshape(y, node.shape);
  },
  tfjs: (k, [x, W, bias], { attributes: { activation, transposeA = false, transposeB = false }, shape }) => {
    const operands = { a: batchOfOne(k, x!, "rows"), b: batchOfOne(k, W!, "columns"), bias: bias! };
    return k.reshape(k.run("_FusedMatMul", operands, { transposeA, transposeB, activation }), shape);
  },
  reference([x, W, bias], context) {
    const product = dotOp.reference([x!, W!], context as unknown as RunContext<"dot">);
    const columns = bias!.shape[0] as number;
    return generate(context.shape, "float32", (i) => {
      const sum = product.data[i]! + bias!.data[i % columns]!;
      return context.attributes.activation === "relu" ? Math.max(0, sum) : sum;
    });
  },
  flops: ({ inputs: [x, W], shape, attributes }) =>
    dotOp.flops({ inputs: [x!, W!], shape, attributes }) +
    (attributes.activation === "linear" ? 1 : 2) * elementCount(shape),
  samples: [
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "linear" } },
    { inputs: [ramp([2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "relu" } },
    { inputs: [ramp([2, 2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "relu" } },
    { inputs: [ramp([3]), ramp([3, 4]), ramp([4])], attributes: { activation: "linear" } },
    {
      inputs: [ramp([3, 2]), ramp([4, 3]), ramp([4])],
      attributes: { activation: "relu", transposeA: true, transposeB: true },
    },
  ],
};
