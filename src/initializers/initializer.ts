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
  /** The same for kernels of a shape whose fans are others than those of convolutions: of those alone that go by fans. */
  withFans?(shape: readonly number[], fans: Fans): Initializer;
}

/** How many numbers an output is made of, and an input goes into. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

const sampling = having("an initializer, such as glorotUniform() or constantInitializer(0.1)", "sample");

/** What an initializer is to an untyped program. Its name is printed. */
export const anInitializer: OptionRule = {
  ...sampling,
  accepts: (value) => sampling.accepts(value) && typeof (value as Partial<Initializer>).name === "string",
};
