import { aRecord, checkOption, notNegative, required } from "../ir/options.js";
import { checkMeant, means } from "./names.js";
import { anOptimizer, type Optimizer, type Parameter, rateOf, type StepContext, wrapped } from "./optimizer.js";

/**
 * Multiplies the learning rate of some variables: by their full names, or by how these begin (`"encoder"` for all that begins with
 * `encoder/`), where `*` stands for anything. The longest that fits counts. What has the factor 0 is frozen: it does not change, and nothing is kept for it.
 * `compile` refuses a name that the model does not have; an eager session, which sees a few variables at a time, does not.
 *
 * @param factors from 0 on, by the names of variables and layers
 * @throws SW_VALUE when a factor is not a number from 0 on
 * @example
 * rates(adam(), { dense: 0, "dense_1/kernel": 0.1 });
 */
export function rates(optimizer: Optimizer, factors: Readonly<Record<string, number>>): Optimizer {
  checkOption("rates", "optimizer", optimizer, required(anOptimizer));
  checkOption("rates", "factors", factors, required(aRecord));
  for (const [name, factor] of Object.entries(factors)) {
    checkOption("rates", `the factor of "${name}"`, factor, required(notNegative));
  }
  const given = new Map(Object.entries(factors));
  const factorOf = (parameter: string): number => {
    const fits = [...given.keys()].filter((name) => means("rates", name, parameter));
    const longest = fits.sort((a, b) => b.length - a.length)[0];
    return longest === undefined ? 1 : given.get(longest)!;
  };
  const scaled = (parameter: Parameter, { b }: StepContext): Parameter => {
    const factor = factorOf(parameter.name);
    if (factor === 1) return parameter;
    return { ...parameter, learningRate: b.op("multiply", [parameter.learningRate, b.scalar(factor)]) };
  };
  return wrapped(optimizer, {
    slots: (name, shape) => (factorOf(name) === 0 ? {} : optimizer.slots(name, shape)),
    evaluatedAs: (name) => (factorOf(name) === 0 ? undefined : optimizer.evaluatedAs?.(name)),
    rateOf: (parameter, context) => rateOf(optimizer, scaled(parameter, context), context),
    checkNames(names) {
      checkMeant("rates", given.keys(), names);
      optimizer.checkNames?.(names);
    },
    step(context) {
      const changed = context.parameters.filter(({ name }) => factorOf(name) !== 0);
      const parameters = changed.map((parameter) => scaled(parameter, context));
      return parameters.length === 0 ? [] : optimizer.step({ ...context, parameters });
    },
  });
}
