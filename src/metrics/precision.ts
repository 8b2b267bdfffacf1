import { checkOptions, range } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { checkAnswers } from "./checkAnswers.js";
import { flat, ratio, totalOf } from "./counting.js";
import type { TotalsMetric } from "./metric.js";

/** Options of `precision`. */
export interface PrecisionOptions {
  /** The probability from which on, itself not included, an answer is yes. @default 0.5 */
  readonly threshold?: number;
}

/**
 * Of the answers that say yes, the share that is right; 0 where none says yes. For yes-or-no questions.
 * TP / (TP + FP). As in Keras.
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1
 * @throws SW_VALUE when the threshold is not in [0, 1); SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [precision()] });
 */
export function precision(options: PrecisionOptions = {}): TotalsMetric<"precision", number> {
  checkOptions("precision", options, { threshold: range(0, 1) });
  const { threshold = 0.5 } = options;
  return {
    name: "precision",
    totals({ output, target, weights, fromLogits }) {
      checkAnswers("precision", output, target);
      const p = flat(fromLogits ? b.op("sigmoid", [output]) : output);
      const yes = b.op("cast", [b.op("greater", [p, b.scalar(threshold)])], { dtype: "float32" });
      const said = b.op("multiply", [flat(weights), yes]);
      return { truePositives: totalOf(b.op("multiply", [said, flat(target)])), saidYes: totalOf(said) };
    },
    result: ({ truePositives, saidYes }) => ratio(truePositives!, saidYes!),
  };
}
