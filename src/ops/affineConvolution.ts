import { elementCount, generate } from "../ir/array.js";
import type { OpName } from "../ir/node.js";
import type { RunContext, Samples, ValueOpDefinition } from "../ir/op.js";
import type { TensorInfo } from "../ir/tfjs-lowering.js";
import type { Dim } from "../types/dim.js";
import { convolutionOp } from "./convolution.js";
import {
  activate,
  activatedText,
  activations,
  type FusedActivation,
  referenceActivation,
  tfjsActivation,
} from "./shared/fusedActivation.js";
import { ramp } from "./shared/ramp.js";
import type { ConvolutionAttributes } from "./shared/windows/attributes.js";
import { convolutionBy, isDepthwise } from "./shared/windows/convolution.js";
import { convolutionFlops } from "./shared/windows/flops.js";
import type { ConvolutionKernels, Sized } from "./shared/windows/kernels.js";
import { tensorflowConvolution } from "./shared/windows/tensorflow.js";
import { convolvedBy, tfjsConvolution, tfjsWindow } from "./shared/windows/tfjs-convolution.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** activation(x ∗ filter + b) for a vector b with one number a filter, in one kernel. Made by fusion. */
    affineConvolution: ConvolutionAttributes & FusedActivation;
  }
}

export const affineConvolutionOp: ValueOpDefinition<"affineConvolution"> = {
  name: "affineConvolution",
  words: {
    noun: "convolved",
    formula: ([x, filter, b], attributes) => activatedText(`${x} ∗ ${filter} + ${b}`, attributes),
  },
  traits: ["keepsFinite"],
  infer: ([x, filter], attributes) => convolutionOp.infer([x!, filter!], attributes),
  gradient: { notDifferentiable: "made by fusion, after differentiation" },
  tensorflow(t, [x, filter, bias], { attributes, inputs: [images, kernel] }) {
    // TensorFlow's own optimiser runs these as one _FusedConv2D. That op cannot be written here: between TensorFlow 2.9 and
    // 2.21 it got an attribute, TArgs, which the older refuses and the newer asks for (tensorflow/tensorflow#58216).
    const { activation, alpha } = attributes;
    const T = { type: "float32" } as const;
    const slope = alpha !== undefined && { alpha: { float: alpha } };
    const [image, filters] = [
      { value: x!, shape: images!.shape },
      { value: filter!, shape: kernel!.shape },
    ];
    // Of few images, each convolution is too short for oneDNN, which makes ready for it anew.
    if (attributes.strides.length <= 2 && attributes.groups === undefined && t.isFew?.(images!.shape.slice(0, 1))) {
      const finished = { activation: { string: activation ?? "linear" }, ...slope };
      const flat = { name: "ShapewrightConvolution", inputs: [bias!], attributes: finished };
      return convolutionBy(tensorflowConvolution(t, flat), attributes, images!.shape.at(-1)!).forward(image, filters)
        .value;
    }
    return convolveWith(
      tensorflowConvolution(t),
      (product) => {
        const sum = t.op("BiasAdd", [product.value, bias!], { T });
        const y = activation === undefined ? sum : t.op(activations[activation].tensorflow, [sum], { T, ...slope });
        t.sayShape?.(y, product.shape);
        return y;
      },
      attributes,
      image,
      filters,
    );
  },
  tfjs(k, [x, filter, bias], { attributes }) {
    const kernels = tfjsConvolution(k);
    const fused =
      (kernel: "FusedConv2D" | "FusedDepthwiseConv2D"): ConvolutionKernels<TensorInfo>["convolve"] =>
      (images, sizes, window) => {
        const [image, filter] = kernel === "FusedConv2D" ? convolvedBy(k, images, sizes, window) : [images, sizes];
        const inputs = { x: image.value, filter: filter.value, bias: bias! };
        const how = { ...tfjsWindow(k, image, filter, window), dimRoundingMode: null, ...tfjsActivation(attributes) };
        return sizedTensor(k.run(kernel, inputs, how));
      };
    const [images, kernel] = [sizedTensor(x!), sizedTensor(filter!)];
    const channels = x!.shape.at(-1)!;
    const isFused = attributes.strides.length <= 2 && isWhole(attributes, channels);
    if (!isFused) {
      const product = convolutionBy(kernels, attributes, channels).forward(images, kernel);
      return activate(k, k.run("Add", { a: product.value, b: bias! }), attributes);
    }
    const convolve = fused("FusedConv2D");
    const depthwise = { ...kernels.depthwise, convolve: fused("FusedDepthwiseConv2D") };
    return convolutionBy({ ...kernels, convolve, depthwise }, attributes, channels).forward(images, kernel).value;
  },
  reference([x, filter, bias], context) {
    const product = convolutionOp.reference([x!, filter!], context as unknown as RunContext<"convolution">);
    const filters = filter!.shape.at(-1) as number;
    const sum = generate(context.shape, "float32", (i) => product.data[i]! + bias!.data[i % filters]!);
    return referenceActivation(sum, context as RunContext<OpName>);
  },
  flops: ({ inputs: [, filter], shape, attributes }) =>
    convolutionFlops(filter!, shape) + (attributes.activation === undefined ? 1 : 2) * elementCount(shape),
};

