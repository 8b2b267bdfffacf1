import { ShapewrightError } from "../ir/errors.js";
import type { CheckFromTwo } from "../ir/option-checks.js";
import { checkOptions, flag, fromTwo, listOf, type OptionRules, oneOf, probability, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { answersOf, inOneColumn, labelledAnswersOf } from "./answersOf.js";
import { type AucCurve, areaUnder, type SummationMethod } from "./areaUnder.js";
import { multiplied, ratio, rowOf, totalOf } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";
import { addedAt, falseNegative, falsePositive, trueNegative, truePositive } from "./outcomes.js";
import { evenly, listed } from "./thresholds.js";

/** Options of `auc`. */
export interface AucOptions<N extends string = string, T extends number = number> extends NameOption<N> {
  /** How many thresholds, from 0 to 1 at even distances, the curve is made of; two or more. @default 200 */
  readonly numThresholds?: T & CheckFromTwo<"auc", "numThresholds", T>;
  /** The thresholds between 0 and 1 that the curve is made of, instead of evenly spaced ones. */
  readonly thresholds?: readonly number[];
  /**
   * The curve: the share of positives that is found over the share of negatives that is taken for such (`"ROC"`), precision over recall
   * (`"PR"`), or their gains over saying yes to all (`"PRGAIN"`).
   *
   * @default "ROC"
   */
  readonly curve?: AucCurve;
  /**
   * What lies between two thresholds: `"interpolation"`, a line; `"minoring"` or `"majoring"`, the smaller or the larger value of the two.
   *
   * @default "interpolation"
   */
  readonly summationMethod?: SummationMethod;
  /** Whether each label, an element of the last axis, has a curve of its own; the mean of their areas is reported. @default false */
  readonly multiLabel?: boolean;
  /** How much each label counts: of their answers, or with `multiLabel` of their areas. @default undefined: all the same */
  readonly labelWeights?: readonly number[];
}

const weightsRule = {
  takes: "a list of numbers from 0",
  accepts: listOf({ takes: "", accepts: (value) => Number.isFinite(value) && (value as number) >= 0 }).accepts,
};

const rules: OptionRules<AucOptions> = {
  name: text,
  numThresholds: fromTwo,
  thresholds: { takes: "a list of numbers from 0 to 1", accepts: listOf(probability).accepts },
  curve: oneOf(["ROC", "PR", "PRGAIN"]),
  summationMethod: oneOf(["interpolation", "minoring", "majoring"]),
  multiLabel: flag,
  labelWeights: weightsRule,
};

/** Keras’s: what its first and its last threshold lie beyond 0 and 1. */
const margin = 1e-7;

/**
 * The area under the ROC curve, for yes-or-no questions: how probable it is that a sample whose answer is yes gets a larger output
 * than one whose answer is no. Approximated as Keras does it, by trapezoids between evenly spaced thresholds. With options, other
 * curves and sums. Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic curve" (1982).
 *
 * @returns a metric for outputs and targets of one shape, targets from 0 to 1; 0 where either answer does not occur
 * @throws SW_VALUE when there are fewer thresholds than two, or other label weights than labels; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [auc({ curve: "PR" })] });
 */
export function auc<const N extends string = "auc", const T extends number = number>(
  options: AucOptions<N, T> = {},
): TotalsMetric<NoInfer<N>, number> {
  checkOptions("auc", options, rules);
  const { numThresholds = 200, thresholds, curve = "ROC", summationMethod = "interpolation" } = options;
  const { name = "auc" as N, multiLabel = false, labelWeights } = options;
  const at = thresholds
    ? listed([-margin, ...[...thresholds].sort((a, c) => a - c), 1 + margin])
    : evenly(numThresholds, true);
  const importance = labelWeights && rowOf(labelWeights);
  return {
    name,
    totals(context) {
      const ofLabels = multiLabel || labelWeights ? labelledAnswersOf("auc", context) : undefined;
      if (ofLabels && labelWeights) checkLabelWeights(labelWeights, ofLabels.labels);
      if (multiLabel) return addedAt(at, ofLabels!, all);
      if (!ofLabels) return addedAt(at, answersOf("auc", context), all);
      return addedAt(at, inOneColumn({ ...ofLabels, weights: multiplied(ofLabels.weights, importance!) }), all);
    },
    result(added) {
      const areas = areaUnder(curve, summationMethod, {
        tp: truePositive.count(at, added),
        fp: falsePositive.count(at, added),
        fn: falseNegative.count(at, added),
        tn: trueNegative.count(at, added),
      });
      if (!multiLabel) return totalOf(areas);
      if (!importance) return b.op("mean", [areas], { axes: [0], keepDims: false });
      return ratio(totalOf(multiplied(areas, importance)), totalOf(importance));
    },
  };
}

const all = ["positivesAbove", "negativesAbove", "positives", "negatives"] as const;

function checkLabelWeights(labelWeights: readonly number[], labels: number): void {
  if (labelWeights.length === labels) return;
  const message = `auc: labelWeights are ${labelWeights.length}, but there are ${labels} labels`;
  throw new ShapewrightError("SW_VALUE", message, "auc");
}
