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
    /** The gradient of `convolution` with respect to its filter, which has `filterShape`. Inputs: the convolution's input and dy. */
    convolutionBackpropFilter: ConvolutionAttributes & { readonly filterShape: readonly Dim[] };
  }
}

const name = "convolutionBackpropFilter";

export const convolutionBackpropFilterOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["filterShape"],
  words: { formula: ([x, dy]) => `the sum over all windows of ${x} times ${dy}` },
  traits: ["keepsFinite"],
  infer([x, dy], { filterShape, ...window }) {
    refuse("SW_DTYPE", name, checkDType(name, x!.dtype, ["float32"]) ?? checkDType(name, dy!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkConvolutionGradient(name, x!.shape, filterShape, dy!.shape, window));
    return { shape: filterShape, dtype: "float32" };
  },
  gradient({ b, inputs: [x, dy], dy: dz, node: { attributes } }) {
    // z is linear in x and dy, and dz has the filter's shape: dx = convolutionBackpropInput(dy, dz), d dy = convolution(x, dz).
    const { filterShape: _, ...window } = attributes;
    return [
      b.op("convolutionBackpropInput", [dy!, dz], { ...window, inputShape: x!.shape }),
      b.op("convolution", [x!, dz], window),
    ];
  },
  tensorflow(t, [x, dy], { attributes: { filterShape, ...window }, inputs: [images, slopes] }) {
    const convolution = convolutionBy(tensorflowConvolution(t), window, images!.shape.at(-1)!);
    const sized = { value: dy!, shape: slopes!.shape };
    return convolution.filterGradient({ value: x!, shape: images!.shape }, sized, filterShape).value;
  },
  tfjs(k, [x, dy], { attributes, shape }) {
    const convolution = convolutionBy(tfjsConvolution(k), attributes, x!.shape.at(-1)!);
    return convolution.filterGradient(sizedTensor(x!), sizedTensor(dy!), shape).value;
  },
  reference([x, dy], { attributes, shape }) {
    const dFilter = new Float64Array(elementCount(shape));
    visitProducts(x!.shape, shape, dy!.shape, attributes, (i, j, k) => {
      dFilter[j]! += x!.data[i]! * dy!.data[k]!;
    });
    return generate(shape, "float32", (j) => dFilter[j]!);
  },
  flops: ({ inputs: [, dy], shape }) => convolutionFlops(shape, dy!),
};

export const convolutionBackpropFilterSamples: Samples<"convolutionBackpropFilter"> = () => [
  {
    inputs: [ramp([2, 4, 4, 2]), ramp([2, 2, 3, 2])],
    attributes: { filterShape: [3, 2, 2, 2], strides: [1, 1], padding: "valid" },
  },
  {
    inputs: [ramp([1, 5, 5, 1]), ramp([1, 3, 3, 2])],
    attributes: { filterShape: [3, 3, 1, 2], strides: [2, 2], padding: "same" },
  },
  {
    inputs: [ramp([1, 6, 5, 1]), ramp([1, 2, 3, 1])],
    attributes: { filterShape: [2, 2, 1, 1], strides: [3, 2], padding: "same" },
  },
  {
    // The last row and column of the image lie in no window.
    inputs: [ramp([1, 5, 5, 2]), ramp([1, 2, 2, 1])],
    attributes: { filterShape: [2, 2, 2, 1], strides: [2, 2], padding: "valid" },
  },
  {
    inputs: [ramp([1, 6, 5, 2]), ramp([1, 6, 5, 1])],
    attributes: { filterShape: [3, 2, 2, 1], strides: [1, 1], padding: "same", dilations: [2, 3] },
  },
  {
    inputs: [ramp([1, 4, 5, 1]), ramp([1, 2, 4, 2])],
    attributes: {
      filterShape: [3, 2, 1, 2],
      strides: [2, 2],
      padding: [
        [1, 0],
        [2, 1],
      ],
    },
  },
  {
    inputs: [ramp([1, 4, 3, 4]), ramp([1, 4, 3, 6])],
    attributes: { filterShape: [2, 2, 2, 6], strides: [1, 1], padding: "same", groups: 2 },
  },
  {
    inputs: [ramp([1, 4, 5, 3]), ramp([1, 2, 3, 6])],
    attributes: { filterShape: [3, 2, 1, 6], strides: [2, 2], padding: "same", groups: 3 },
  },
  {
    inputs: [ramp([1, 5, 5, 2]), ramp([1, 3, 3, 2])],
    attributes: { filterShape: [2, 2, 1, 2], strides: [1, 1], padding: "valid", dilations: [2, 2], groups: 2 },
  },
  {
    inputs: [ramp([1, 7, 2]), ramp([1, 3, 2])],
    attributes: { filterShape: [2, 2, 2], strides: [3], padding: "same" },
  },
  {
    inputs: [ramp([1, 8, 2]), ramp([1, 8, 2])],
    attributes: { filterShape: [2, 2, 2], strides: [1], padding: [[4, 0]], dilations: [4] },
  },
  {
    inputs: [ramp([2, 4, 3, 5, 1]), ramp([2, 2, 3, 2, 2])],
    attributes: { filterShape: [3, 1, 2, 1, 2], strides: [2, 1, 3], padding: "same" },
  },
  {
    inputs: [ramp([1, 3, 6, 4, 2]), ramp([1, 3, 2, 2, 2])],
    attributes: { filterShape: [1, 3, 2, 2, 2], strides: [1, 1, 1], padding: "valid", dilations: [1, 2, 2] },
  },
];
