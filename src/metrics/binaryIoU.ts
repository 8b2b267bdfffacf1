import type { Node } from "../ir/node.js";
import type { CheckProbability } from "../ir/option-checks.js";
import { checkOptions, probability, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { answersOf } from "./answersOf.js";
import { matrixOf } from "./class-matrix.js";
import { asNumbers, minus } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";
import { checkClassIds, classIdsRule, meanOverlap } from "./overlap.js";

/** Options of `binaryIoU`. */
export interface BinaryIoUOptions<N extends string = string, T extends number = number> extends NameOption<N> {
  /** Of which answers the mean is taken: 0 for no, 1 for yes. @default [0, 1] */
  readonly targetClassIds?: readonly number[];
  /** The probability from which on an answer is yes, itself included. @default 0.5 */
  readonly threshold?: T & CheckProbability<"binaryIoU", "threshold", T>;
}

/**
 * The mean over both answers, yes and no, of intersection over union: TP / (TP + FP + FN). As Keras’s `BinaryIoU`.
 *
 * @returns a metric for outputs and targets of one shape, targets 0 or 1
 * @throws SW_VALUE when the threshold is not from 0 to 1, or there are no such classes; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [binaryIoU()] });
 */
export function binaryIoU<const N extends string = "binaryIoU", const T extends number = number>(
  options: BinaryIoUOptions<N, T> = {},
): TotalsMetric<NoInfer<N>, number> {
  checkOptions("binaryIoU", options, { name: text, targetClassIds: classIdsRule, threshold: probability });
  const { name = "binaryIoU" as N, targetClassIds = [0, 1], threshold = 0.5 } = options;
  checkClassIds("binaryIoU", targetClassIds, 2);
  return {
    name,
    totals(context) {
      const { p, yes, weights } = answersOf("binaryIoU", context);
      const said = asNumbers(b.op("greaterEqual", [p, b.scalar(threshold)]));
      return { matrix: matrixOf({ actual: noAndYes(yes), predicted: noAndYes(said), weights }) };
    },
    result: ({ matrix }) => meanOverlap(matrix!, targetClassIds),
  };
}

/** [n, 1] → [n, 2]: 1 in the first place for no, in the second for yes. */
function noAndYes(yes: Node): Node {
  return b.op("concat", [minus(b.scalar(1), yes), yes], { axis: 1 });
}
