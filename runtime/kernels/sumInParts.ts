import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "./plain-runner.js";

/** The most elements that are added up one after another: their sum is off by some 1e-5 at worst. */
const longest = 256;

/** Parts of fewer than these are worth cutting off what is left over: to copy the rest. */
const fewest = 16;

/**
 * A sum over axes by sums of parts, so that no float32 sum grows large beside what is added to it: over one axis after another, and
 * over a long axis by parts. `undefined` where there are so few elements that one sum will do.
 */
export function sumInParts(k: PlainRunner, x: TensorInfo, axes: readonly number[]): TensorInfo | undefined {
  const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
  if (x.dtype !== "float32" || count <= longest) return undefined;
  // From the last on, so that the others keep their places.
  return [...axes].sort((a, b) => b - a).reduce((rest, axis) => sumOverAxis(k, rest, axis), x);
}

function sumOverAxis(k: PlainRunner, x: TensorInfo, axis: number): TensorInfo {
  const size = x.shape[axis]!;
  if (size <= longest) return k.plain("Sum", { x }, { axis: [axis], keepDims: false });
  const length = partOf(size);
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const left = size % length;
  const block = (place: number, count: number) => {
    if (count === size) return x;
    const begin = x.shape.map((_, other) => (other === axis ? place : 0));
    return k.plain("Slice", { x }, { begin, size: [...before, count, ...after] });
  };
  const parts = k.reshape(block(0, size - left), [...before, (size - left) / length, length, ...after]);
  const total = sumOverAxis(k, k.plain("Sum", { x: parts }, { axis: [axis + 1], keepDims: false }), axis);
  return left === 0 ? total : k.plain("Add", { a: total, b: sumOverAxis(k, block(size - left, left), axis) });
}

/** How many elements of an axis fall into a part: as many as leave nothing over, where that is not too few. */
function partOf(size: number): number {
  for (let length = longest; length >= fewest; length--) if (size % length === 0) return length;
  return longest;
}
