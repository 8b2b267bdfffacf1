import { elementCount, generate } from "../ir/array.js";
import type { OpName } from "../ir/node.js";
import type { RunContext, ValueOpDefinition } from "../ir/op.js";
import { conv2dOp } from "./conv2d.js";
import {
  activatedText,
  activations,
  type FusedActivation,
  referenceActivation,
  tfjsActivation,
} from "./shared/fusedActivation.js";
import { ramp } from "./shared/ramp.js";
import { convolutionFlops, tensorflowWindow, type WindowAttributes } from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** activation(x ∗ filter + b) for a vector b with one number a filter, in one kernel. Made by fusion. */
    affineConv2d: WindowAttributes & FusedActivation;
  }
}

export const affineConv2dOp: ValueOpDefinition<"affineConv2d"> = {
  name: "affineConv2d",
  words: {
    noun: "convolved",
    formula: ([x, filter, b], attributes) => activatedText(`${x} ∗ ${filter} + ${b}`, attributes),
  },
  traits: ["keepsFinite"],
  infer: ([x, filter], attributes) => conv2dOp.infer([x!, filter!], attributes),
  gradient: { notDifferentiable: "made by fusion, after differentiation" },
  tensorflow(t, [x, filter, bias], { attributes }) {
    // TensorFlow's own optimiser runs these as one _FusedConv2D. That op cannot be written here: between TensorFlow 2.9 and
    // 2.21 it got an attribute, TArgs, which the older refuses and the newer asks for (tensorflow/tensorflow#58216).
    const { activation, alpha } = attributes;
    const T = { type: "float32" } as const;
    const sum = t.op("BiasAdd", [t.op("Conv2D", [x!, filter!], tensorflowWindow(attributes)), bias!], { T });
    if (activation === "linear") return sum;
    return t.op(activations[activation].tensorflow, [sum], {
      T,
      ...(alpha !== undefined && { alpha: { float: alpha } }),
    });
  },
  tfjs: (k, [x, filter, bias], { attributes: { strides, padding, ...activation } }) =>
    k.run(
      "FusedConv2D",
      { x: x!, filter: filter!, bias: bias! },
      {
        ...{ strides: [...strides], pad: padding, dataFormat: "NHWC", dilations: [1, 1], dimRoundingMode: null },
        ...tfjsActivation(activation),
      },
    ),
  reference([x, filter, bias], context) {
    const product = conv2dOp.reference([x!, filter!], context as unknown as RunContext<"conv2d">);
    const filters = filter!.shape[3] as number;
    const sum = generate(context.shape, "float32", (i) => product.data[i]! + bias!.data[i % filters]!);
    return referenceActivation(sum, context as RunContext<OpName>);
  },
  flops: ({ inputs: [, filter], shape, attributes }) =>
    convolutionFlops(filter!, shape) + (attributes.activation === "linear" ? 1 : 2) * elementCount(shape),
  samples: (
    [
      { activation: "linear" },
      { activation: "relu" },
      { activation: "relu6" },
      { activation: "elu" },
      { activation: "leakyRelu", alpha: 0.3 },
    ] as const
  ).flatMap((activation) => [
    {
      inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3]), ramp([3])],
      attributes: { strides: [1, 1] as const, padding: "valid" as const, ...activation },
    },
    {
      inputs: [ramp([1, 5, 5, 1]), ramp([3, 3, 1, 2]), ramp([2])],
      attributes: { strides: [2, 2] as const, padding: "same" as const, ...activation },
    },
  ]),
};
