import type { Convolution, ConvolutionKernels, KernelWindow } from "./kernels.js";

/** By the target's own kernels. */
export function plain<V>(
  k: Pick<ConvolutionKernels<V>, "convolve" | "inputGradient" | "filterGradient">,
  window: KernelWindow,
): Convolution<V> {
  return {
    forward: (x, filter) => k.convolve(x, filter, window),
    inputGradient: (dy, filter, inputShape) => k.inputGradient(dy, filter, inputShape, window),
    filterGradient: (x, dy, filterShape) => k.filterGradient(x, dy, filterShape, window),
  };
}
