import { elementCount, generate } from "../ir/array.js";
import type { Random } from "../ir/random.js";
import { refuse } from "../ir/refuse.js";
import { show } from "../types/show.js";
import { type GainOptions, gainOf } from "./gain.js";
import type { Initializer } from "./initializer.js";

/**
 * A matrix with orthonormal columns, or rows where it has fewer of them: that of a QR decomposition of normal numbers, of which R's
 * diagonal is positive. All axes but the last one count as rows.
 * Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks" (2014).
 *
 * @throws SW_VALUE when the gain is no number, or, where a variable gets its value, it has fewer than two axes
 * @example
 * const kernel = variable("kernel", [64, 64], orthogonal({ gain: 1.4 }));
 */
export function orthogonal(options: GainOptions = {}): Initializer {
  const gain = gainOf("orthogonal", options);
  return {
    name: `orthogonal(${gain})`,
    expression: `orthogonal({ gain: ${gain} })`,
    sample(shape, random) {
      const message = `orthogonal: fills variables with two axes or more, got ${show(shape)}`;
      refuse("SW_VALUE", "orthogonal", shape.length >= 2 ? undefined : message);
      const [rows, columns] = [elementCount(shape.slice(0, -1)), shape.at(-1)!];
      const vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
      const element = (row: number, column: number) =>
        rows < columns ? vectors[row]![column]! : vectors[column]![row]!;
      return generate(shape, "float32", (i) => gain * element(Math.floor(i / columns), i % columns)).data;
    },
  };
}

/** Orthonormal vectors of a length, of normal ones, by Gram and Schmidt's method: what each has of those before is taken away. */
function orthonormal(count: number, length: number, random: Random): Float64Array[] {
  // Drawn as the matrix's rows, whose columns the vectors are.
  const vectors = Array.from({ length: count }, () => new Float64Array(length));
  for (let i = 0; i < length; i++) for (const vector of vectors) vector[i] = random.normal();
  vectors.forEach((vector, k) => {
    for (const before of vectors.slice(0, k)) subtract(vector, before, dot(vector, before));
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i]! /= norm;
  });
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a - factor · b, in a's place. */
function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! -= factor * b[i]!;
}
