import { elementCount } from "../ir/array.js";
import { having, type OptionRule } from "../ir/options.js";
import type { Random } from "../ir/random.js";

/**
 * How a variable starts. `sample` fills a new variable of a given shape from a generator seeded for it.
 *
 * @example
 * const halves: Initializer = {
 *   name: "halves",
 *   sample: (shape) => new Float32Array(shape.reduce((n, size) => n * size, 1)).fill(0.5),
 * };
 */
export interface Initializer {
  readonly name: string;
  /** How generated code makes it, such as `glorotUniform()`: of those that come with Shapewright alone. */
  readonly expression?: string;
  sample(shape: readonly number[], random: Random): Float32Array;
}

/**
 * Fan-in and fan-out of a kernel, as Keras counts them: the last two axes are input and output units, the axes
 * before are the receptive field.
 */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const field = elementCount(shape.slice(0, -2));
  return { fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! };
}

const sampling = having("an initializer, such as glorotUniform()", "sample");

/** What an initializer is to an untyped program. Its name is printed. */
export const anInitializer: OptionRule = {
  ...sampling,
  accepts: (value) => sampling.accepts(value) && typeof (value as Partial<Initializer>).name === "string",
};
