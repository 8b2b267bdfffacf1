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
    /** The gradient of `conv2d` with respect to its filter, which has `filterShape`. Inputs: the image and dy. */
    conv2dBackpropFilter: WindowAttributes & { readonly filterShape: readonly Dim[] };
  }
}

const name = "conv2dBackpropFilter";

export const conv2dBackpropFilterOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["filterShape"],
  words: { formula: ([x, dy]) => `the sum over all windows of ${x} times ${dy}` },
  traits: ["keepsFinite"],
  infer([x, dy], { filterShape, ...window }) {
    refuse("SW_DTYPE", name, checkDType(name, x!.dtype, ["float32"]) ?? checkDType(name, dy!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkConv2dGradient(name, x!.shape, filterShape, dy!.shape, window));
    return { shape: filterShape, dtype: "float32" };
  },
  gradient({ b, inputs: [x, dy], dy: dz, node: { attributes } }) {
    // z is linear in x and dy, and dz has the filter's shape: dx = conv2dBackpropInput(dy, dz), d dy = conv2d(x, dz).
    const { filterShape: _, ...window } = attributes;
    return [
      b.op("conv2dBackpropInput", [dy!, dz], { ...window, inputShape: x!.shape }),
      b.op("conv2d", [x!, dz], window),
    ];
  },
  tensorflow: (t, [x, dy], { attributes }) =>
    t.op("Conv2DBackpropFilter", [x!, t.shape(attributes.filterShape), dy!], tensorflowWindow(attributes)),
  tfjs(k, [x, dy], { attributes: { strides, padding }, shape }) {
    if (k.backend === "tensorflow" || k.backend === "webgl") {
      const window = { strides: [...strides], pad: padding, dataFormat: "NHWC", filterShape: [...shape] };
      return k.run("Conv2DBackpropFilter", { x: x!, dy: dy! }, window);
    }
    // The wasm backend has no such kernel, and the cpu backend's is a thousand times as slow as a convolution. But it is
    // one: of the image with dy, where batch and channels change places, and the strides lie between dy's elements.
    const sizes = [1, 2].map((axis) => x!.shape[axis]!);
    const reach = [0, 1].map((i) => (dy!.shape[i + 1]! - 1) * strides[i]! + shape[i]!);
    const missing = sizes.map((size, i) => (padding === "same" ? Math.max(0, reach[i]! - size) : 0));
    const paddings = [[0, 0], ...missing.map((n) => [Math.floor(n / 2), Math.ceil(n / 2)]), [0, 0]];
    const padded = k.run("PadV2", { x: x! }, { paddings, constantValue: 0 });
    const seen = k.run("Slice", { x: padded }, { begin: [0, 0, 0, 0], size: [x!.shape[0]!, ...reach, x!.shape[3]!] });
    const image = k.run("Transpose", { x: seen }, { perm: [3, 1, 2, 0] });
    const filter = k.run("Transpose", { x: dy! }, { perm: [1, 2, 0, 3] });
    const window = { strides: [1, 1], pad: "valid", dataFormat: "NHWC", dilations: [...strides] };
    return k.run("Transpose", { x: k.run("Conv2D", { x: image, filter }, window) }, { perm: [1, 2, 0, 3] });
  },
  reference([x, dy], { attributes, shape }) {
    const dFilter = new Float64Array(elementCount(shape));
    visitProducts(x!.shape, shape, dy!.shape, attributes, (i, j, k) => {
      dFilter[j]! += x!.data[i]! * dy!.data[k]!;
    });
    return generate(shape, "float32", (j) => dFilter[j]!);
  },
  flops: ({ inputs: [, dy], shape }) => convolutionFlops(shape, dy!),
  samples: [
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
  ],
};
