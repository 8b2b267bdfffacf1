import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import type { CheckCount, CheckNatural } from "../ir/option-checks.js";
import { count, natural, type OptionRule } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { type Answers, answersOf, inOneColumn, labelledAnswersOf } from "./answersOf.js";
import { minus, multiplied, plus, ratio, sumsOf } from "./counting.js";
import type { TotalsMetric } from "./metric.js";
import type { Thresholds } from "./thresholds.js";

type Sums = Readonly<Record<string, Node>>;

/** What is added up of answers: of the right ones that are yes, and of those that are no, all and those whose output is above thresholds. */
type Sum = "positivesAbove" | "negativesAbove" | "positives" | "negatives";

/** What a batch adds up of some of these sums. */
export function addedAt(thresholds: Thresholds, { p, yes, weights }: Answers, wanted: readonly Sum[]): Sums {
  const positive = multiplied(weights, yes);
  const negative = multiplied(weights, minus(b.scalar(1), yes));
  const all = (x: Node) => b.op("reshape", [sumsOf(x)], { shape: [x.shape[1]!, 1] });
  const made: Record<Sum, () => Node> = {
    positivesAbove: () => thresholds.added(positive, p),
    negativesAbove: () => thresholds.added(negative, p),
    positives: () => all(positive),
    negatives: () => all(negative),
  };
  return Object.fromEntries(wanted.map((sum) => [sum, made[sum]()]));
}

/** An outcome of answers: which sums it is counted by, and how often it comes at each threshold, [labels, thresholds]. */
export interface Outcome {
  readonly sums: readonly Sum[];
  count(thresholds: Thresholds, sums: Sums): Node;
}

export const truePositive: Outcome = {
  sums: ["positivesAbove"],
  count: (thresholds, { positivesAbove }) => thresholds.sums(positivesAbove!),
};

export const falsePositive: Outcome = {
  sums: ["negativesAbove"],
  count: (thresholds, { negativesAbove }) => thresholds.sums(negativesAbove!),
};

export const falseNegative: Outcome = {
  sums: ["positivesAbove", "positives"],
  count: (thresholds, { positivesAbove, positives }) => minus(positives!, thresholds.sums(positivesAbove!)),
};

export const trueNegative: Outcome = {
  sums: ["negativesAbove", "negatives"],
  count: (thresholds, { negativesAbove, negatives }) => minus(negatives!, thresholds.sums(negativesAbove!)),
};

/** Which answers are looked at, of outputs with a number for each class. */
export interface OfClasses<K extends number = number, C extends number = number, Op extends string = string> {
  /** The answer is yes for the k classes of the largest outputs, and no for all others. @default undefined: for all above the threshold */
  readonly topK?: K & CheckCount<Op, "topK", K>;
  /** The number of the one class that is looked at. @default undefined: all */
  readonly classId?: C & CheckNatural<Op, "classId", C>;
}

export const ofClassesRules: { readonly topK: OptionRule; readonly classId: OptionRule } = {
  topK: count,
  classId: natural,
};

/** What an output counts as that is not among the largest: no threshold is below it. It is Keras's number. */
export const belowAll = -1e10;

/**
 * The answers that are looked at.
 *
 * @throws SW_SHAPE where targets are none, SW_VALUE where there are no such classes
 */
export function chosenAnswers(
  metric: string,
  context: Parameters<TotalsMetric["totals"]>[0],
  { topK, classId }: OfClasses,
): Answers {
  if (topK === undefined && classId === undefined) return answersOf(metric, context);
  const { labels, ...answers } = labelledAnswersOf(metric, context);
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${metric}: ${fault}`, metric);
  if (topK !== undefined && topK > labels) throw refuse(`topK is ${topK}, but there are ${labels} classes`);
  if (classId !== undefined && classId >= labels) {
    throw refuse(`classId is ${classId}, but the classes are 0 to ${labels - 1}`);
  }
  const { yes, weights } = answers;
  const p = topK === undefined ? answers.p : largestOf(answers.p, labels, topK);
  if (classId === undefined) return inOneColumn({ p, yes, weights });
  const column = (x: Node) =>
    x.shape[1] === 1 ? x : b.op("slice", [x], { begin: [0, classId], size: [x.shape[0]!, 1] });
  return { p: column(p), yes: column(yes), weights: column(weights) };
}

/** The k largest of each row, and `belowAll` elsewhere. */
function largestOf(p: Node, labels: number, k: number): Node {
  const [, places] = b.results(b.op("topK", [p], { k }));
  const chosen = b.op("sum", [b.op("oneHot", [places!], { depth: labels })], { axes: [1], keepDims: false });
  return b.op("select", [b.op("greater", [chosen, b.scalar(0)]), p, b.scalar(belowAll)]);
}

/** The share of the answers with one outcome among those with either: [labels, thresholds]. */
export function shareOf(one: Node, other: Node): Node {
  return ratio(one, plus(one, other));
}
