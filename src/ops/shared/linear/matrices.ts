import { array, elementCount, generate, type NdArray } from "../../../ir/array.js";
import type { Builder } from "../../../ir/builder.js";
import type { Node } from "../../../ir/node.js";
import type { Dim } from "../../../types/dim.js";

/** A matrix on the host, row by row, in double precision. */
export type Matrix = Float64Array;

/** The matrices on the last two axes. */
export function matricesOf({ shape, data }: NdArray): Matrix[] {
  const size = elementCount(shape.slice(-2));
  const numbers = Float64Array.from(data);
  return Array.from({ length: elementCount(shape.slice(0, -2)) }, (_, i) => numbers.slice(i * size, (i + 1) * size));
}

/** Parts of a tensor one behind another. */
export function stacked(parts: readonly ArrayLike<number>[], shape: readonly number[]): NdArray {
  const data = new Float32Array(elementCount(shape));
  const size = data.length / parts.length;
  parts.forEach((part, i) => {
    data.set(part, i * size);
  });
  return array(data, shape);
}

/** Rows for columns, of a matrix on the host. */
export function turnedMatrix(x: Matrix, rows: number, columns: number): Matrix {
  return Float64Array.from(x, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)]!);
}

/** The last two axes the other way round, in a gradient. */
export function turned(b: Builder, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis);
  return b.op("transpose", [x], { permutation: [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!] });
}

/** The mean of a matrix and its transpose, in a gradient. */
export function symmetric(b: Builder, x: Node): Node {
  return b.op("multiply", [b.op("add", [x, turned(b, x)]), b.scalar(0.5)]);
}

/** A matrix [n, n] with one number below its diagonal, one on it and one above: what triangles are multiplied by. */
export function triangles(b: Builder, n: Dim, below: number, on: number, above: number): Node {
  if (typeof n === "number") {
    return b.constant(
      generate([n, n], "float32", (i) => {
        const [row, column] = [Math.floor(i / n), i % n];
        return row > column ? below : row === column ? on : above;
      }),
    );
  }
  const columns = b.op("arange", [], { shape: [n] });
  const rows = b.op("reshape", [columns], { shape: [n, 1] });
  const outside = b.op("select", [b.op("greater", [rows, columns]), b.scalar(below), b.scalar(above)]);
  return b.op("select", [b.op("equal", [rows, columns]), b.scalar(on), outside]);
}
