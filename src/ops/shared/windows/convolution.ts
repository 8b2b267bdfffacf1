import type { Dim } from "../../../types/dim.js";
import type { ConvolutionAttributes } from "./attributes.js";
import { depthwise } from "./depthwise.js";
import { dilated } from "./dilated.js";
import { grouped } from "./grouped.js";
import type { Convolution, ConvolutionKernels } from "./kernels.js";
import { overTwoAxes } from "./overTwoAxes.js";
import { padded } from "./padded.js";
import { plain } from "./plain.js";
import { spread } from "./spread.js";

/**
 * A convolution with its gradients by the kernels that targets have. Each case is made of one that is simpler: one axis is
 * two, numbers of padding stand in the input, groups are convolved one by one.
 */
export function convolutionBy<V>(
  k: ConvolutionKernels<V>,
  { strides, padding, dilations = strides.map(() => 1), groups = 1 }: ConvolutionAttributes,
  channels: Dim,
): Convolution<V> {
  if (strides.length === 1) {
    // The other axis has one place, on which any stride does: one that is equal leaves depthwise kernels possible.
    const wide = { strides: [strides[0]!, strides[0]!], dilations: [1, dilations[0]!], groups };
    return overTwoAxes(
      k,
      convolutionBy(
        k,
        { ...wide, padding: typeof padding === "string" ? padding : [[0, 0] as const, padding[0]!] },
        channels,
      ),
    );
  }
  if (typeof padding !== "string") {
    return padded(k, padding, convolutionBy(k, { strides, padding: "valid", dilations, groups }, channels));
  }
  const window = { strides, padding, dilations };
  const isDilated = dilations.some((dilation) => dilation !== 1);
  const flat = { ...window, dilations: strides.map(() => 1) };
  if (isDepthwise({ strides, padding, groups }, channels)) {
    return isDilated ? spread(k, dilations, depthwise(k, groups, flat)) : depthwise(k, groups, flat);
  }
  if (groups !== 1) return grouped(k, groups, convolutionBy(k, window, channels));
  if (!isDilated) return plain(k, window);
  return strides.length === 3 ? spread(k, dilations, plain(k, flat)) : dilated(k, window);
}

/** Whether a convolution is made by kernels that know depthwise convolutions: over two axes with one stride. */
export function isDepthwise({ strides, groups = 1 }: ConvolutionAttributes, channels: Dim): boolean {
  return groups !== 1 && groups === channels && strides.length <= 2 && strides.every((stride) => stride === strides[0]);
}
