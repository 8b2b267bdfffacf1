import { type Matrix, turnedMatrix } from "./matrices.js";
import { signsOf } from "./signs.js";

/** Rounds enough for any matrix: each makes what is left much smaller. */
const mostRounds = 60;

/**
 * The eigenvalues of a symmetric matrix, the smallest first, and its eigenvectors as columns, by Jacobi's rotations (1846).
 */
export function eigenOf(matrix: Matrix, n: number): [values: number[], vectors: Matrix] {
  const a = Float64Array.from(matrix, (x, i) => (x + matrix[(i % n) * n + Math.floor(i / n)]!) / 2);
  const v = Float64Array.from(a, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let round = 0; round < mostRounds; round++) {
    let changed = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const [pp, pq, qq] = [a[p * n + p]!, a[p * n + q]!, a[q * n + q]!];
        if (!(Math.abs(pq) > 1e-18 * Math.hypot(pp, qq) && pq !== 0)) continue;
        changed = true;
        const { c, s } = rotation(pp, pq, qq);
        rotateColumns(a, n, n, p, q, c, s);
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p * n + k]!, a[q * n + k]!];
          [a[p * n + k], a[q * n + k]] = [c * x - s * y, s * x + c * y];
        }
        rotateColumns(v, n, n, p, q, c, s);
      }
    }
    if (!changed) break;
  }
  const values = Array.from({ length: n }, (_, i) => a[i * n + i]!);
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]! || i - j);
  const vectors = Float64Array.from(v, (_, i) => v[Math.floor(i / n) * n + order[i % n]!]!);
  const signs = signsOf(vectors, n, n);
  if (a.some(Number.isNaN)) return [values.fill(Number.NaN), vectors.fill(Number.NaN)];
  return [order.map((i) => values[i]!), vectors.map((x, i) => x * signs[i % n]!)];
}

/**
 * The singular values of a matrix, the largest first, with the vectors on its left as columns, and those on its right as rows, by
 * rotations of its columns until they are orthogonal (Hestenes, 1958).
 */
export function singularOf(matrix: Matrix, rows: number, columns: number): [u: Matrix, s: number[], vt: Matrix] {
  if (rows < columns) {
    const [u, s, vt] = deep(turnedMatrix(matrix, rows, columns), columns, rows);
    return signed(turnedMatrix(vt, rows, rows), s, turnedMatrix(u, columns, rows), rows, columns);
  }
  return signed(...deep(matrix, rows, columns), rows, columns);
}

function signed(u: Matrix, s: number[], vt: Matrix, rows: number, columns: number): [Matrix, number[], Matrix] {
  const signs = signsOf(u, rows, s.length);
  return [u.map((x, i) => x * signs[i % s.length]!), s, vt.map((x, i) => x * signs[Math.floor(i / columns)]!)];
}

/** The same of no more columns than rows, with any signs. */
function deep(matrix: Matrix, rows: number, n: number): [u: Matrix, s: number[], vt: Matrix] {
  const a = matrix.slice();
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const product = (p: number, q: number) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += a[i * n + p]! * a[i * n + q]!;
    return sum;
  };
  for (let round = 0; round < mostRounds; round++) {
    let changed = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const [pp, pq, qq] = [product(p, p), product(p, q), product(q, q)];
        if (!(Math.abs(pq) > 1e-15 * Math.sqrt(pp * qq) && pq !== 0)) continue;
        changed = true;
        const { c, s } = rotation(pp, pq, qq);
        rotateColumns(a, rows, n, p, q, c, s);
        rotateColumns(v, n, n, p, q, c, s);
      }
    }
    if (!changed) break;
  }
  const lengths = Array.from({ length: n }, (_, j) => Math.sqrt(product(j, j)));
  const order = [...lengths.keys()].sort((i, j) => lengths[j]! - lengths[i]! || i - j);
  if (lengths.some(Number.isNaN)) {
    return [a.fill(Number.NaN), lengths.fill(Number.NaN), v.fill(Number.NaN)];
  }
  const s = order.map((j) => lengths[j]!);
  const u = Float64Array.from(a, (_, i) => a[Math.floor(i / n) * n + order[i % n]!]! / (s[i % n]! || 1));
  const least = (s[0] ?? 0) * 1e-14;
  for (let j = 0; j < n; j++) if (!(s[j]! > least)) complete(u, rows, n, j);
  const vt = Float64Array.from(v, (_, i) => v[(i % n) * n + order[Math.floor(i / n)]!]!);
  return [u, s, vt];
}

/** The angle by which two columns are turned to be orthogonal. */
function rotation(pp: number, pq: number, qq: number): { c: number; s: number } {
  const theta = (qq - pp) / (2 * pq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  return { c, s: t * c };
}

function rotateColumns(x: Matrix, rows: number, width: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < rows; k++) {
    const [a, b] = [x[k * width + p]!, x[k * width + q]!];
    [x[k * width + p], x[k * width + q]] = [c * a - s * b, s * a + c * b];
  }
}

/** Puts a vector of length 1 in the place of a column that has none, at right angles to those before it. */
function complete(u: Matrix, rows: number, n: number, j: number): void {
  let best = new Float64Array(rows);
  let longest = 0;
  for (let axis = 0; axis < rows && longest < 0.7; axis++) {
    const x = Float64Array.from({ length: rows }, (_, i) => (i === axis ? 1 : 0));
    for (let twice = 0; twice < 2; twice++) {
      for (let k = 0; k < j; k++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += x[i]! * u[i * n + k]!;
        for (let i = 0; i < rows; i++) x[i]! -= sum * u[i * n + k]!;
      }
    }
    const length = x.reduce((sum, value) => Math.hypot(sum, value), 0);
    if (length > longest) [best, longest] = [x.map((value) => value / length), length];
  }
  for (let i = 0; i < rows; i++) u[i * n + j] = best[i]!;
}
