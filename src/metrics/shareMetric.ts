import { checkOptions, text } from "../ir/options.js";
import type { NameOption, TotalsMetric } from "./metric.js";
import {
  addedAt,
  belowAll,
  chosenAnswers,
  type OfClasses,
  type Outcome,
  ofClassesRules,
  shareOf,
  truePositive,
} from "./outcomes.js";
import { type AtThresholds, type CheckThresholds, type Given, givenRule, listed, reported } from "./thresholds.js";

/** Options of `precision` and `recall`. */
export interface ShareOptions<
  N extends string = string,
  T extends Given = Given,
  K extends number = number,
  C extends number = number,
  Op extends string = string,
> extends NameOption<N>,
    OfClasses<K, C, Op> {
  /**
   * The probability above which an answer is yes, or several of them, of which each is reported.
   *
   * @default 0.5, or with `topK` none: all k answers are yes
   */
  readonly thresholds?: T & CheckThresholds<Op, T>;
}

/** A metric that says which share of answers is right, among these and those with another outcome. */
export function shareMetric<N extends string, T extends Given>(
  op: string,
  other: Outcome,
  options: ShareOptions<N, T>,
): TotalsMetric<N, AtThresholds<T>> {
  checkOptions(op, options, { name: text, thresholds: givenRule, ...ofClassesRules });
  const { name = op as N, thresholds = options.topK === undefined ? 0.5 : belowAll } = options;
  const at = listed([thresholds].flat());
  const sums = [...new Set([...truePositive.sums, ...other.sums])];
  return {
    name,
    totals: (context) => addedAt(at, chosenAnswers(op, context, options), sums),
    result: (added) => reported(shareOf(truePositive.count(at, added), other.count(at, added)), thresholds),
  };
}
