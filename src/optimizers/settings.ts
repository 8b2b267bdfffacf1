import { ShapewrightError } from "../ir/errors.js";
import { checkOptions, type OptionRules } from "../ir/options.js";

/** What Keras's optimizers take as settings, and what is wrapped around an optimizer here. */
const wrappers: Readonly<Record<string, (optimizer: string) => string>> = {
  clipnorm: (optimizer) => `clipByNorm(${optimizer}(…), limit)`,
  clipvalue: (optimizer) => `clipByValue(${optimizer}(…), limit)`,
  globalClipnorm: (optimizer) => `clipByGlobalNorm(${optimizer}(…), limit)`,
  weightDecay: (optimizer) => `weightDecay(${optimizer}(…), decay)`,
  useEma: (optimizer) => `averagedWeights(${optimizer}(…))`,
  emaMomentum: (optimizer) => `averagedWeights(${optimizer}(…), { momentum })`,
  gradientAccumulationSteps: (optimizer) => `accumulateGradients(${optimizer}(…), steps)`,
};

/**
 * Checks an optimizer's settings as an untyped program may give them.
 *
 * @throws SW_VALUE naming the setting; of Keras's that are wrappers here, the wrapper
 */
export function checkSettings<Options extends object>(op: string, options: Options, rules: OptionRules<Options>): void {
  const found = Object.keys(options ?? {}).find((name) => Object.hasOwn(wrappers, name) && !Object.hasOwn(rules, name));
  if (found !== undefined) {
    throw new ShapewrightError("SW_VALUE", `${op}: no option is named "${found}"; write ${wrappers[found]!(op)}`, op);
  }
  checkOptions(op, options, rules);
}
