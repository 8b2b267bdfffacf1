import { multiplyDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import { extents } from "./attributes.js";
import type { Convolution, MovingKernels, Sized } from "./kernels.js";
import { padAxis } from "./padAxis.js";

/** With zeros in the filter for the places that dilations leave out: more work, for which every target has kernels. */
export function spread<V>(k: MovingKernels<V>, dilations: readonly number[], inner: Convolution<V>): Convolution<V> {
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
