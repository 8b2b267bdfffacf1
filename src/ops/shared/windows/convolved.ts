import type { Dim } from "../../../types/dim.js";
import { windowSize } from "../../../types/window.js";
import type { ConvolutionAttributes } from "./attributes.js";

/** The shape of a convolution with a filter [...size, channels, filters]. */
export function convolved(
  x: readonly Dim[],
  filter: readonly Dim[],
  { strides, padding, dilations }: ConvolutionAttributes,
): Dim[] {
  const sizes = strides.map((stride, axis) => {
    const along = typeof padding === "string" ? padding : padding[axis]!;
    return windowSize(x[axis + 1]!, filter[axis] as number, stride, along, dilations?.[axis]);
  });
  return [x[0]!, ...sizes, filter.at(-1)!];
}
