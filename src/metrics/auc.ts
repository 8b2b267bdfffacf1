import { array } from "../ir/array.js";
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

/** How far the first and last threshold lie beyond 0 and 1, as Keras has it, so that every answer is on one side. */
const beyond = 1e-7;

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
  const inner = Array.from({ length: thresholds - 2 }, (_, i) => (i + 1) / (thresholds - 1));
  const limits = array(new Float32Array([-beyond, ...inner, 1 + beyond]), [1, thresholds]);
  return {
    name: "auc",
    totals({ output, target, weights, fromLogits }) {
      checkAnswers("auc", output, target);
      const p = flat(fromLogits ? b.op("sigmoid", [output]) : output);
      const [yes, weight] = [flat(target), flat(weights)];
      const column = b.op("reshape", [p], { shape: [...p.shape, 1] });
      const above = b.op("cast", [b.op("greater", [column, b.constant(limits)])], { dtype: "float32" });
      const positive = b.op("multiply", [weight, yes]);
      const negative = b.op("multiply", [weight, b.op("subtract", [b.scalar(1), yes])]);
      return {
        truePositives: b.op("dot", [positive, above], {}),
        falsePositives: b.op("dot", [negative, above], {}),
        positives: totalOf(positive),
        negatives: totalOf(negative),
      };
    },
    result({ truePositives, falsePositives, positives, negatives }) {
      const recall = ratio(truePositives!, positives!);
      const fallOut = ratio(falsePositives!, negatives!);
      const [from, to] = [0, 1].map(
        (begin) => (x: Node) => b.op("slice", [x], { begin: [begin], size: [thresholds - 1] }),
      );
      const width = b.op("subtract", [from!(fallOut), to!(fallOut)]);
      const height = b.op("multiply", [b.op("add", [from!(recall), to!(recall)]), b.scalar(0.5)]);
      return totalOf(b.op("multiply", [width, height]));
    },
  };
}
