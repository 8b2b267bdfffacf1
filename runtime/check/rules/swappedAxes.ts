import type { KnownShape } from "../shapes.js";

/** All axes in their new order, where PyTorch's `transpose(0, 1)` names the two that change places; undefined where there are none such. */
export function swappedAxes(shape: KnownShape, ...swapped: [number, number]): readonly number[] | undefined {
  const [a, b] = swapped.map((axis) => (axis < 0 ? axis + shape.length : axis)) as [number, number];
  const axes = Array.from(shape.keys());
  if (!axes.includes(a) || !axes.includes(b)) return undefined;
  return axes.map((axis) => (axis === a ? b : axis === b ? a : axis));
}
