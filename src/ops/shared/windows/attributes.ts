/** How windows lie over the spatial axes of a tensor [batch, …spatial, channels], of which there are one to three. */
export interface WindowAttributes {
  /** How far apart windows are along each axis. */
  readonly strides: readonly number[];
  /** With numbers: how many places of padding stand before and after each axis. */
  readonly padding: WindowPadding;
}

export type WindowPadding = "same" | "valid" | readonly (readonly [before: number, after: number])[];

/** What is 1 everywhere is left out, so that one convolution is written in one way. */
export interface ConvolutionAttributes extends WindowAttributes {
  /** How far apart the places of a window are along each axis. */
  readonly dilations?: readonly number[];
  /** How many groups the channels and the filters are divided into: each filter sees the channels of its group. */
  readonly groups?: number;
}

export interface PoolAttributes extends WindowAttributes {
  readonly poolSize: readonly number[];
}

/** Attributes without those that say nothing. */
export function convolutionAttributes({
  strides,
  padding,
  dilations = [],
  groups = 1,
}: ConvolutionAttributes): ConvolutionAttributes {
  return {
    strides,
    padding,
    ...(dilations.some((dilation) => dilation !== 1) && { dilations }),
    ...(groups !== 1 && { groups }),
  };
}

/** How far a window reaches along each axis: (size - 1) · dilation + 1. */
export function extents(size: readonly number[], dilations?: readonly number[]): number[] {
  return size.map((places, axis) => (places - 1) * (dilations?.[axis] ?? 1) + 1);
}

/**
 * How many places of padding stand before and after an axis. With "same" they are divided evenly, the odd one behind; they
 * may be less than the windows do not reach, which is none.
 */
export function paddingOf(
  padding: WindowPadding,
  axis: number,
  { size, output, extent, stride }: { size: number; output: number; extent: number; stride: number },
): readonly [before: number, after: number] {
  if (padding === "valid") return [0, 0];
  if (padding !== "same") return padding[axis]!;
  const missing = Math.max(0, (output - 1) * stride + extent - size);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}
