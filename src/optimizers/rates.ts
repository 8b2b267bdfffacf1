import { aRecord, checkOption, range, required } from "../ir/options.js";
import { anOptimizer, type Optimizer, type Parameter } from "./optimizer.js";

/**
 * Multiplies the learning rate of some variables: by their full names, or by how these begin (`"encoder"` for all that begins with
 * `encoder/`). The longest that fits counts. What has the factor 0 is frozen: it does not change, and nothing is kept for it.
 *
 * @throws SW_VALUE when a factor is not a number from 0 on
 * @example
 * rates(adam(), { dense: 0, "dense_1/kernel": 0.1 });
 */
export function rates(optimizer: Optimizer, factors: Readonly<Record<string, number>>): Optimizer {
  checkOption("rates", "optimizer", optimizer, required(anOptimizer));
  checkOption("rates", "factors", factors, required(aRecord));
  for (const [name, factor] of Object.entries(factors)) {
    checkOption("rates", `the factor of "${name}"`, factor, required(range(0, Infinity)));
  }
  const factorOf = (parameter: string): number => {
    const fits = Object.keys(factors).filter((name) => parameter === name || parameter.startsWith(`${name}/`));
    const longest = fits.sort((a, b) => b.length - a.length)[0];
    return longest === undefined ? 1 : factors[longest]!;
  };
  return {
    ...optimizer,
    slots: (name) => (factorOf(name) === 0 ? {} : optimizer.slots(name)),
    step(context) {
      const { b } = context;
      const parameters = context.parameters.flatMap((parameter): Parameter[] => {
        const factor = factorOf(parameter.name);
        if (factor === 1) return [parameter];
        const learningRate = b.op("multiply", [parameter.learningRate, b.scalar(factor)]);
        return factor === 0 ? [] : [{ ...parameter, learningRate }];
      });
      return parameters.length === 0 ? [] : optimizer.step({ ...context, parameters });
    },
  };
}
