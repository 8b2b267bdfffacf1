import type { Dim } from "./dim.js";

/** Whether two shapes are written the same: `sameShape(["batch", 3], ["batch", 3])`. */
export function sameShape(a: readonly Dim[], b: readonly Dim[]): boolean {
  return a === b || (a.length === b.length && a.every((dim, axis) => dim === b[axis]));
}
