import { paddingOf } from "./attributes.js";
import type { Convolution, ConvolutionKernels, KernelWindow, MovingKernels, Sized } from "./kernels.js";

type Shape5 = [batch: number, depth: number, height: number, width: number, channels: number];

/** What convolutions over three axes are made of. */
export interface PlaneKernels<V>
  extends MovingKernels<V>,
    Pick<ConvolutionKernels<V>, "convolve" | "inputGradient" | "filterGradient"> {
  add(a: Sized<V>, b: Sized<V>): Sized<V>;
}

/**
 * A convolution over three axes, without dilations, by kernels over two: the sum over the filter's depth of convolutions of
 * planes, y[d] = Σ x[d · stride + j - before] ∗ filter[j]. All sizes are numbers.
 */
export function overDepth<V>(k: PlaneKernels<V>, { strides, padding }: KernelWindow): Convolution<V> {
  const [stride, ...rest] = strides as [number, number, number];
  const planes = { strides: rest, dilations: [1, 1], padding };
  /** Planes of all images, one after another. */
  const folded = (x: Sized<V>) => {
    const [batch, depth, ...plane] = x.shape as Shape5;
    return k.reshape(x, [batch * depth, ...plane]);
  };
  const unfolded = (x: Sized<V>, [batch, depth]: Shape5) => {
    return k.reshape(x, [batch, depth, ...x.shape.slice(1)]);
  };
  /** Part j of a filter, for one plane. */
  const partOf = (filter: Sized<V>, j: number) => {
    const plane = filter.shape.slice(1);
    return k.reshape(k.slice(filter, [j, 0, 0, 0, 0], [1, ...plane]), plane);
  };
  /** How the depth is reached: `outputs` planes of an input, each the first of `stride` ones. */
  const along = ([, size]: Shape5, outputs: number, extent: number) => {
    const [before] = paddingOf(padding, 0, { size, output: outputs, extent, stride });
    const reach = extent - 1 + outputs * stride;
    return { before, reach, after: Math.max(0, reach - before - size), seen: Math.min(size, reach - before) };
  };
  /** For each part of a filter, the planes that it meets. */
  const planesOf = (x: Sized<V>, outputs: number, extent: number) => {
    const shape = x.shape as Shape5;
    const [batch, , height, ...row] = shape;
    const { before, after, seen } = along(shape, outputs, extent);
    const part = k.slice(x, [0, 0, 0, 0, 0], [batch, seen, height, ...row]);
    const wide = k.pad(part, onAxis(1, before, after), 0);
    return (j: number) => {
      const from = k.slice(wide, [0, j, 0, 0, 0], [batch, outputs * stride, height, ...row]);
      const together = k.reshape(from, [batch, outputs, stride * height, ...row]);
      return folded(k.slice(together, [0, 0, 0, 0, 0], [batch, outputs, height, ...row]));
    };
  };
  const parts = (extent: number) => Array.from({ length: extent }, (_, j) => j);
  return {
    forward(x, filter) {
      const [size, extent] = [x.shape[1] as number, filter.shape[0] as number];
      const outputs = padding === "same" ? Math.ceil(size / stride) : Math.floor((size - extent) / stride) + 1;
      const planeOf = planesOf(x, outputs, extent);
      const sum = parts(extent)
        .map((j) => k.convolve(planeOf(j), partOf(filter, j), planes))
        .reduce(k.add);
      return unfolded(sum, [x.shape[0], outputs] as unknown as Shape5);
    },
    inputGradient(dy, filter, shape) {
      const inputShape = shape as Shape5;
      const [batch, size, height, ...row] = inputShape;
      const [outputs, extent] = [dy.shape[1] as number, filter.shape[0] as number];
      const { before, reach, seen } = along(inputShape, outputs, extent);
      const dPlanes = folded(dy);
      const sum = parts(extent)
        .map((j) => {
          const planeShape = [batch * outputs, height, ...row];
          const dPlane = unfolded(k.inputGradient(dPlanes, partOf(filter, j), planeShape, planes), dy.shape as Shape5);
          const apart = k.pad(dPlane, onAxis(2, 0, (stride - 1) * height), 0);
          const spread = k.reshape(apart, [batch, outputs * stride, height, ...row]);
          return k.pad(spread, onAxis(1, j, reach - outputs * stride - j), 0);
        })
        .reduce(k.add);
      const dSeen = k.slice(sum, [0, before, 0, 0, 0], [batch, seen, height, ...row]);
      return k.pad(dSeen, onAxis(1, 0, size - seen), 0);
    },
    filterGradient(x, dy, filterShape) {
      const [extent, ...plane] = filterShape as Shape5;
      const planeOf = planesOf(x, dy.shape[1] as number, extent);
      const dPlanes = folded(dy);
      const gradients = parts(extent).map((j) => {
        return k.reshape(k.filterGradient(planeOf(j), dPlanes, plane, planes), [1, ...plane]);
      });
      return k.concat(gradients, 0);
    },
  };
}

/** Padding on one of five axes. */
function onAxis(axis: number, before: number, after: number) {
  return Array.from({ length: 5 }, (_, i) => (i === axis ? ([before, after] as const) : ([0, 0] as const)));
}
