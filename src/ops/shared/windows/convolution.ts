import { addDims, multiplyDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import { type ConvolutionAttributes, extents } from "./attributes.js";
import { convolved } from "./convolved.js";
import type { ConvolutionKernels, KernelWindow, MovingKernels, Sized } from "./kernels.js";
import { paddedShape } from "./moved.js";

/** A convolution and its two gradients. */
export interface Convolution<V> {
  forward(x: Sized<V>, filter: Sized<V>): Sized<V>;
  inputGradient(dy: Sized<V>, filter: Sized<V>, inputShape: readonly Dim[]): Sized<V>;
  filterGradient(x: Sized<V>, dy: Sized<V>, filterShape: readonly Dim[]): Sized<V>;
}

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

/** By the target's own kernels. */
function plain<V>(
  k: Pick<ConvolutionKernels<V>, "convolve" | "inputGradient" | "filterGradient">,
  window: KernelWindow,
): Convolution<V> {
  return {
    forward: (x, filter) => k.convolve(x, filter, window),
    inputGradient: (dy, filter, inputShape) => k.inputGradient(dy, filter, inputShape, window),
    filterGradient: (x, dy, filterShape) => k.filterGradient(x, dy, filterShape, window),
  };
}

/** One spatial axis as two, of which the first has one place. */
function overTwoAxes<V>(k: MovingKernels<V>, inner: Convolution<V>): Convolution<V> {
  const wide = ([batch, ...rest]: readonly Dim[]) => [batch!, 1, ...rest];
  const narrow = ([batch, , ...rest]: readonly Dim[]) => [batch!, ...rest];
  const widen = (x: Sized<V>) => k.reshape(x, wide(x.shape));
  const widenFilter = (filter: Sized<V>) => k.reshape(filter, [1, ...filter.shape]);
  const narrowed = (x: Sized<V>) => k.reshape(x, narrow(x.shape));
  return {
    forward: (x, filter) => narrowed(inner.forward(widen(x), widenFilter(filter))),
    inputGradient: (dy, filter, inputShape) =>
      narrowed(inner.inputGradient(widen(dy), widenFilter(filter), wide(inputShape))),
    filterGradient: (x, dy, filterShape) =>
      k.reshape(inner.filterGradient(widen(x), widen(dy), [1, ...filterShape]), filterShape),
  };
}

/** With the padding in the input. */
function padded<V>(
  k: MovingKernels<V>,
  paddings: readonly (readonly [number, number])[],
  inner: Convolution<V>,
): Convolution<V> {
  const all = [[0, 0] as const, ...paddings, [0, 0] as const];
  const pad = (x: Sized<V>) => k.pad(x, all, 0);
  return {
    forward: (x, filter) => inner.forward(pad(x), filter),
    inputGradient: (dy, filter, inputShape) =>
      unpadded(k, inner.inputGradient(dy, filter, paddedShape(inputShape, all)), all, inputShape),
    filterGradient: (x, dy, filterShape) => inner.filterGradient(pad(x), dy, filterShape),
  };
}

/** What is left of x without its padding. */
export function unpadded<V>(
  k: MovingKernels<V>,
  x: Sized<V>,
  paddings: readonly (readonly [number, number])[],
  shape: readonly Dim[],
): Sized<V> {
  return k.slice(
    x,
    paddings.map(([before]) => before),
    shape,
  );
}

/** Group by group: each part of the filters sees its part of the channels. */
function grouped<V>(k: MovingKernels<V>, groups: number, inner: Convolution<V>): Convolution<V> {
  const parted = (shape: readonly Dim[]) => [...shape.slice(0, -1), (shape.at(-1) as number) / groups];
  const part = (x: Sized<V>, group: number) => {
    const size = parted(x.shape);
    const begin = size.map((_, axis) => (axis === size.length - 1 ? group * (size[axis] as number) : 0));
    return k.slice(x, begin, size);
  };
  const each = (one: (group: number) => Sized<V>) => {
    const parts = Array.from({ length: groups }, (_, group) => one(group));
    return k.concat(parts, parts[0]!.shape.length - 1);
  };
  return {
    forward: (x, filter) => each((g) => inner.forward(part(x, g), part(filter, g))),
    inputGradient: (dy, filter, inputShape) =>
      each((g) => inner.inputGradient(part(dy, g), part(filter, g), parted(inputShape))),
    filterGradient: (x, dy, filterShape) =>
      each((g) => inner.filterGradient(part(x, g), part(dy, g), parted(filterShape))),
  };
}

/** Every channel by itself. The filters of a channel stand beside each other: [height, width, 1, channels · each] is [height, width, channels, each]. */
function depthwise<V>(k: ConvolutionKernels<V>, channels: number, window: KernelWindow): Convolution<V> {
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

/** With zeros in the filter for the places that dilations leave out: more work, for which every target has kernels. */
function spread<V>(k: MovingKernels<V>, dilations: readonly number[], inner: Convolution<V>): Convolution<V> {
  /** An axis of a filter, with what stands before and behind it taken together. */
  const folded = (shape: readonly Dim[], axis: number) => ({
    outer: shape.slice(0, axis).reduce(multiplyDims, 1),
    places: shape[axis] as number,
    row: shape.slice(axis + 1).reduce(multiplyDims, 1),
  });
  const withZeros = (filter: Sized<V>) =>
    dilations.reduce((narrow, dilation, axis) => {
      const { outer, places, row } = folded(narrow.shape, axis);
      const wide = k.reshape(padAxis(k, k.reshape(narrow, [outer, places, 1, row]), 2, dilation - 1), [
        outer,
        places * dilation,
        row,
      ]);
      const [extent] = extents([places], [dilation]) as [number];
      return k.reshape(k.slice(wide, [0, 0, 0], [outer, extent, row]), narrow.shape.with(axis, extent));
    }, filter);
  const withoutZeros = (filter: Sized<V>, shape: readonly Dim[]) =>
    dilations.reduce((wide, dilation, axis) => {
      const { outer, places: extent, row } = folded(wide.shape, axis);
      const places = shape[axis] as number;
      const apart = padAxis(k, k.reshape(wide, [outer, extent, row]), 1, places * dilation - extent);
      const seen = k.slice(k.reshape(apart, [outer, places, dilation, row]), [0, 0, 0, 0], [outer, places, 1, row]);
      return k.reshape(seen, wide.shape.with(axis, places));
    }, filter);
  const reach = (shape: readonly Dim[]) => [...extents(shape.slice(0, -2) as number[], dilations), ...shape.slice(-2)];
  return {
    forward: (x, filter) => inner.forward(x, withZeros(filter)),
    inputGradient: (dy, filter, inputShape) => inner.inputGradient(dy, withZeros(filter), inputShape),
    filterGradient: (x, dy, filterShape) => withoutZeros(inner.filterGradient(x, dy, reach(filterShape)), filterShape),
  };
}

/** x with zeros behind one axis. */
function padAxis<V>(k: MovingKernels<V>, x: Sized<V>, axis: number, zeros: number): Sized<V> {
  return k.pad(
    x,
    x.shape.map((_, i) => (i === axis ? ([0, zeros] as const) : ([0, 0] as const))),
    0,
  );
}

/**
 * Dilated over two axes, with strides of 1. No target's kernels for gradients know dilations, but the gradients are
 * convolutions themselves, and those do.
 */
function dilated<V>(k: ConvolutionKernels<V>, window: KernelWindow): Convolution<V> {
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
