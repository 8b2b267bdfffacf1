import { elementCount, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Dim } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { ramp } from "./shared/ramp.js";
import type { ConvolutionAttributes } from "./shared/windows/attributes.js";
import { checkConvolutionGradient } from "./shared/windows/check-convolution.js";
import { convolutionBy } from "./shared/windows/convolution.js";
import { convolutionFlops } from "./shared/windows/flops.js";
import { tensorflowConvolution } from "./shared/windows/tensorflow.js";
import { tfjsConvolution } from "./shared/windows/tfjs-convolution.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { visitProducts } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The gradient of `convolution` with respect to its input, which has `inputShape`. Inputs: dy and the filter. */
    convolutionBackpropInput: ConvolutionAttributes & { readonly inputShape: readonly Dim[] };
  }
}

const name = "convolutionBackpropInput";

export const convolutionBackpropInputOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["inputShape"],
  words: { formula: ([dy, filter]) => `each ${dy} times ${filter}, added up where its window lies` },
  traits: ["keepsFinite"],
  infer([dy, filter], { inputShape, ...window }) {
    refuse("SW_DTYPE", name, checkDType(name, dy!.dtype, ["float32"]) ?? checkDType(name, filter!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkConvolutionGradient(name, inputShape, filter!.shape, dy!.shape, window));
    return { shape: inputShape, dtype: "float32" };
  },
  gradient({ b, inputs: [dy, filter], dy: dz, node: { attributes } }) {
    // z = convolutionᵀ(dy, filter) is linear in both. With y = convolution(x, filter): d dy = convolution(dz, filter), and
    // d filter = convolutionBackpropFilter(dz, dy), dz in the place of x.
    const { inputShape: _, ...window } = attributes;
    return [
      b.op("convolution", [dz, filter!], window),
      b.op("convolutionBackpropFilter", [dz, dy!], { ...window, filterShape: filter!.shape }),
    ];
  },
  tensorflow(t, [dy, filter], { attributes: { inputShape, ...window }, inputs: [slopes, kernel] }) {
    const convolution = convolutionBy(tensorflowConvolution(t), window, inputShape.at(-1)!);
    const sized = { value: filter!, shape: kernel!.shape };
    return convolution.inputGradient({ value: dy!, shape: slopes!.shape }, sized, inputShape).value;
  },
  tfjs(k, [dy, filter], { attributes, shape }) {
    const convolution = convolutionBy(tfjsConvolution(k), attributes, shape.at(-1)!);
    return convolution.inputGradient(sizedTensor(dy!), sizedTensor(filter!), shape).value;
  },
  reference([dy, filter], { attributes, shape }) {
    const dx = new Float64Array(elementCount(shape));
    visitProducts(shape, filter!.shape, dy!.shape, attributes, (i, j, k) => {
      dx[i]! += dy!.data[k]! * filter!.data[j]!;
    });
    return generate(shape, "float32", (i) => dx[i]!);
  },
  flops: ({ inputs: [dy, filter] }) => convolutionFlops(filter!, dy!),
};

export const convolutionBackpropInputSamples: Samples<"convolutionBackpropInput"> = () => [
  {
    inputs: [ramp([2, 2, 3, 2]), ramp([3, 2, 2, 2])],
    attributes: { inputShape: [2, 4, 4, 2], strides: [1, 1], padding: "valid" },
  },
  {
    inputs: [ramp([1, 3, 3, 2]), ramp([3, 3, 1, 2])],
    attributes: { inputShape: [1, 5, 5, 1], strides: [2, 2], padding: "same" },
  },
  {
    inputs: [ramp([1, 2, 3, 1]), ramp([2, 2, 1, 1])],
    attributes: { inputShape: [1, 6, 5, 1], strides: [3, 2], padding: "same" },
  },
  {
    // The last row and column of the image lie in no window.
    inputs: [ramp([1, 2, 2, 1]), ramp([2, 2, 2, 1])],
    attributes: { inputShape: [1, 5, 5, 2], strides: [2, 2], padding: "valid" },
  },
  {
    inputs: [ramp([1, 6, 5, 1]), ramp([3, 2, 2, 1])],
    attributes: { inputShape: [1, 6, 5, 2], strides: [1, 1], padding: "same", dilations: [2, 3] },
  },
  {
    inputs: [ramp([1, 2, 4, 2]), ramp([3, 2, 1, 2])],
    attributes: {
      inputShape: [1, 4, 5, 1],
      strides: [2, 2],
      padding: [
        [1, 0],
        [2, 1],
      ],
    },
  },
  {
    inputs: [ramp([1, 4, 3, 6]), ramp([2, 2, 2, 6])],
    attributes: { inputShape: [1, 4, 3, 4], strides: [1, 1], padding: "same", groups: 2 },
  },
  {
    inputs: [ramp([1, 2, 3, 6]), ramp([3, 2, 1, 6])],
    attributes: { inputShape: [1, 4, 5, 3], strides: [2, 2], padding: "same", groups: 3 },
  },
  {
    inputs: [ramp([1, 3, 3, 2]), ramp([2, 2, 1, 2])],
    attributes: { inputShape: [1, 5, 5, 2], strides: [1, 1], padding: "valid", dilations: [2, 2], groups: 2 },
  },
  {
    inputs: [ramp([1, 3, 2]), ramp([2, 2, 2])],
    attributes: { inputShape: [1, 7, 2], strides: [3], padding: "same" },
  },
  {
    inputs: [ramp([1, 8, 2]), ramp([2, 2, 2])],
    attributes: { inputShape: [1, 8, 2], strides: [1], padding: [[4, 0]], dilations: [4] },
  },
  {
    inputs: [ramp([2, 2, 3, 2, 2]), ramp([3, 1, 2, 1, 2])],
    attributes: { inputShape: [2, 4, 3, 5, 1], strides: [2, 1, 3], padding: "same" },
  },
  {
    inputs: [ramp([1, 3, 2, 2, 2]), ramp([1, 3, 2, 2, 2])],
    attributes: { inputShape: [1, 3, 6, 4, 2], strides: [1, 1, 1], padding: "valid", dilations: [1, 2, 2] },
  },
];
