import { elementCount } from "../../../ir/array.js";
import { paddingOf } from "./attributes.js";
import type { KernelPool } from "./kernels.js";
import { pooled } from "./pooled.js";
import { wins } from "./wins.js";

// What tfjs's backends lack kernels for, or have wrong ones, in loops that an engine makes fast.

/**
 * Visits the windows of a pool over two axes that are not padding: window k is the elements from `first` on, in `rows` rows
 * and `columns` columns, and neighbours in a row are `step` apart.
 */
function visitPlanes(
  [batch, height, width, channels]: readonly number[],
  [, rows, columns]: readonly number[],
  { poolSize, strides, padding }: KernelPool,
  visit: (k: number, first: number, rows: number, columns: number) => void,
): void {
  const [B, H, W, C, R, Q] = [batch!, height!, width!, channels!, rows!, columns!];
  const [windowH, windowW] = poolSize as [number, number];
  const [strideH, strideW] = strides as [number, number];
  const [top] = paddingOf(padding, 0, { size: H, output: R, extent: windowH, stride: strideH });
  const [left] = paddingOf(padding, 1, { size: W, output: Q, extent: windowW, stride: strideW });
  for (let n = 0, k = 0; n < B; n++)
    for (let row = 0; row < R; row++) {
      const y = row * strideH - top;
      const from = Math.max(0, y);
      const seenRows = Math.min(H, y + windowH) - from;
      for (let column = 0; column < Q; column++) {
        const x = column * strideW - left;
        const start = Math.max(0, x);
        const seenColumns = Math.min(W, x + windowW) - start;
        for (let c = 0; c < C; c++, k++) visit(k, ((n * H + from) * W + start) * C + c, seenRows, seenColumns);
      }
    }
}

/** Visits the place of each window's largest element: of equal ones the first. */
function visitWinners(
  x: ArrayLike<number>,
  shape: readonly number[],
  output: readonly number[],
  pool: KernelPool,
  visit: (k: number, winner: number) => void,
): void {
  const [, , width, channels] = shape as [number, number, number, number];
  visitPlanes(shape, output, pool, (k, first, rows, columns) => {
    let best = first;
    for (let row = 0; row < rows; row++)
      for (let i = first + row * width * channels, end = i + columns * channels; i < end; i += channels) {
        if (wins(x[i]!, x[best]!)) best = i;
      }
    visit(k, best);
  });
}

/** The gradient of a max pool. */
export function scatterToWinners(
  x: ArrayLike<number>,
  shape: readonly number[],
  dy: ArrayLike<number>,
  output: readonly number[],
  pool: KernelPool,
): Float32Array {
  const dx = new Float32Array(elementCount(shape));
  visitWinners(x, shape, output, pool, (k, winner) => {
    dx[winner]! += dy[k]!;
  });
  return dx;
}

/** The elements of `values` that stand where x has each window's maximum. */
export function gatherWinners(
  x: ArrayLike<number>,
  shape: readonly number[],
  values: ArrayLike<number>,
  pool: KernelPool,
) {
  const output = pooled(shape, pool) as number[];
  const data = new Float32Array(elementCount(output));
  visitWinners(x, shape, output, pool, (k, winner) => {
    data[k] = values[winner]!;
  });
  return { data, shape: output };
}

/** The gradient of an average pool. */
export function spreadMeans(
  dy: ArrayLike<number>,
  output: readonly number[],
  shape: readonly number[],
  pool: KernelPool,
): Float32Array {
  const dx = new Float32Array(elementCount(shape));
  const [, , width, channels] = shape as [number, number, number, number];
  visitPlanes(shape, output, pool, (k, first, rows, columns) => {
    const share = dy[k]! / (rows * columns);
    for (let row = 0; row < rows; row++)
      for (let i = first + row * width * channels, end = i + columns * channels; i < end; i += channels)
        dx[i]! += share;
  });
  return dx;
}
