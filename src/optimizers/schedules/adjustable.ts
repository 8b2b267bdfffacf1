import { checkOption, required } from "../../ir/options.js";
import { notNegative, type Schedule } from "./schedule.js";

/**
 * A rate that can be set between steps: it is kept among the variables, as `optimizer/learningRate`, and a session reads and sets it
 * as its `learningRate`. A rate that is a plain number is a constant of the compiled step, and costs no variable.
 *
 * @param initialLearningRate the rate until another is set, from 0 on
 * @throws SW_VALUE when the rate is out of range
 * @example
 * compile(digits, { optimizer: sgd({ learningRate: adjustable(0.1) }), loss: sparseCategoricalCrossentropy() });
 */
export function adjustable(initialLearningRate: number): Schedule {
  checkOption("adjustable", "initialLearningRate", initialLearningRate, required(notNegative));
  return {
    name: "adjustable",
    initialLearningRate,
    state: { learningRate: initialLearningRate },
    rate: (_, __, { learningRate }) => learningRate!,
  };
}
