import type { Node } from "../ir/node.js";
import { checkOptions, fromTwo, type OptionRules } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { checkAnswers } from "./checkAnswers.js";
import { flat, ratio, totalOf } from "./counting.js";
import type { TotalsMetric } from "./metric.js";

/** Options of `auc`. */
export interface AucOptions {
  /** How many thresholds the curve is made of, two or more. @default 200 */
  readonly thresholds?: number;
}

const rules: OptionRules<AucOptions> = { thresholds: fromTwo };

/**
 * The area under the ROC curve, for yes-or-no questions: how probable it is that a sample whose answer is yes gets a larger output
 * than one whose answer is no. Approximated as Keras does it, by trapezoids between evenly spaced thresholds.
 * Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic curve" (1982).
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; 0 where either answer does not occur
 * @throws SW_VALUE when there are fewer thresholds than two; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [auc()] });
 */
export function auc(options: AucOptions = {}): TotalsMetric<"auc", number> {
  checkOptions("auc", options, rules);
  const { thresholds = 200 } = options;
  return {
    name: "auc",
    totals({ output, target, weights, fromLogits }) {
      checkAnswers("auc", output, target);
      const p = flat(fromLogits ? b.op("sigmoid", [output]) : output);
      const [yes, weight] = [flat(target), flat(weights)];
      const places = bucketsOf(p, thresholds);
      // The samples by the highest threshold that their output is above: memory for each sample, not for each at every threshold.
      const bucketed = (x: Node) => b.op("gatherGradient", [x, places], { axis: 0, batchDims: 0, shape: [thresholds] });
      const positive = b.op("multiply", [weight, yes]);
      const negative = b.op("multiply", [weight, b.op("subtract", [b.scalar(1), yes])]);
      return {
        positivesFrom: bucketed(positive),
        negativesFrom: bucketed(negative),
        positives: totalOf(positive),
        negatives: totalOf(negative),
      };
    },
    result({ positivesFrom, negativesFrom, positives, negatives }) {
      const recall = ratio(sumsToEnd(positivesFrom!, thresholds), positives!);
      const fallOut = ratio(sumsToEnd(negativesFrom!, thresholds), negatives!);
      const [from, to] = [0, 1].map(
        (begin) => (x: Node) => b.op("slice", [x], { begin: [begin], size: [thresholds - 1] }),
      );
      const width = b.op("subtract", [from!(fallOut), to!(fallOut)]);
      const height = b.op("multiply", [b.op("add", [from!(recall), to!(recall)]), b.scalar(0.5)]);
      return totalOf(b.op("multiply", [width, height]));
    },
  };
}

/**
 * The number of the highest of evenly spaced thresholds that each output is above: of 0.3, among 0, 0.25, 0.5, 0.75 and 1, it is 1. As
 * in Keras, the first threshold lies below 0, and 1 is not above the last.
 */
function bucketsOf(p: Node, thresholds: number): Node {
  const places = b.op("ceil", [b.op("multiply", [b.op("minimum", [p, b.scalar(1)]), b.scalar(thresholds - 1)])]);
  const numbers = b.op("cast", [b.op("maximum", [places, b.scalar(1)])], { dtype: "int32" });
  // What is not a number has any place as an integer: among the lowest it does the least.
  return b.op("maximum", [b.op("subtract", [numbers, b.scalar(1, "int32")]), b.scalar(0, "int32")]);
}

/** The sum of each element and all behind it: of two, of four, of eight, … of them, until it is of all. */
function sumsToEnd(x: Node, size: number): Node {
  let sums = x;
  for (let reach = 1; reach < size; reach *= 2) {
    const behind = b.op("slice", [sums], { begin: [reach], size: [size - reach] });
    sums = b.op("add", [sums, b.op("pad", [behind], { paddings: [[0, reach]], value: 0 })]);
  }
  return sums;
}
