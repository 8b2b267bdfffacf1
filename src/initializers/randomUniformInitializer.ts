import { generate } from "../ir/array.js";
import { checkOptions, float32, type OptionRules } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Initializer } from "./initializer.js";

/** Options of `randomUniformInitializer`. */
export interface RandomUniformOptions {
  /** The smallest number. @default -0.05 */
  readonly minval?: number;
  /** The largest. @default 0.05 */
  readonly maxval?: number;
}

const name = "randomUniformInitializer";
const rules: OptionRules<RandomUniformOptions> = { minval: float32, maxval: float32 };

/**
 * Uniform between two numbers, which are Keras's unless said otherwise.
 *
 * @throws SW_VALUE when they are no finite numbers of float32, or not in order
 * @example
 * const table = variable("table", [1000, 64], randomUniformInitializer({ minval: -0.1, maxval: 0.1 }));
 */
export function randomUniformInitializer(options: RandomUniformOptions = {}): Initializer {
  checkOptions(name, options, rules);
  const { minval = -0.05, maxval = 0.05 } = options;
  const inOrder = minval <= maxval && Number.isFinite(minval) && Number.isFinite(maxval);
  refuse("SW_VALUE", name, inOrder ? undefined : `${name}: there are no numbers from ${minval} to ${maxval}`);
  return {
    name: `randomUniform(${minval}, ${maxval})`,
    expression: `${name}({ minval: ${minval}, maxval: ${maxval} })`,
    sample: (shape, random) =>
      generate(shape, "float32", () => minval + random.uniform() * (maxval - minval)).data as Float32Array,
  };
}
