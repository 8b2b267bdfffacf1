import type { Dim } from "../../../types/dim.js";
import type { Convolution, ConvolutionKernels, KernelWindow, Sized } from "./kernels.js";
import { plain } from "./plain.js";

/** Every channel by itself. The filters of a channel stand beside each other: [height, width, 1, channels · each] is [height, width, channels, each]. */
export function depthwise<V>(k: ConvolutionKernels<V>, channels: number, window: KernelWindow): Convolution<V> {
  const deep = ([height, width, , filters]: readonly Dim[]) => [
    height!,
    width!,
    channels,
    (filters as number) / channels,
  ];
  const deepen = (filter: Sized<V>) => k.reshape(filter, deep(filter.shape));
  const kernels = plain(k.depthwise, window);
  return {
    forward: (x, filter) => kernels.forward(x, deepen(filter)),
    inputGradient: (dy, filter, inputShape) => kernels.inputGradient(dy, deepen(filter), inputShape),
    filterGradient: (x, dy, filterShape) => k.reshape(kernels.filterGradient(x, dy, deep(filterShape)), filterShape),
  };
}
