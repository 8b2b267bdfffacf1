import type { CheckPositive } from "../ir/option-checks.js";
import { checkOption, checkOptions, type OptionRules, positive, required } from "../ir/options.js";
import { nextValuesOf } from "./given-optimizer.js";
import { checkMeant, means, type NamePattern, patternsRule } from "./names.js";
import { anOptimizer, type Optimizer, rateOf, wrapped } from "./optimizer.js";

/** Options of `weightDecay`. */
export interface WeightDecayOptions {
  /**
   * Which variables do not decay: names of variables or layers, in which `*` stands for anything, regular expressions, or functions of full
   * names.
   *
   * @default []
   */
  readonly exclude?: NamePattern | readonly NamePattern[];
}

const rules: OptionRules<WeightDecayOptions> = { exclude: patternsRule };

/**
 * Lets weights decay besides the optimizer's own step: w := w - η · decay · w, with η the variable's own rate, whether `rates` is
 * within or around. With `adam` this is AdamW, as PyTorch has it: what is frozen does not decay.
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019).
 *
 * @param decay positive; 4e-3 is Keras's
 * @throws SW_VALUE when the decay is not a positive number; in `compile`, SW_NAME when what is excluded is a name that the model does not have
 * @example
 * weightDecay(adam(), 4e-3, { exclude: ["embedding", /bias|gamma|beta/] });
 */
export function weightDecay<const N extends number>(
  optimizer: Optimizer,
  decay: N & CheckPositive<"weightDecay", "decay", N>,
  options: WeightDecayOptions = {},
): Optimizer {
  checkOption("weightDecay", "optimizer", optimizer, required(anOptimizer));
  checkOption("weightDecay", "decay", decay, required(positive));
  checkOptions("weightDecay", options, rules);
  const { exclude = [] } = options;
  const patterns: readonly NamePattern[] = Array.isArray(exclude) ? exclude : [exclude];
  const decays = (name: string) => !patterns.some((pattern) => means("weightDecay", pattern, name));
  return wrapped(optimizer, {
    checkNames(names) {
      checkMeant("weightDecay", patterns, names);
      optimizer.checkNames?.(names);
    },
    step(context) {
      const { b, parameters } = context;
      const decaying = new Map(parameters.filter(({ name }) => decays(name)).map((one) => [one.variable, one]));
      return nextValuesOf("weightDecay", optimizer, context).map(([variable, next]) => {
        const parameter = decaying.get(variable);
        if (!parameter) return [variable, next];
        const share = b.op("multiply", [rateOf(optimizer, parameter, context), b.scalar(decay)]);
        return [variable, b.op("subtract", [next, b.op("multiply", [variable, share])])];
      });
    },
  });
}
