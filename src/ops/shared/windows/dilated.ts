import { extents } from "./attributes.js";
import { filterGradientByConvolution } from "./filterGradientByConvolution.js";
import type { Convolution, ConvolutionKernels, KernelWindow } from "./kernels.js";

/**
 * Dilated over two axes, with strides of 1. No target's kernels for gradients know dilations, but the gradients are
 * convolutions themselves, and those do.
 */
export function dilated<V>(k: ConvolutionKernels<V>, window: KernelWindow): Convolution<V> {
  return {
    forward: (x, filter) => k.convolve(x, filter, window),
    inputGradient(dy, filter, inputShape) {
      // dx[i] = Σ dy[i + before - j · dilation] · filter[j]: of dy with the filter turned around.
      const turned = k.transpose(k.reverse(filter, [0, 1]), [0, 1, 3, 2]);
      const reach = extents(filter.shape.slice(0, 2) as number[], window.dilations);
      const around = reach.map((extent) => {
        const missing = window.padding === "same" ? extent - 1 : 0;
        return [extent - 1 - Math.floor(missing / 2), extent - 1 - Math.ceil(missing / 2)] as const;
      });
      const wide = k.pad(dy, [[0, 0], ...around, [0, 0]], 0);
      return { ...k.convolve(wide, turned, { ...window, padding: "valid" }), shape: inputShape };
    },
    filterGradient: (x, dy, filterShape) => filterGradientByConvolution(k, x, dy, filterShape, window),
  };
}
