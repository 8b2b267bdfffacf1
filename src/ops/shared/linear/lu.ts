import { ShapewrightError } from "../../../ir/errors.js";
import type { Matrix } from "./matrices.js";

/** A matrix as L · U: both in one, without the ones on the diagonal of L; which row stands where, and the sign of that order. */
export interface Lu {
  readonly factors: Matrix;
  readonly order: readonly number[];
  readonly sign: number;
}

/** Decomposes a square matrix by Gaussian elimination, with the largest number of a column as pivot. */
export function decomposed(matrix: Matrix, n: number): Lu {
  const a = matrix.slice();
  const order = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j]!, a[k * n + j]!];
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      sign = -sign;
    }
    if (a[k * n + k] === 0) continue;
    for (let i = k + 1; i < n; i++) {
      a[i * n + k]! /= a[k * n + k]!;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= a[i * n + k]! * a[k * n + j]!;
    }
  }
  return { factors: a, order, sign };
}

/** The solution of A · X = B, where B has so many columns. */
export function solved({ factors, order }: Lu, n: number, b: Matrix, columns: number): Matrix {
  for (let k = 0; k < n; k++) if (factors[k * n + k] === 0) throw singular();
  const x = Float64Array.from(b, (_, i) => b[order[Math.floor(i / columns)]! * columns + (i % columns)]!);
  return solvedUpper(factors, n, solvedLower(factors, n, x, columns, true), columns);
}

/** The solution of L · X = B by the lower triangle of a matrix, perhaps with ones on its diagonal. */
export function solvedLower(a: Matrix, n: number, b: Matrix, columns: number, unit: boolean): Matrix {
  const x = b.slice();
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = x[i * columns + c]!;
      for (let j = 0; j < i; j++) sum -= a[i * n + j]! * x[j * columns + c]!;
      x[i * columns + c] = unit ? sum : sum / a[i * n + i]!;
    }
  }
  return x;
}

/** The same by the upper triangle. */
export function solvedUpper(a: Matrix, n: number, b: Matrix, columns: number): Matrix {
  const x = b.slice();
  for (let c = 0; c < columns; c++) {
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i * columns + c]!;
      for (let j = i + 1; j < n; j++) sum -= a[i * n + j]! * x[j * columns + c]!;
      x[i * columns + c] = sum / a[i * n + i]!;
    }
  }
  return x;
}

/** The error of a matrix without an inverse. */
export function singular(): ShapewrightError {
  return new ShapewrightError("SW_DATA", "a matrix that is inverted or solved for is singular: it has no inverse");
}

/**
 * The same where TensorFlow says so of one. Its kernels for this are run by sessions alone: generated code, which is to stay small, inverts on
 * the host.
 */
export function notInvertible(error: unknown): ShapewrightError | undefined {
  return /Input (?:matrix )?is not invertible/.test(String(error)) ? singular() : undefined;
}
