import { callback, checkOption, checkOptions, type OptionRules, positive, required } from "../ir/options.js";
import { nextValuesOf } from "./given-optimizer.js";
import { anOptimizer, type Optimizer, wrapped } from "./optimizer.js";

/** Options of `weightDecay`. */
export interface WeightDecayOptions {
  /** Which variables do not decay, by their full names. @default () => false */
  readonly exclude?: (name: string) => boolean;
}

const rules: OptionRules<WeightDecayOptions> = { exclude: callback };

/**
 * Lets weights decay besides the optimizer's own step: w := w - η · decay · w, with η the variable's own rate, whether `rates` is
 * within or around. With `adam` this is AdamW, as PyTorch has it: what is frozen does not decay.
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019).
 *
 * @param decay positive; 4e-3 is Keras's
 * @throws SW_VALUE when the decay is not a positive number
 * @example
 * weightDecay(adam(), 4e-3, { exclude: (name) => name.endsWith("/bias") });
 */
export function weightDecay(optimizer: Optimizer, decay: number, options: WeightDecayOptions = {}): Optimizer {
  checkOption("weightDecay", "optimizer", optimizer, required(anOptimizer));
  checkOption("weightDecay", "decay", decay, required(positive));
  checkOptions("weightDecay", options, rules);
  const { exclude = () => false } = options;
  return wrapped(optimizer, {
    step(context) {
      const { b, parameters } = context;
      const decaying = new Map(parameters.filter(({ name }) => !exclude(name)).map((one) => [one.variable, one]));
      return nextValuesOf("weightDecay", optimizer, context).map(([variable, next]) => {
        const parameter = decaying.get(variable);
        if (!parameter) return [variable, next];
        const factor = optimizer.factor?.(parameter.name) ?? 1;
        const share = b.op("multiply", [parameter.learningRate, b.scalar(decay * factor)]);
        return [variable, b.op("subtract", [next, b.op("multiply", [variable, share])])];
      });
    },
  });
}
