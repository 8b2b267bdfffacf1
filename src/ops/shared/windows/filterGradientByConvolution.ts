import { addDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import { extents } from "./attributes.js";
import type { ConvolutionKernels, KernelWindow, MovingKernels, Sized } from "./kernels.js";

/**
 * d filter[j] = Σ x[j · dilation + k · stride] · dy[k] is a convolution of the image with dy, where batch and channels change
 * places, and strides and dilations do too. With strides beyond 1, sizes are numbers.
 */
export function filterGradientByConvolution<V>(
  k: Pick<ConvolutionKernels<V>, "convolve" | keyof MovingKernels<V>>,
  x: Sized<V>,
  dy: Sized<V>,
  filterShape: readonly Dim[],
  { strides, dilations, padding }: KernelWindow,
): Sized<V> {
  const extent = extents(filterShape.slice(0, 2) as number[], dilations);
  const isStrided = strides.some((stride) => stride !== 1);
  const reach = strides.map((stride, axis) =>
    isStrided
      ? ((dy.shape[axis + 1] as number) - 1) * stride + extent[axis]!
      : addDims(dy.shape[axis + 1]!, extent[axis]! - 1),
  );
  const around = strides.map((_, axis) => {
    if (padding === "valid") return [0, 0] as const;
    const missing = isStrided
      ? Math.max(0, (reach[axis] as number) - (x.shape[axis + 1] as number))
      : extent[axis]! - 1;
    return [Math.floor(missing / 2), Math.ceil(missing / 2)] as const;
  });
  const wide = k.pad(x, [[0, 0], ...around, [0, 0]], 0);
  // With strides, the last rows and columns may lie in no window.
  const seen = isStrided ? k.slice(wide, [0, 0, 0, 0], [x.shape[0]!, ...reach, x.shape[3]!]) : wide;
  const window = { strides: dilations, dilations: strides, padding: "valid" } as const;
  const product = k.convolve(k.transpose(seen, [3, 1, 2, 0]), k.transpose(dy, [1, 2, 0, 3]), window);
  return { ...k.transpose(product, [1, 2, 0, 3]), shape: filterShape };
}
