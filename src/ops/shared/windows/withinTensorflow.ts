import type { Dim } from "../../../types/dim.js";
import { convolved } from "./convolved.js";
import type { KernelWindow, MovingKernels, Sized } from "./kernels.js";
import { padAxis } from "./padAxis.js";

/**
 * What TensorFlow is to convolve in place of x and a filter: the same, or, with a single channel, both with a second one of
 * zeros where windows go one by one along the height, more along the width, and perhaps have one place there. For those,
 * TensorFlow's kernels of oneDNN (2.21) give wrong numbers.
 */
export function withinTensorflow<V>(
  k: MovingKernels<V>,
  x: Sized<V>,
  filter: Sized<V>,
  window: KernelWindow,
): readonly [x: Sized<V>, filter: Sized<V>] {
  const [high, wide] = window.strides.slice(-2) as [number, number];
  const columns = convolved(x.shape, filter.shape, window).at(-2)!;
  if (x.shape.at(-1) !== 1 || high === wide || (typeof columns === "number" && columns > 1)) return [x, filter];
  return [padAxis(k, x, x.shape.length - 1, 1), padAxis(k, filter, filter.shape.length - 2, 1)];
}

/**
 * The same for the gradient of a filter: of one that has one place, and passes over others, the places that it sees. For those, kernels of oneDNN
 * (TensorFlow 2.21) give wrong numbers now and then.
 */
export function filterGradientWithinTensorflow<V>(
  k: MovingKernels<V>,
  x: Sized<V>,
  filterShape: readonly Dim[],
  window: KernelWindow,
): readonly [x: Sized<V>, window: KernelWindow] {
  const { strides } = window;
  const isOnePlace = strides.every((_, axis) => filterShape[axis] === 1);
  if (!isOnePlace || strides.every((stride) => stride === 1)) return [x, window];
  return [k.everyNth(x, [1, ...strides, 1]), { ...window, strides: strides.map(() => 1), padding: "valid" }];
}
