import type { CheckPositive } from "../ir/option-checks.js";
import { checkOptions, type OptionRules, oneOf, positive } from "../ir/options.js";
import type { Initializer } from "./initializer.js";
import { distributions, type FanMode, scaledVariance, scalingExpression } from "./scaled-variance.js";

/** Options of `varianceScaling`. */
export interface VarianceScalingOptions<N extends number = number> {
  /** The variance, times the fan. @default 1 */
  readonly scale?: N & CheckPositive<"varianceScaling", "scale", N>;
  /** Which fan it is divided by: `"fanIn"`, that of the inputs; `"fanOut"`, of the outputs; `"fanAvg"`, the mean of both. @default "fanIn" */
  readonly mode?: FanMode;
  /**
   * How the numbers are distributed: `"uniform"`; `"untruncatedNormal"`; or `"truncatedNormal"`, cut off at two standard deviations.
   *
   * @default "truncatedNormal"
   */
  readonly distribution?: "truncatedNormal" | "untruncatedNormal" | "uniform";
}

const rules: OptionRules<VarianceScalingOptions> = {
  scale: positive,
  mode: oneOf(["fanIn", "fanOut", "fanAvg"]),
  distribution: oneOf(Object.keys(distributions)),
};

/**
 * Mean 0 and variance scale / fan, where the fan is how many numbers a kernel's output is made of, or goes into. `glorotUniform`,
 * `heNormal`, `lecunNormal` and their like are cases of it.
 *
 * @throws SW_VALUE when the scale is not positive, or a mode or a distribution is none
 * @example
 * const kernel = variable("kernel", [784, 10], varianceScaling({ scale: 2, mode: "fanOut", distribution: "uniform" }));
 */
export function varianceScaling<const N extends number = number>(options: VarianceScalingOptions<N> = {}): Initializer {
  checkOptions("varianceScaling", options, rules);
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal" } = options;
  const scaling = { scale, mode, distribution };
  return scaledVariance(`varianceScaling(${scale}, ${mode}, ${distribution})`, scalingExpression(scaling), scaling);
}
