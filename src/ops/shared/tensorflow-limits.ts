import { ShapewrightError } from "../../ir/errors.js";
import type { Dim } from "../../types/dim.js";
import { show } from "../../types/show.js";

/** Refuses more axes than TensorFlow's kernel for an op takes (2.9 to 2.21), when it is lowered: not in the middle of a run. */
export function limitAxes(op: string, shape: readonly Dim[], most: number): void {
  if (shape.length > most) throw tooMany(op, `up to ${most} axes`, show(shape));
}

/** TensorFlow's kernels broadcast along so many groups of axes at most; neighbours that are alike in both shapes are one. */
const mostGroups = 5;

/** Refuses shapes of which TensorFlow's kernels do not broadcast one against the other. */
export function limitBroadcast(op: string, a: readonly Dim[], b: readonly Dim[]): void {
  const rank = Math.max(a.length, b.length);
  if (rank <= mostGroups) return;
  const at = (shape: readonly Dim[], axis: number) => shape[axis - rank + shape.length] ?? 1;
  const kinds = Array.from({ length: rank }, (_, axis) => [at(a, axis) === 1, at(b, axis) === 1] as const);
  const wide = kinds.filter(([left, right]) => !(left && right));
  const groups = wide.filter(([left, right], i) => i === 0 || left !== wide[i - 1]![0] || right !== wide[i - 1]![1]);
  if (groups.length > mostGroups) {
    throw tooMany(op, `shapes that take turns in being 1 up to ${mostGroups} times`, `${show(a)} and ${show(b)}`);
  }
}

function tooMany(op: string, taken: string, given: string): ShapewrightError {
  const message = `${op}: TensorFlow takes ${taken}, got ${given}; reshape to fewer axes, or open it with { backend: "wasm" }`;
  return new ShapewrightError("SW_BACKEND", message, op);
}
