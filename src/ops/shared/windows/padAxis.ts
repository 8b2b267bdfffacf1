import type { MovingKernels, Sized } from "./kernels.js";

/** x with zeros behind one axis. */
export function padAxis<V>(k: MovingKernels<V>, x: Sized<V>, axis: number, zeros: number): Sized<V> {
  return k.pad(
    x,
    x.shape.map((_, i) => (i === axis ? ([0, zeros] as const) : ([0, 0] as const))),
    0,
  );
}
