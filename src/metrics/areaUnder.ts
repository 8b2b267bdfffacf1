import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { minus, multiplied, over, plus, ratio } from "./counting.js";

export type AucCurve = "ROC" | "PR" | "PRGAIN";
export type SummationMethod = "interpolation" | "minoring" | "majoring";

/** How often each outcome comes at each threshold, from the smallest one on: [labels, thresholds]. */
interface Outcomes {
  readonly tp: Node;
  readonly fp: Node;
  readonly fn: Node;
  readonly tn: Node;
}

/** The area under a curve of each label, as Keras has it: [labels]. */
export function areaUnder(curve: AucCurve, method: SummationMethod, outcomes: Outcomes): Node {
  if (curve === "PR" && method === "interpolation") return interpolatedPrecision(outcomes);
  const [x, y] = coordinates(curve, outcomes);
  const [left, right] = [allButLast(y), allButFirst(y)];
  const heights: Record<SummationMethod, () => Node> = {
    interpolation: () => multiplied(plus(left, right), b.scalar(0.5)),
    minoring: () => b.op("minimum", [left, right]),
    majoring: () => b.op("maximum", [left, right]),
  };
  return sumOfRows(multiplied(minus(allButLast(x), allButFirst(x)), heights[method]()));
}

function coordinates(curve: AucCurve, { tp, fp, fn, tn }: Outcomes): readonly [x: Node, y: Node] {
  const recall = ratio(tp, plus(tp, fn));
  if (curve === "ROC") return [ratio(fp, plus(fp, tn)), recall];
  if (curve === "PR") return [recall, ratio(tp, plus(tp, fp))];
  // How much of the way from saying yes to all it is: 1 - (P / N) · FN / TP, and 1 - (P / N) · FP / TP.
  // Source: Flach and Kull, "Precision-Recall-Gain Curves" (2015).
  const scale = ratio(plus(tp, fn), plus(tn, fp));
  const gain = (wrong: Node) => minus(b.scalar(1), multiplied(scale, ratio(wrong, tp)));
  const nothingFound = b.op("equal", [tp, b.scalar(0)]);
  const recallGain = b.op("select", [nothingFound, b.scalar(0), gain(fn)]);
  return [b.op("maximum", [recallGain, b.scalar(0)]), b.op("select", [nothingFound, b.scalar(1), gain(fp)])];
}

/**
 * The area under precision over recall, where between two thresholds the counts are interpolated: precision is no line between them.
 * Source: Davis and Goadrich, "The relationship between precision-recall and ROC curves" (2006).
 */
function interpolatedPrecision({ tp, fp, fn }: Outcomes): Node {
  const found = plus(tp, fp);
  const [before, after] = [allButLast(found), allButFirst(found)];
  const gained = minus(allButLast(tp), allButFirst(tp));
  const slope = ratio(gained, b.op("maximum", [minus(before, after), b.scalar(0)]));
  const intercept = minus(allButFirst(tp), multiplied(slope, after));
  const isSome = (x: Node) => b.op("greater", [x, b.scalar(0)]);
  const isKnown = b.op("logicalAnd", [isSome(before), isSome(after)]);
  const step = b.op("select", [isKnown, over(before, b.op("select", [isKnown, after, b.scalar(1)])), b.scalar(1)]);
  const area = multiplied(slope, plus(gained, multiplied(intercept, b.op("log", [step]))));
  return sumOfRows(ratio(area, allButFirst(plus(tp, fn))));
}

function allButLast(x: Node): Node {
  return part(x, 0);
}

function allButFirst(x: Node): Node {
  return part(x, 1);
}

function part(x: Node, from: number): Node {
  const [labels, count] = x.shape as [number, number];
  return b.op("slice", [x], { begin: [0, from], size: [labels, count - 1] });
}

function sumOfRows(x: Node): Node {
  return b.op("sum", [x], { axes: [1], keepDims: false });
}
