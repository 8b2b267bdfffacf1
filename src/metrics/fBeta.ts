import type { NdArray } from "../ir/array.js";
import type { Node } from "../ir/node.js";
import type { CheckPositive, CheckSomeShare } from "../ir/option-checks.js";
import { checkOptions, type OptionRule, oneOf, someShare, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { labelledAnswersOf } from "./answersOf.js";
import { asNumbers, minus, multiplied, over, plus, sumsOf, totalOf } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";

/** How the scores of classes become one: of all counts, their mean, or their mean by how often each class is right. */
export type FAverage = "micro" | "macro" | "weighted";

/** Options of `f1Score`. */
export interface F1Options<
  N extends string = string,
  A extends FAverage | undefined = FAverage | undefined,
  T extends number = number,
  Op extends string = string,
> extends NameOption<N> {
  /**
   * What becomes of the classes' scores: `"macro"`, their mean; `"weighted"`, their mean by how often each class is right; `"micro"`, one
   * score of all classes' counts together.
   *
   * @default undefined: each is reported
   */
  readonly average?: A;
  /** The probability above which a class is an answer. @default undefined: the largest of each row is */
  readonly threshold?: (T & CheckSomeShare<Op, "threshold", T>) | undefined;
}

/** Options of `fBetaScore`. */
export interface FBetaOptions<
  N extends string = string,
  A extends FAverage | undefined = FAverage | undefined,
  T extends number = number,
  B extends number = number,
  Op extends string = string,
> extends F1Options<N, A, T, Op> {
  /** How many times as much recall counts as precision. @default 1 */
  readonly beta?: B & CheckPositive<Op, "beta", B>;
}

/** One score, or one for each class. */
export type FValue<A extends FAverage | undefined> = A extends FAverage ? number : NdArray<[number], "float32">;

/** Keras’s: what keeps a share of nothing finite. */
const epsilon = 1e-7;

/** (1 + β²) · precision · recall / (β² · precision + recall), of each class. */
export function fBeta<N extends string, A extends FAverage | undefined>(
  op: string,
  options: FBetaOptions<N, A>,
  more: { readonly beta?: OptionRule } = {},
): TotalsMetric<N, FValue<A>> {
  const rules = { name: text, average: oneOf(["micro", "macro", "weighted"]), threshold: someShare, ...more };
  checkOptions<object>(op, options, rules);
  const { name = op as N, average, threshold, beta = 1 } = options;
  return {
    name,
    totals(context) {
      const { p, yes, weights } = labelledAnswersOf(op, context);
      const said = threshold === undefined ? largestOf(p) : asNumbers(b.op("greater", [p, b.scalar(threshold)]));
      const no = (x: Node) => minus(b.scalar(1), x);
      const total = (x: Node) => (average === "micro" ? totalOf : sumsOf)(multiplied(x, weights));
      return {
        truePositives: total(multiplied(said, yes)),
        falsePositives: total(multiplied(said, no(yes))),
        falseNegatives: total(multiplied(no(said), yes)),
      };
    },
    result({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) {
      const share = (a: Node, c: Node) => over(a, plus(c, b.scalar(epsilon)));
      const [precision, recall] = [share(tp!, plus(tp!, fp!)), share(tp!, plus(tp!, fn!))];
      const product = multiplied(precision, recall);
      const mean = share(product, plus(multiplied(b.scalar(beta ** 2), precision), recall));
      const scores = multiplied(mean, b.scalar(1 + beta ** 2));
      if (average === "macro") return b.op("mean", [scores], { axes: [0], keepDims: false });
      if (average !== "weighted") return scores;
      const right = plus(tp!, fn!);
      return totalOf(multiplied(scores, share(right, totalOf(right))));
    },
  };
}

/** 1 at the largest of each row, and at all that equal it, unless that is 0. */
function largestOf(p: Node): Node {
  const largest = b.op("max", [p], { axes: [1], keepDims: true });
  const isSome = b.op("greater", [b.op("abs", [p]), b.scalar(1e-9)]);
  return asNumbers(b.op("logicalAnd", [b.op("greaterEqual", [p, largest]), isSome]));
}
