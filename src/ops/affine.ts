import { elementCount, generate } from "../ir/array.js";
import type { OpName } from "../ir/node.js";
import type { RunContext, Samples, ValueOpDefinition } from "../ir/op.js";
import { dotOp } from "./dot.js";
import { fewRowsProduct } from "./shared/fewRowsProduct.js";
import {
  activate,
  activatedText,
  activations,
  type FusedActivation,
  referenceActivation,
  tfjsActivation,
} from "./shared/fusedActivation.js";
import { type DotAttributes, matrices, matrixProduct, productText, shapedProduct } from "./shared/matrices.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** activation(x · W + b) for a matrix W and a vector b, in one kernel. Made by fusion. */
    affine: DotAttributes & FusedActivation;
  }
}

export const affineOp: ValueOpDefinition<"affine"> = {
  name: "affine",
  words: {
    noun: "affine_map",
    formula: ([a, b, c], attributes) => activatedText(`${productText(a!, b!, attributes)} + ${c}`, attributes),
  },
  traits: ["keepsFinite"],
  infer: ([x, W], attributes) => dotOp.infer([x!, W!], attributes),
  gradient: { notDifferentiable: "made by fusion, after differentiation" },
  tensorflow(t, [x, W, bias], node) {
    const { activation, alpha, transposeA = false, transposeB = false } = node.attributes;
    const few = fewRowsProduct(t, [x!, W!, bias!], node, node.attributes);
    if (few) return few;
    const y = t.op("_FusedMatMul", [...matrices(t, [x!, W!], node), bias!], {
      T: { type: "float32" },
      transpose_a: { bool: transposeA },
      transpose_b: { bool: transposeB },
      num_args: { int: 1 },
      fused_ops: { strings: ["BiasAdd", ...(activation === undefined ? [] : [activations[activation].tensorflow])] },
      ...(alpha !== undefined && { leakyrelu_alpha: { float: alpha } }),
    });
    return shapedProduct(t, y, node);
  },
  tfjs(k, [x, W, bias], { attributes, shape }) {
    const operands = { a: x!, b: W!, bias: bias! };
    if (k.backend !== "tensorflow") {
      return matrixProduct(k, "_FusedMatMul", operands, { ...attributes, ...tfjsActivation(attributes) }, shape);
    }
    // tfjs-node's fused kernel is the three kernels with tfjs's bookkeeping around them, which takes longer than they do.
    const product = matrixProduct(k, "BatchMatMul", { a: x!, b: W! }, attributes, shape);
    return activate(k, k.run("Add", { a: product, b: bias! }), attributes);
  },
  reference([x, W, bias], context) {
    const product = dotOp.reference([x!, W!], context as unknown as RunContext<"dot">);
    const columns = bias!.shape[0] as number;
    const sum = generate(context.shape, "float32", (i) => product.data[i]! + bias!.data[i % columns]!);
    return referenceActivation(sum, context as RunContext<OpName>);
  },
  flops: ({ inputs: [x, W], shape, attributes }) =>
    dotOp.flops({ inputs: [x!, W!], shape, attributes }) +
    (attributes.activation === undefined ? 1 : 2) * elementCount(shape),
};

export const affineSamples: Samples<"affine"> = () => {
  const inputs = [ramp([2, 3]), ramp([3, 4]), ramp([4])];
  return [
    { inputs, attributes: {} },
    { inputs, attributes: { activation: "relu" } },
    { inputs, attributes: { activation: "relu6" } },
    { inputs, attributes: { activation: "elu" } },
    { inputs, attributes: { activation: "leakyRelu", alpha: 0.3 } },
    { inputs: [ramp([2, 2, 3]), ramp([3, 4]), ramp([4])], attributes: { activation: "relu" } },
    { inputs: [ramp([3]), ramp([3, 4]), ramp([4])], attributes: {} },
    {
      inputs: [ramp([3, 2]), ramp([4, 3]), ramp([4])],
      attributes: { activation: "relu", transposeA: true, transposeB: true },
    },
  ];
};
