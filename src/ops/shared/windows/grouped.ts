import type { Dim } from "../../../types/dim.js";
import type { Convolution, MovingKernels, Sized } from "./kernels.js";

/** Group by group: each part of the filters sees its part of the channels. */
export function grouped<V>(k: MovingKernels<V>, groups: number, inner: Convolution<V>): Convolution<V> {
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
