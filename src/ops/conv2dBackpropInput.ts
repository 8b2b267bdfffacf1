import { elementCount, generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Dim } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { checkConv2dGradient } from "./shared/conv2d.js";
import { ramp } from "./shared/ramp.js";
import { convolutionFlops, tensorflowWindow, visitProducts, type WindowAttributes } from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The gradient of `conv2d` with respect to its image, which has `inputShape`. Inputs: dy and the filter. */
    conv2dBackpropInput: WindowAttributes & { readonly inputShape: readonly Dim[] };
  }
}

const name = "conv2dBackpropInput";

export const conv2dBackpropInputOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["inputShape"],
  words: { formula: ([dy]) => `each ${dy} times the filter that it was made with, added up in its places` },
  traits: ["keepsFinite"],
  infer([dy, filter], { inputShape, ...window }) {
    refuse("SW_DTYPE", name, checkDType(name, dy!.dtype, ["float32"]) ?? checkDType(name, filter!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkConv2dGradient(name, inputShape, filter!.shape, dy!.shape, window));
    return { shape: inputShape, dtype: "float32" };
  },
  gradient({ b, inputs: [dy, filter], dy: dz, node: { attributes } }) {
    // z = conv2dᵀ(dy, filter) is linear in both. With y = conv2d(x, filter): d dy = conv2d(dz, filter), and
    // d filter = conv2dBackpropFilter(dz, dy), dz in the place of x.
    const { inputShape: _, ...window } = attributes;
    return [
      b.op("conv2d", [dz, filter!], window),
      b.op("conv2dBackpropFilter", [dz, dy!], { ...window, filterShape: filter!.shape }),
    ];
  },
  tensorflow: (t, [dy, filter], { attributes }) =>
    t.op("Conv2DBackpropInput", [t.shape(attributes.inputShape), filter!, dy!], tensorflowWindow(attributes)),
  tfjs: (k, [dy, filter], { attributes: { strides, padding }, shape }) =>
    k.run(
      "Conv2DBackpropInput",
      { dy: dy!, filter: filter! },
      { strides: [...strides], pad: padding, dataFormat: "NHWC", inputShape: [...shape] },
    ),
  reference([dy, filter], { attributes, shape }) {
    const dx = new Float64Array(elementCount(shape));
    visitProducts(shape, filter!.shape, dy!.shape, attributes, (i, j, k) => {
      dx[i]! += dy!.data[k]! * filter!.data[j]!;
    });
    return generate(shape, "float32", (i) => dx[i]!);
  },
  flops: ({ inputs: [dy, filter] }) => convolutionFlops(filter!, dy!),
  samples: [
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
  ],
};