export const affineConvolutionSamples: Samples<"affineConvolution"> = () =>
  (
    [
      {},
      { activation: "relu" },
      { activation: "relu6" },
      { activation: "elu" },
      { activation: "leakyRelu", alpha: 0.3 },
    ] as const
  ).flatMap((activation) => [
    {
      inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3]), ramp([3])],
      attributes: { strides: [1, 1], padding: "valid" as const, ...activation },
    },
    {
      inputs: [ramp([1, 5, 5, 1]), ramp([3, 3, 1, 2]), ramp([2])],
      attributes: { strides: [2, 2], padding: "same" as const, ...activation },
    },
    {
      inputs: [ramp([1, 7, 2]), ramp([2, 2, 3]), ramp([3])],
      attributes: { strides: [1], padding: "same" as const, dilations: [2], ...activation },
    },
    {
      inputs: [ramp([1, 4, 3, 4]), ramp([2, 2, 2, 6]), ramp([6])],
      attributes: { strides: [1, 1], padding: "same" as const, groups: 2, ...activation },
    },
    {
      inputs: [ramp([1, 4, 5, 3]), ramp([3, 2, 1, 6]), ramp([6])],
      attributes: { strides: [2, 2], padding: "same" as const, groups: 3, ...activation },
    },
    {
      inputs: [ramp([1, 3, 4, 3, 2]), ramp([2, 3, 2, 2, 2]), ramp([2])],
      attributes: { strides: [1, 1, 1], padding: "valid" as const, ...activation },
    },
  ]);

/** Whether a convolution is one kernel that gives all filters. */
function isWhole(attributes: ConvolutionAttributes, channels: Dim): boolean {
  return attributes.groups === undefined || isDepthwise(attributes, channels);
}

/** A convolution whose result is finished where it is made, so that TensorFlow's optimiser sees it: before it takes another shape. */
function convolveWith<V>(
  kernels: ConvolutionKernels<V>,
  finish: (product: Sized<V>) => V,
  attributes: ConvolutionAttributes,
  x: Sized<V>,
  filter: Sized<V>,
): V {
  const channels = x.shape.at(-1)!;
  if (!isWhole(attributes, channels)) return finish(convolutionBy(kernels, attributes, channels).forward(x, filter));
  const finished =
    (convolve: ConvolutionKernels<V>["convolve"]): ConvolutionKernels<V>["convolve"] =>
    (...call) => {
      const product = convolve(...call);
      return { ...product, value: finish(product) };
    };
  const depthwise = { ...kernels.depthwise, convolve: finished(kernels.depthwise.convolve) };
  const whole = { ...kernels, convolve: finished(kernels.convolve), depthwise };
  return convolutionBy(whole, attributes, channels).forward(x, filter).value;
}
