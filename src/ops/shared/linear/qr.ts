import type { Matrix } from "./matrices.js";

/** Q · R of a matrix by Householder's reflections, as LAPACK has the signs: those of R's diagonal are against the numbers that stand there. */
export function qrOf(matrix: Matrix, rows: number, columns: number): [q: Matrix, r: Matrix] {
  const fewer = Math.min(rows, columns);
  const r = matrix.slice();
  const reflections: { v: Matrix; scale: number }[] = [];
  const reflect = (x: Matrix, width: number, { v, scale }: { v: Matrix; scale: number }) => {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += v[i]! * x[i * width + j]!;
      for (let i = 0; i < rows; i++) x[i * width + j]! -= scale * sum * v[i]!;
    }
  };
  for (let k = 0; k < fewer; k++) {
    const v = Float64Array.from({ length: rows }, (_, i) => (i < k ? 0 : r[i * columns + k]!));
    const below = v.slice(k + 1).reduce((sum, x) => sum + x * x, 0);
    // A column that is 0 below its diagonal stays as it is.
    if (below !== 0) v[k]! += (v[k]! >= 0 ? 1 : -1) * Math.sqrt(v[k]! ** 2 + below);
    const reflection = { v, scale: below === 0 ? 0 : 2 / (v[k]! ** 2 + below) };
    reflections.push(reflection);
    reflect(r, columns, reflection);
  }
  const q = Float64Array.from({ length: rows * fewer }, (_, i) => (Math.floor(i / fewer) === i % fewer ? 1 : 0));
  for (const reflection of reflections.reverse()) reflect(q, fewer, reflection);
  const upper = Float64Array.from({ length: fewer * columns }, (_, i) =>
    i % columns < Math.floor(i / columns) ? 0 : r[i]!,
  );
  return [q, upper];
}
