import type { KernelRunner, TensorInfo } from "../../../ir/tfjs-lowering.js";
import { extents, paddingOf } from "./attributes.js";
import { filterGradientByConvolution } from "./filterGradientByConvolution.js";
import type { Convolution, ConvolutionKernels, KernelWindow, Sized } from "./kernels.js";
import { overDepth, type PlaneKernels } from "./over-depth.js";
import { hasGradients, movingTensors, sizedTensor } from "./tfjs-moving.js";
import { filterGradientWithinTensorflow, withinTensorflow } from "./withinTensorflow.js";

type Shaped = Pick<Sized<TensorInfo>, "shape">;

/** tfjs's kernels for convolutions, as each backend has them. */
export function tfjsConvolution(k: KernelRunner): ConvolutionKernels<TensorInfo> {
  const flat = planes(k);
  // The wasm backend's kernels over three axes give wrong numbers.
  const deep = (window: KernelWindow) => (hasGradients(k) ? volumes(k, window) : overDepth(flat, window));
  const isDeep = ({ strides }: KernelWindow) => strides.length === 3;
  return {
    ...flat,
    convolve: (x, filter, window) =>
      isDeep(window) ? deep(window).forward(x, filter) : flat.convolve(x, filter, window),
    inputGradient: (dy, filter, shape, window) =>
      isDeep(window) ? deep(window).inputGradient(dy, filter, shape) : flat.inputGradient(dy, filter, shape, window),
    filterGradient: (x, dy, shape, window) =>
      isDeep(window) ? deep(window).filterGradient(x, dy, shape) : flat.filterGradient(x, dy, shape, window),
    depthwise: byChannel(k),
  };
}

/** Over two axes. */
function planes(k: KernelRunner): PlaneKernels<TensorInfo> {
  const moving = movingTensors(k);
  const convolve: ConvolutionKernels<TensorInfo>["convolve"] = (images, kernel, window) => {
    const [x, filter] = convolvedBy(k, images, kernel, window);
    return sizedTensor(k.run("Conv2D", { x: x.value, filter: filter.value }, tfjsWindow(k, x, filter, window)));
  };
  return {
    ...moving,
    convolve,
    inputGradient({ value: dy }, filter, shape, window) {
      const attributes = { ...tfjsWindow(k, { shape }, filter, window), inputShape: [...shape] };
      return sizedTensor(k.run("Conv2DBackpropInput", { dy, filter: filter.value }, attributes));
    },
    filterGradient(x, dy, shape, window) {
      if (!hasGradients(k)) return filterGradientByConvolution({ ...moving, convolve }, x, dy, shape, window);
      const [seen, how] =
        k.backend === "tensorflow" ? filterGradientWithinTensorflow(moving, x, shape, window) : [x, window];
      const attributes = { ...tfjsWindow(k, seen, { shape }, how), filterShape: [...shape] };
      return sizedTensor(k.run("Conv2DBackpropFilter", { x: seen.value, dy: dy.value }, attributes));
    },
    add: (a, b) => sizedTensor(k.run("Add", { a: a.value, b: b.value })),
  };
}

/** Over three, by kernels of their own. */
function volumes(k: KernelRunner, around: KernelWindow): Convolution<TensorInfo> {
  const { strides, padding } = around;
  const window = { strides: [...strides], dilations: [1, 1, 1], pad: padding, dataFormat: "NDHWC" };
  return {
    forward(images, kernel) {
      const [x, filter] = convolvedBy(k, images, kernel, around);
      return sizedTensor(k.run("Conv3D", { x: x.value, filter: filter.value }, window));
    },
    inputGradient({ value: dy }, { value: filter }, inputShape) {
      return sizedTensor(k.run("Conv3DBackpropInputV2", { dy, filter }, { ...window, inputShape: [...inputShape] }));
    },
    filterGradient({ value: x }, { value: dy }, filterShape) {
      return sizedTensor(k.run("Conv3DBackpropFilterV2", { x, dy }, { ...window, filterShape: [...filterShape] }));
    },
  };
}

/** Over two axes, channel by channel. */
function byChannel(k: KernelRunner): ConvolutionKernels<TensorInfo>["depthwise"] {
  return {
    convolve({ value: x, shape }, filter, window) {
      const attributes = tfjsWindow(k, { shape }, filter, window);
      return sizedTensor(k.run("DepthwiseConv2dNative", { x, filter: filter.value }, attributes));
    },
    inputGradient({ value: dy }, filter, shape, window) {
      const attributes = { ...tfjsWindow(k, { shape }, filter, window), inputShape: [...shape] };
      return sizedTensor(k.run("DepthwiseConv2dNativeBackpropInput", { dy, filter: filter.value }, attributes));
    },
    filterGradient(x, { value: dy }, shape, window) {
      const attributes = { ...tfjsWindow(k, x, { shape }, window), filterShape: [...shape] };
      return sizedTensor(k.run("DepthwiseConv2dNativeBackpropFilter", { x: x.value, dy }, attributes));
    },
  };
}

/** What a backend is to convolve in place of an image and a filter. */
export function convolvedBy(k: KernelRunner, x: Sized<TensorInfo>, filter: Sized<TensorInfo>, window: KernelWindow) {
  return k.backend === "tensorflow" ? withinTensorflow(movingTensors(k), x, filter, window) : ([x, filter] as const);
}

/** The attributes of tfjs's convolutions over two axes. */
export function tfjsWindow(k: KernelRunner, x: Shaped, filter: Shaped, window: KernelWindow) {
  const { strides, dilations, padding } = window;
  return {
    strides: [...strides],
    dilations: [...dilations],
    dataFormat: "NHWC",
    pad: k.backend === "wasm" && padding === "same" ? inNumbers(x, filter, window) : padding,
  };
}

/**
 * "same" in numbers: told "same", the wasm backend's kernels pad where nothing is to be padded when windows lie further apart
 * than they are wide.
 */
function inNumbers({ shape: x }: Shaped, { shape: filter }: Shaped, window: KernelWindow) {
  const extent = extents(filter.slice(0, 2) as number[], window.dilations);
  const around = window.strides.map((stride, axis) => {
    const size = x[axis + 1] as number;
    return [...paddingOf("same", axis, { size, output: Math.ceil(size / stride), extent: extent[axis]!, stride })];
  });
  return [[0, 0], ...around, [0, 0]];
}
