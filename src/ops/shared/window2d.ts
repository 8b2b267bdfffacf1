import { elementCount, type NdArray } from "../../ir/array.js";
import type { TensorflowAttribute } from "../../ir/tensorflow-lowering.js";
import type { Padding } from "../../types/window.js";
import { indexOf } from "./strides.js";

/** A size per image axis, `[height, width]`; a single number stands for both. */
export type Pair = number | [height: number, width: number];

/** The height of a pair. */
export type HeightOf<P extends Pair> = P extends [infer H extends number, number] ? H : P extends number ? P : number;

/** The width of a pair. */
export type WidthOf<P extends Pair> = P extends [number, infer W extends number] ? W : P extends number ? P : number;

/** Both sizes of a pair. */
export function pairOf(pair: Pair): [height: number, width: number] {
  return typeof pair === "number" ? [pair, pair] : [...pair];
}

/** How windows lie over an image. */
export interface WindowAttributes {
  readonly strides: readonly [height: number, width: number];
  readonly padding: Padding;
}

/** The message for a size of a window or stride that is none, if there is one. */
export function checkPair(op: string, what: string, pair: readonly number[]): string | undefined {
  if (pair.length === 2 && pair.every((size) => Number.isInteger(size) && size > 0)) return undefined;
  return `${op}: ${what} [${pair.join(", ")}] must be positive integers, one for the height and one for the width`;
}

/** TensorFlow's attributes for the windows of an op. */
export function tensorflowWindow({ strides, padding }: WindowAttributes): Record<string, TensorflowAttribute> {
  return {
    T: { type: "float32" },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding.toUpperCase() },
    data_format: { string: "NHWC" },
  };
}

/** How many rows (or columns) of padding stand before the first one. */
function padBefore(size: number, window: number, stride: number, outputs: number, padding: Padding): number {
  return padding === "same" ? Math.floor(Math.max(0, (outputs - 1) * stride + window - size) / 2) : 0;
}

/**
 * Visits every place of every window of an image that is not padding: windows in row-major order, and places within a
 * window in row-major order. `place` is relative to its window.
 */
export function visitWindows(
  image: readonly number[],
  window: readonly number[],
  output: readonly number[],
  { strides, padding }: WindowAttributes,
  visit: (image: [y: number, x: number], place: [y: number, x: number], output: [y: number, x: number]) => void,
): void {
  const [, height, width] = image as [number, number, number];
  const [rows, columns] = output.slice(1) as [number, number];
  const top = padBefore(height, window[0]!, strides[0], rows, padding);
  const left = padBefore(width, window[1]!, strides[1], columns, padding);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let i = 0; i < window[0]!; i++)
        for (let j = 0; j < window[1]!; j++) {
          const y = row * strides[0] + i - top;
          const x = column * strides[1] + j - left;
          if (y >= 0 && y < height && x >= 0 && x < width) visit([y, x], [i, j], [row, column]);
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
  attributes: WindowAttributes,
  visit: (i: number, j: number, k: number) => void,
): void {
  const [batch, , , channels] = x as [number, number, number, number];
  visitWindows(x, filter, y, attributes, (image, place, output) => {
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filter[3]!; f++)
          visit(indexOf([n, ...image, c], x), indexOf([...place, c, f], filter), indexOf([n, ...output, f], y));
  });
}

/**
 * The FLOPs of a convolution with a filter whose result is y, and of either of its gradients: they add up the same
 * products. Places in the padding count like others, as is usual.
 */
export function convolutionFlops([height, width, channels]: readonly number[], y: readonly number[]): number {
  return 2 * height! * width! * channels! * elementCount(y);
}

/** For each element of a max pool's output, the flat index of the input element it was: of equal ones the first. */
export function winners(
  x: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
  poolSize: readonly number[],
  output: readonly number[],
  attributes: WindowAttributes,
): number[] {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const best: number[] = [];
  visitWindows(x.shape, poolSize, output, attributes, (image, _, place) => {
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++) {
        const candidate = indexOf([n, ...image, c], x.shape);
        const k = indexOf([n, ...place, c], output);
        if (best[k] === undefined || x.data[candidate]! > x.data[best[k]]!) best[k] = candidate;
      }
  });
  return best;
}

/** Numbers of which no two within a few windows are equal: samples for a maximum. */
export function scattered(shape: number[], offset = 0): NdArray {
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Float32Array.from({ length: count }, (_, i) => (((i + offset) * 29) % 101) / 25 - 2);
  return { shape, dtype: "float32", data };
}
