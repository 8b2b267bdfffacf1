import type { NdArray } from "../ir/array.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { isCallable } from "../ir/isCallable.js";
import { isTensor, tensorOf } from "../ir/node.js";
import { aRecord, callback, checkOption, checkOptions, required, text } from "../ir/options.js";
import { asNode } from "../ir/returned.js";
import type { AnyTensor, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import type { MeanMetric, TotalsMetric } from "./metric.js";

/** Which targets and outputs a metric of one's own is for: `compile` checks that they are the program's. */
export interface Takes<T, O> {
  /** Never set: carries both. */
  readonly takes?: (target: T, output: O) => void;
}

/** What batches add up for a metric, and what is made of the sums. */
export interface TotalsOf<T extends TensorLike, O extends TensorLike, S, R extends TensorLike> {
  /** Tensors by names, of shapes without named dims; `weights` has one number for each of the target's. */
  readonly totals: (target: T, output: O, weights: Tensor<ShapeOf<T>>) => S;
  /** What is reported: a scalar or an array. */
  readonly result: (totals: S) => R;
}

/** What a tensor is reported as. */
export type Reported<R> =
  ShapeOf<R> extends infer S extends readonly number[]
    ? S extends readonly []
      ? number
      : NdArray<[...S], "float32">
    : number | NdArray;

/**
 * A metric of one's own, by its name: a function of the target and the output, whose mean over the epoch is reported, weighted where
 * samples are; or what batches add up, and what is made of the sums, which is exact however samples are put into batches.
 *
 * @param name the key under which it is reported
 * @param of `(target, output) => values`, float32, one for each sample or for each place in a sample; or `{ totals, result }`
 * @throws SW_VALUE when it is neither, or, from `compile`, when what is returned is none of these
 * @example
 * type Prices = Tensor<["batch", 1]>;
 * const within10 = metricOf("within10", (target: Prices, output: Prices) => cast(less(abs(subtract(target, output)), 10), "float32"));
 * const bias = metricOf("bias", {
 *   totals: (target: Prices, output: Prices, weights) => ({ sum: sum(multiply(subtract(output, target), weights)), count: sum(weights) }),
 *   result: (totals) => divide(totals.sum, totals.count),
 * });
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [within10, bias] });
 */
export function metricOf<const N extends string, T extends AnyTensor, O extends AnyTensor>(
  name: N,
  of: (target: T, output: O) => Tensor<any>,
): MeanMetric<N> & Takes<T, O>;
export function metricOf<
  const N extends string,
  T extends AnyTensor,
  O extends AnyTensor,
  S extends Readonly<Record<string, Tensor<any>>>,
  R extends Tensor<any>,
>(name: N, of: TotalsOf<T, O, S, R>): TotalsMetric<N, Reported<R>> & Takes<T, O>;
export function metricOf(name: string, of: OwnValues | TotalsOf<any, any, any, any>): MeanMetric | TotalsMetric {
  checkOption("metricOf", "name", name, required(text));
  if (isCallable(of)) {
    return { name, values: (output, target) => asNode(of(tensorOf(target), tensorOf(output))) };
  }
  if (!aRecord.accepts(of)) {
    const message = `metricOf: takes a function of the target and the output, or { totals, result }, got ${inWords(of)}`;
    throw new ShapewrightError("SW_VALUE", message, "metricOf");
  }
  checkOptions("metricOf", of, { totals: required(callback), result: required(callback) });
  return {
    name,
    totals({ output, target, weights }) {
      const all = b.op("reshape", [weights], { shape: target.shape });
      const made = of.totals(tensorOf(target), tensorOf(output), tensorOf(all));
      return aRecord.accepts(made) && !isTensor(made) ? mapped(made, asNode) : made;
    },
    result: (totals) => asNode(of.result(mapped(totals, (total) => tensorOf(total)))),
  };
}

type OwnValues = (target: AnyTensor, output: AnyTensor) => AnyTensor;

function mapped<A, B>(record: Readonly<Record<string, A>>, make: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, make(one)]));
}
