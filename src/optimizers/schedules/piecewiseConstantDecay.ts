import { checkOption, listOf, notNegative, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Schedule } from "./schedule.js";

/**
 * A rate that is constant between boundaries: `values[i]` up to and with step `boundaries[i]`, the last value after them. As in
 * Keras.
 *
 * @param boundaries numbers of steps, each larger than the one before
 * @param values one more than there are boundaries
 * @throws SW_VALUE when there are not as many values, or boundaries do not rise
 * @example
 * sgd({ learningRate: piecewiseConstantDecay([1000, 5000], [0.1, 0.01, 0.001]) });
 */
export function piecewiseConstantDecay(boundaries: readonly number[], values: readonly number[]): Schedule {
  const name = "piecewiseConstantDecay";
  const rates = { ...listOf(notNegative), takes: "a list of numbers from 0 on" };
  checkOption(name, "boundaries", boundaries, required(rates));
  checkOption(name, "values", values, required(rates));
  const counts = `${name}: ${boundaries.length} boundaries take ${boundaries.length + 1} values, got ${values.length}`;
  refuse("SW_VALUE", name, values.length === boundaries.length + 1 ? undefined : counts);
  const falls = boundaries.findIndex((boundary, i) => !(boundary >= 0 && (i === 0 || boundary > boundaries[i - 1]!)));
  const order = `${name}: boundaries are numbers of steps that rise, got [${boundaries.join(", ")}]`;
  refuse("SW_VALUE", name, falls < 0 ? undefined : order);
  // Read when a step is made.
  const [ends, levels] = [[...boundaries], [...values]];
  return {
    name,
    initialLearningRate: levels[0]!,
    rate: (b, steps) =>
      ends.reduceRight(
        (later, end, i) => b.op("select", [b.op("lessEqual", [steps, b.scalar(end)]), b.scalar(levels[i]!), later]),
        b.scalar(levels.at(-1)!),
      ),
  };
}
