import { generate } from "../ir/array.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import { checkOptions, notNegative, type OptionRule, type OptionRules } from "../ir/options.js";
import type { Random } from "../ir/random.js";
import type { Initializer } from "./initializer.js";

/** Options of `randomNormalInitializer` and `truncatedNormalInitializer`. */
export interface NormalOptions<Op extends string = string, N extends number = number> {
  /** The mean. @default 0 */
  readonly mean?: number;
  /** The standard deviation, before numbers are cut off. @default 0.05 */
  readonly stddev?: N & CheckNotNegative<Op, "stddev", N>;
}

const finite: OptionRule = { takes: "a number", accepts: Number.isFinite };
const rules: OptionRules<NormalOptions> = {
  mean: finite,
  stddev: notNegative,
};

/** mean + stddev · n, for numbers n that are drawn in some way. */
export function normalNumbers(
  kind: "randomNormal" | "truncatedNormal",
  options: NormalOptions,
  draw: (random: Random) => number,
): Initializer {
  checkOptions(`${kind}Initializer`, options, rules);
  const { mean = 0, stddev = 0.05 } = options;
  return {
    name: `${kind}(${mean}, ${stddev})`,
    expression: `${kind}Initializer({ mean: ${mean}, stddev: ${stddev} })`,
    sample: (shape, random) => generate(shape, "float32", () => mean + stddev * draw(random)).data,
  };
}
