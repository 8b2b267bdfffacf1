import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";
import type { MetricContext, TotalsMetric } from "./metric.js";

/** Answers to questions of yes or no: as many rows as there are, with a column for each label, or one. */
export interface Answers {
  /** How probable the outputs say that yes is: [n, labels]. */
  readonly p: Node;
  /** What is right: 1 for yes, 0 for no; [n, labels]. */
  readonly yes: Node;
  /** [n, labels], or [n, 1] where it is the same for all labels. */
  readonly weights: Node;
}

type Context = Parameters<TotalsMetric["totals"]>[0];

/** Outputs as probabilities. */
export function probabilities({ output, fromLogits, activation }: Omit<MetricContext, "target">): Node {
  return fromLogits ? b.op(activation ?? "sigmoid", [output]) : output;
}

/**
 * All answers below one another, whatever they are about.
 *
 * @throws SW_SHAPE where targets are no answers, such as class numbers
 */
export function answersOf(metric: string, context: Context): Answers {
  const { output, target, weights } = context;
  checkAnswers(metric, output, target);
  const column = (x: Node) => b.op("reshape", [x], { shape: [-1, 1] });
  return { p: column(probabilities(context)), yes: column(target), weights: column(weights) };
}

/**
 * A column for each element of the outputs' last axis: a label, or a class. Class numbers are answers, too: yes to one class.
 *
 * @throws SW_SHAPE where the last axis has no size, or targets are neither
 */
export function labelledAnswersOf(metric: string, context: Context): Answers & { readonly labels: number } {
  const { output, target, weights } = context;
  const labels = output.shape.at(-1);
  if (typeof labels !== "number") {
    const message = `${metric}: takes an output [..., labels] of which the number is known, got ${show(output.shape)}`;
    throw new ShapewrightError("SW_SHAPE", message, metric);
  }
  const rows = (x: Node, columns: number) => b.op("reshape", [x], { shape: [-1, columns] });
  const p = rows(probabilities(context), labels);
  if (target.dtype === "int32") {
    return { p, labels, yes: rows(b.op("oneHot", [target], { depth: labels }), labels), weights: rows(weights, 1) };
  }
  checkAnswers(metric, output, target);
  return { p, labels, yes: rows(target, labels), weights: rows(weights, labels) };
}

/** The answers of all labels below one another. */
export function inOneColumn({ p, yes, weights }: Answers): Answers {
  const column = (x: Node) => b.op("reshape", [x], { shape: [-1, 1] });
  return { p: column(p), yes: column(yes), weights: column(b.op("broadcastTo", [weights], { shape: p.shape })) };
}

/**
 * Refuses targets that are no answers to yes-or-no questions, such as class numbers, in words of the metric: its ops would speak
 * of themselves.
 *
 * @throws SW_SHAPE
 */
export function checkAnswers(metric: string, output: Node, target: Node): void {
  if (target.dtype === "float32" && sameShape(output.shape, target.shape)) return;
  const message =
    `${metric}: takes a target for each output, float32 ${show(output.shape)}, got ${target.dtype} ${show(target.shape)}; ` +
    "it is for yes-or-no questions, as binaryCrossentropy is";
  throw new ShapewrightError("SW_SHAPE", message, metric);
}
