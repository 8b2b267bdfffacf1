import type { Node } from "../ir/node.js";
import type { CheckCount, CheckNatural } from "../ir/option-checks.js";
import { checkOption, checkOptions, count, natural, probability, required, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import type { NameOption, TotalsMetric } from "./metric.js";
import {
  addedAt,
  chosenAnswers,
  falseNegative,
  falsePositive,
  type Outcome,
  shareOf,
  trueNegative,
  truePositive,
} from "./outcomes.js";
import { evenly, listed } from "./thresholds.js";

/** Options of the metrics that say how good one share can be where another is good enough. */
export interface BestAtOptions<
  N extends string = string,
  T extends number = number,
  I extends number = number,
  Op extends string = string,
> extends NameOption<N> {
  /** How many thresholds, from 0 to 1 at even distances, are tried. One is 0.5. @default 200 */
  readonly numThresholds?: T & CheckCount<Op, "numThresholds", T>;
  /** The number of the one class that is looked at. @default undefined: all */
  readonly classId?: I & CheckNatural<Op, "classId", I>;
}

/** A share of answers: of those with one outcome among those with either. */
export type Share = readonly [Outcome, Outcome];

export const precisionShare: Share = [truePositive, falsePositive];
export const recallShare: Share = [truePositive, falseNegative];
export const specificityShare: Share = [trueNegative, falsePositive];

/** A metric that is the best share at any threshold where another share is large enough; 0 where it never is. */
export function bestAt<N extends string>(
  op: string,
  best: Share,
  [constraint, constrained, least]: readonly [name: string, Share, least: number],
  options: BestAtOptions<N>,
): TotalsMetric<N, number> {
  checkOption(op, constraint, least, required(probability));
  checkOptions(op, options, { name: text, numThresholds: count, classId: natural });
  const { name = op as N, numThresholds = 200 } = options;
  const at = numThresholds === 1 ? listed([0.5]) : evenly(numThresholds, false);
  const sums = [...new Set([...best, ...constrained].flatMap((outcome) => outcome.sums))];
  return {
    name,
    totals: (context) => addedAt(at, chosenAnswers(op, context, options), sums),
    result(added) {
      const of = ([one, other]: Share): Node => shareOf(one.count(at, added), other.count(at, added));
      const isEnough = b.op("greaterEqual", [of(constrained), b.scalar(least)]);
      const possible = b.op("select", [isEnough, of(best), b.scalar(0)]);
      return b.op("max", [possible], { axes: [0, 1], keepDims: false });
    },
  };
}
