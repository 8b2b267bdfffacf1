import { array, type NdArray } from "../ir/array.js";
import type { Node } from "../ir/node.js";
import type { CheckProbability, Given as Refusal, Shares } from "../ir/option-checks.js";
import { listOf, type notTaken, type OptionRule, probability } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import type { Message, Problem } from "../types/message.js";
import { asNumbers, minus, multiplied, plus, rowOf, sumsOf } from "./counting.js";

/** Numbers that probabilities are compared with. What is above one is a yes; what equals it is not. */
export interface Thresholds {
  readonly count: number;
  /** What a batch adds up of numbers, [n, labels], with the probabilities that they belong to: [labels, count]. */
  added(x: Node, p: Node): Node;
  /** The sums of the numbers whose probability is above each threshold, of all that was added up: [labels, count]. */
  sums(added: Node): Node;
}

/** Thresholds of any distances: each probability is compared with each. */
export function listed(values: readonly number[]): Thresholds {
  return {
    count: values.length,
    added(x, p) {
      const each = (node: Node) => b.op("reshape", [node], { shape: [...node.shape, 1] });
      const isAbove = b.op("greater", [each(p), rowOf(values)]);
      return sumsOf(multiplied(each(x), asNumbers(isAbove)));
    },
    sums: (added) => added,
  };
}

/**
 * As many thresholds from 0 to 1, at even distances. Numbers are added up by the highest threshold that their probability is above:
 * that takes memory for each number, not for each at every threshold.
 *
 * @param margin whether the first is a little less than 0, so that all are above it
 */
export function evenly(count: number, margin: boolean): Thresholds {
  return {
    count,
    added(x, p) {
      const labels = x.shape[1] as number;
      const above = thresholdsBelow(p, count);
      const counted = margin ? x : multiplied(x, asNumbers(b.op("greater", [p, b.scalar(0)])));
      // A row of buckets for each label.
      const first = b.constant(
        array(
          Int32Array.from({ length: labels }, (_, label) => label * count),
          [labels],
        ),
      );
      const [numbers, buckets] = [counted, plus(above, first)].map((node) => b.op("reshape", [node], { shape: [-1] }));
      const size = labels * count;
      const sums = b.op("gatherGradient", [numbers!, buckets!], { axis: 0, batchDims: 0, shape: [size] });
      return b.op("reshape", [sums], { shape: [labels, count] });
    },
    sums: sumsToEnd,
  };
}

/**
 * The number of the highest of evenly spaced thresholds that each probability is above: of 0.3, among 0, 0.25, 0.5, 0.75 and 1, it
 * is 1. 1 is not above the last; what is above none counts as above the first.
 */
function thresholdsBelow(p: Node, count: number): Node {
  const places = b.op("ceil", [multiplied(b.op("minimum", [p, b.scalar(1)]), b.scalar(count - 1))]);
  const numbers = b.op("cast", [b.op("maximum", [places, b.scalar(1)])], { dtype: "int32" });
  // What is not a number has any place as an integer: among the lowest it does the least.
  return b.op("maximum", [minus(numbers, b.scalar(1, "int32")), b.scalar(0, "int32")]);
}

/** The sum of each element of a row and all behind it: of two, of four, of eight, … of them, until it is of all. */
function sumsToEnd(x: Node): Node {
  const [labels, size] = x.shape as [number, number];
  let sums = x;
  for (let reach = 1; reach < size; reach *= 2) {
    const behind = b.op("slice", [sums], { begin: [0, reach], size: [labels, size - reach] });
    const moved = b.op("pad", [behind], {
      paddings: [
        [0, 0],
        [0, reach],
      ],
      value: 0,
    });
    sums = plus(sums, moved);
  }
  return sums;
}

/** One threshold, or a list of them. */
export type Given = number | readonly number[];

/** What is reported for one threshold, or for a list of them. */
export type AtThresholds<T extends Given> = T extends number ? number : NdArray<[number], "float32">;

export const givenRule = {
  takes: "a number from 0 to 1, or a list of them",
  each: probability,
  accepts: (value) =>
    probability.accepts(value) || (listOf(probability).accepts(value) && (value as readonly unknown[]).length > 0),
} as const satisfies OptionRule;

/** What `checkOption` says of them by `givenRule`: `unknown` where nothing is wrong. */
export type CheckThresholds<Op extends string, T extends Given> = T extends number
  ? Refusal<Op, "thresholds", T, typeof givenRule>[Shares[`${T}`]]
  : T extends readonly []
    ? Problem<
        Message<typeof notTaken, { op: Op; option: "thresholds"; given: "[]"; takes: (typeof givenRule)["takes"] }>
      >
    : { readonly [I in keyof T]: CheckProbability<Op, `thresholds[${I & string}]`, T[I] & number> };

/** Numbers for each threshold, as they are reported: of one threshold, a scalar. */
export function reported(x: Node, given: Given): Node {
  return b.op("reshape", [x], { shape: typeof given === "number" ? [] : [given.length] });
}
