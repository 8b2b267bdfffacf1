import type { CheckProbability } from "../ir/option-checks.js";
import { checkOptions, probability, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { checkAnswers, probabilities } from "./answersOf.js";
import { asNumbers } from "./counting.js";
import type { MeanMetric, NameOption } from "./metric.js";

/** Options of `binaryAccuracy`. */
export interface BinaryAccuracyOptions<N extends string = string, T extends number = number> extends NameOption<N> {
  /** The probability above which an answer is yes. @default 0.5 */
  readonly threshold?: T & CheckProbability<"binaryAccuracy", "threshold", T>;
}

/**
 * The share of right answers to yes-or-no questions. As Keras’s `BinaryAccuracy`.
 *
 * @returns a metric for outputs and targets of one shape, targets 0 or 1
 * @throws SW_VALUE when the threshold is not from 0 to 1; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [binaryAccuracy({ threshold: 0.8 })] });
 */
export function binaryAccuracy<const N extends string = "binaryAccuracy", const T extends number = number>(
  options: BinaryAccuracyOptions<N, T> = {},
): MeanMetric<NoInfer<N>> {
  checkOptions("binaryAccuracy", options, { name: text, threshold: probability });
  const { name = "binaryAccuracy" as N, threshold = 0.5 } = options;
  return {
    name,
    values(output, target, loss) {
      checkAnswers("binaryAccuracy", output, target);
      const yes = asNumbers(b.op("greater", [probabilities({ output, ...loss }), b.scalar(threshold)]));
      return asNumbers(b.op("equal", [yes, target]));
    },
  };
}
