import { elementCount, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { ramp } from "./shared/ramp.js";
import type { ConvolutionAttributes } from "./shared/windows/attributes.js";
import { checkConvolution, convolutionName } from "./shared/windows/check-convolution.js";
import { convolutionBy } from "./shared/windows/convolution.js";
import { convolved } from "./shared/windows/convolved.js";
import { convolutionFlops } from "./shared/windows/flops.js";
import { refuseConvolved } from "./shared/windows/refuseConvolved.js";
import { tensorflowConvolution } from "./shared/windows/tensorflow.js";
import { tfjsConvolution } from "./shared/windows/tfjs-convolution.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { visitProducts } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** x ∗ filter over one to three spatial axes: `conv1d`, `conv2d` and `conv3d`. */
    convolution: ConvolutionAttributes;
  }
}

export const convolutionOp: ValueOpDefinition<"convolution"> = {
  name: "convolution",
  words: { noun: "convolved", formula: ([x, filter]) => `${x} ∗ ${filter}` },
  traits: ["keepsFinite"],
  infer([x, filter], attributes) {
    const op = convolutionName(attributes);
    refuseConvolved(op, x!, filter!, attributes.strides.length);
    refuse("SW_SHAPE", op, checkConvolution(op, x!.shape, filter!.shape, attributes));
    return { shape: convolved(x!.shape, filter!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [x, filter], dy, node: { attributes } }) {
    // y[k] = Σ x[i] · filter[j] over the same (i, j, k): dx[i] = Σ dy[k] · filter[j], d filter[j] = Σ dy[k] · x[i]
    return [
      b.op("convolutionBackpropInput", [dy, filter!], { ...attributes, inputShape: x!.shape }),
      b.op("convolutionBackpropFilter", [x!, dy], { ...attributes, filterShape: filter!.shape }),
    ];
  },
  tensorflow(t, [x, filter], { attributes, inputs: [images, kernel] }) {
    const convolution = convolutionBy(tensorflowConvolution(t), attributes, images!.shape.at(-1)!);
    return convolution.forward({ value: x!, shape: images!.shape }, { value: filter!, shape: kernel!.shape }).value;
  },
  tfjs(k, [x, filter], { attributes }) {
    const convolution = convolutionBy(tfjsConvolution(k), attributes, x!.shape.at(-1)!);
    return convolution.forward(sizedTensor(x!), sizedTensor(filter!)).value;
  },
  reference([x, filter], { attributes, shape }) {
    const y = new Float64Array(elementCount(shape));
    visitProducts(x!.shape, filter!.shape, shape, attributes, (i, j, k) => {
      y[k]! += x!.data[i]! * filter!.data[j]!;
    });
    return generate(shape, "float32", (k) => y[k]!);
  },
  flops: ({ inputs: [, filter], shape }) => convolutionFlops(filter!, shape),
};

export const convolutionSamples: Samples<"convolution"> = () => [
  { inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3])], attributes: { strides: [1, 1], padding: "valid" } },
  { inputs: [ramp([1, 5, 4, 2]), ramp([3, 3, 2, 1])], attributes: { strides: [1, 1], padding: "same" } },
  { inputs: [ramp([1, 5, 5, 1]), ramp([3, 3, 1, 2])], attributes: { strides: [2, 2], padding: "same" } },
  { inputs: [ramp([1, 4, 6, 1]), ramp([3, 3, 1, 2])], attributes: { strides: [2, 2], padding: "same" } },
  { inputs: [ramp([1, 6, 5, 1]), ramp([2, 2, 1, 1])], attributes: { strides: [3, 2], padding: "same" } },
  { inputs: [ramp([1, 5, 5, 2]), ramp([2, 2, 2, 1])], attributes: { strides: [2, 2], padding: "valid" } },
  { inputs: [ramp([2, 3, 3, 2]), ramp([1, 1, 2, 3])], attributes: { strides: [1, 1], padding: "valid" } },
  { inputs: [ramp([1, 1, 1, 1]), ramp([3, 3, 1, 1])], attributes: { strides: [1, 1], padding: "same" } },
  { inputs: [ramp([1, 3, 2, 1]), ramp([3, 2, 1, 2])], attributes: { strides: [1, 1], padding: "valid" } },
  // One axis wide, and the stride beyond it.
  { inputs: [ramp([1, 5, 4, 1]), ramp([1, 3, 1, 2])], attributes: { strides: [2, 2], padding: "same" } },
  // One channel, and one place along the width.
  { inputs: [ramp([1, 3, 4, 1]), ramp([2, 3, 1, 2])], attributes: { strides: [1, 2], padding: "valid" } },
  {
    inputs: [ramp([1, 7, 6, 2]), ramp([2, 3, 2, 1])],
    attributes: { strides: [1, 1], padding: "same", dilations: [3, 2] },
  },
  {
    inputs: [ramp([1, 4, 5, 1]), ramp([3, 2, 1, 2])],
    attributes: {
      strides: [2, 1],
      padding: [
        [1, 1],
        [0, 2],
      ],
    },
  },
  {
    inputs: [ramp([1, 4, 3, 4]), ramp([2, 2, 2, 6])],
    attributes: { strides: [1, 1], padding: "same", groups: 2 },
  },
  // Each channel by itself: alike strides, others, and dilated.
  {
    inputs: [ramp([1, 4, 5, 3]), ramp([3, 2, 1, 6])],
    attributes: { strides: [2, 2], padding: "same", groups: 3 },
  },
  {
    inputs: [ramp([1, 4, 5, 2]), ramp([2, 2, 1, 2])],
    attributes: { strides: [2, 1], padding: "valid", groups: 2 },
  },
  {
    inputs: [ramp([1, 5, 5, 2]), ramp([2, 2, 1, 4])],
    attributes: { strides: [1, 1], padding: "same", dilations: [2, 2], groups: 2 },
  },
  // Over one axis.
  { inputs: [ramp([2, 6, 2]), ramp([3, 2, 3])], attributes: { strides: [1], padding: "valid" } },
  { inputs: [ramp([1, 7, 2]), ramp([2, 2, 2])], attributes: { strides: [3], padding: "same" } },
  {
    inputs: [ramp([1, 8, 2]), ramp([2, 2, 2])],
    attributes: { strides: [1], padding: [[4, 0]], dilations: [4] },
  },
  { inputs: [ramp([1, 6, 4]), ramp([3, 1, 4])], attributes: { strides: [2], padding: "same", groups: 4 } },
  // Over three.
  { inputs: [ramp([1, 3, 4, 3, 2]), ramp([2, 3, 2, 2, 2])], attributes: { strides: [1, 1, 1], padding: "valid" } },
  { inputs: [ramp([2, 4, 3, 5, 1]), ramp([3, 1, 2, 1, 2])], attributes: { strides: [2, 1, 3], padding: "same" } },
  {
    inputs: [ramp([1, 4, 4, 3, 2]), ramp([2, 2, 2, 1, 2])],
    attributes: {
      strides: [1, 1, 1],
      padding: [
        [1, 0],
        [0, 0],
        [1, 1],
      ],
      dilations: [2, 1, 2],
      groups: 2,
    },
  },
];
