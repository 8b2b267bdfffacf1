import type { Dim } from "../../../types/dim.js";
import type { Convolution, MovingKernels, Sized } from "./kernels.js";
import { paddedShape } from "./moved.js";

/** With the padding in the input. */
export function padded<V>(
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
