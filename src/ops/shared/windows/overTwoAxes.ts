import type { Dim } from "../../../types/dim.js";
import type { Convolution, MovingKernels, Sized } from "./kernels.js";

/** One spatial axis as two, of which the first has one place. */
export function overTwoAxes<V>(k: MovingKernels<V>, inner: Convolution<V>): Convolution<V> {
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
