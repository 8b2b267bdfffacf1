import { checkOptions, text } from "../ir/options.js";
import { answersOf } from "./answersOf.js";
import type { NameOption, TotalsMetric } from "./metric.js";
import { addedAt, type Outcome } from "./outcomes.js";
import { type AtThresholds, type CheckThresholds, type Given, givenRule, listed, reported } from "./thresholds.js";

/** Options of the metrics that count answers. */
export interface CountOptions<N extends string = string, T extends Given = Given, Op extends string = string>
  extends NameOption<N> {
  /** The probability above which an answer is yes, or several of them, of which each is reported. @default 0.5 */
  readonly thresholds?: T & CheckThresholds<Op, T>;
}

/** A metric that counts answers with one outcome. */
export function countMetric<N extends string, T extends Given>(
  op: string,
  outcome: Outcome,
  options: CountOptions<N, T>,
): TotalsMetric<N, AtThresholds<T>> {
  checkOptions(op, options, { name: text, thresholds: givenRule });
  const { name = op as N, thresholds = 0.5 } = options;
  const at = listed([thresholds].flat());
  return {
    name,
    totals: (context) => addedAt(at, answersOf(op, context), outcome.sums),
    result: (sums) => reported(outcome.count(at, sums), thresholds),
  };
}
