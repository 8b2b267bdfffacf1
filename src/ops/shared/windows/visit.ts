import { elementCount } from "../../../ir/array.js";
import { coordinatesOf, indexOf } from "../strides.js";
import {
  type ConvolutionAttributes,
  extents,
  type PoolAttributes,
  paddingOf,
  type WindowAttributes,
} from "./attributes.js";
import { wins } from "./wins.js";

/**
 * Visits every place of every window that is not padding: windows in row-major order, and places within a window in
 * row-major order. All coordinates are those of the spatial axes; `place` is relative to its window.
 */
function visitWindows(
  input: readonly number[],
  window: readonly number[],
  output: readonly number[],
  { strides, padding, dilations }: WindowAttributes & { readonly dilations?: readonly number[] },
  visit: (input: number[], place: number[], output: number[]) => void,
): void {
  const reach = extents(window, dilations);
  const before = input.map((size, axis) => {
    const along = { size, output: output[axis]!, extent: reach[axis]!, stride: strides[axis]! };
    return paddingOf(padding, axis, along)[0];
  });
  for (let k = 0; k < elementCount(output); k++)
    for (let j = 0; j < elementCount(window); j++) {
      const to = coordinatesOf(k, output);
      const place = coordinatesOf(j, window);
      const from = to.map((c, axis) => c * strides[axis]! + place[axis]! * (dilations?.[axis] ?? 1) - before[axis]!);
      if (from.every((c, axis) => c >= 0 && c < input[axis]!)) visit(from, place, to);
    }
}

/**
 * Visits every product that a convolution adds up: y[k] += x[i] · filter[j]. Its two gradients add up the same products,
 * with another of the three as the result.
 */
export function visitProducts(
  x: readonly number[],
  filter: readonly number[],
  y: readonly number[],
  attributes: ConvolutionAttributes,
  visit: (i: number, j: number, k: number) => void,
): void {
  const [channels, filters] = filter.slice(-2) as [number, number];
  const filtersEach = filters / (attributes.groups ?? 1);
  visitWindows(spatial(x), filter.slice(0, -2), spatial(y), attributes, (from, place, to) => {
    for (let n = 0; n < x[0]!; n++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filters; f++) {
          const channel = Math.floor(f / filtersEach) * channels + c;
          visit(indexOf([n, ...from, channel], x), indexOf([...place, c, f], filter), indexOf([n, ...to, f], y));
        }
  });
}

/** Visits every element of every window of a pool, which has the shape `output`: element i of the input is in window k. */
export function visitElements(
  input: readonly number[],
  output: readonly number[],
  attributes: PoolAttributes,
  visit: (i: number, k: number) => void,
): void {
  visitWindows(spatial(input), attributes.poolSize, spatial(output), attributes, (from, _, to) => {
    for (let n = 0; n < input[0]!; n++)
      for (let c = 0; c < input.at(-1)!; c++) visit(indexOf([n, ...from, c], input), indexOf([n, ...to, c], output));
  });
}

/** For each element of a max pool's output, the flat index of the input element it was: of equal ones, or of NaNs, the first. */
export function winners(
  x: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
  output: readonly number[],
  attributes: PoolAttributes,
): number[] {
  const best: number[] = [];
  visitElements(x.shape, output, attributes, (i, k) => {
    if (best[k] === undefined || wins(x.data[i]!, x.data[best[k]]!)) best[k] = i;
  });
  return best;
}

/** How many elements each window of a pool has that are not padding. */
export function coverage(input: readonly number[], output: readonly number[], attributes: PoolAttributes): number[] {
  const counts = new Array<number>(elementCount(output)).fill(0);
  visitElements(input, output, attributes, (_, k) => counts[k]!++);
  return counts;
}

function spatial(shape: readonly number[]): readonly number[] {
  return shape.slice(1, -1);
}
