import { glorotUniform } from "../initializers/glorotUniform.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf } from "../ir/node.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { multiplyOp } from "../ops/multiply.js";
import { sumOp } from "../ops/sum.js";
import type { Shape } from "../types/dim.js";
import type { Moment } from "../types/settled.js";
import type { CheckAttentive } from "./attention-inputs.js";
import type { FloatRule, LayerContext, Waiting } from "./layer.js";
import { checkSequence } from "./sequence.js";
import {
  type ComparedWith,
  type Mixed,
  type SingleAttentionOptions,
  singleAttention,
  singleAttentionRules,
  tanhOfSums,
} from "./single-attention.js";

const kind = "additiveAttention";

/** Options of `additiveAttention`. */
export interface AdditiveAttentionOptions<R extends number = number> extends SingleAttentionOptions<typeof kind, R> {
  /** Whether each channel has a weight that is learnt, and starts as `glorotUniform()` makes it. @default true */
  readonly useScale?: boolean;
}

/** The shape rule of `additiveAttention` in `sequential`. */
export interface AdditiveAttentionRule extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckAttentive<typeof kind, S, "float32"> : unknown;
  readonly out: this["in"];
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function additiveAttention<const R extends number = number, Now extends Moment = "now">(
  options?: AdditiveAttentionOptions<R>,
): Waiting<AdditiveAttentionRule, Now>;
/**
 * Attention by sums: a query and a key go together as well as Σ scale · tanh(query + key) says, over the channels; the values are
 * weighted by the softmax of that. Keras's `AdditiveAttention`. A place that sees nothing gets the mean of all values.
 * Source: Bahdanau et al., "Neural machine translation by jointly learning to align and translate" (2015).
 *
 * @param query [batch, time, channels], float32
 * @param options `value`, `key`, `attentionMask` ([batch, 1, source] for padding), `attentionBias`, `useCausalMask`, `useScale`, `dropout`, `trainable`, `name`
 * @returns [batch, time, channels of the value]; without query, a layer for `sequential`
 * @throws SW_SHAPE when a tensor is no batch of sequences, or they do not fit; SW_DTYPE when they are not float32, or the mask is not
 *   bool; SW_VALUE when an option is out of range
 * @example
 * const spoken = input(["batch", "time", 64]);
 * const text = input(["batch", "source", 64]);
 * const aligned = additiveAttention(spoken, { value: text }); // Tensor<["batch", "time", 64], "float32">
 */
export function additiveAttention<
  const Q extends Shape,
  D extends DType,
  const V extends Shape = Q,
  VD extends DType = "float32",
  const K extends Shape = [],
  KD extends DType = "float32",
  const M extends Shape = [1, 1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1, 1],
  BD extends DType = "float32",
  const R extends number = number,
>(
  query: Tensor<Q, D> & CheckAttentive<typeof kind, Q, D>,
  options: AdditiveAttentionOptions<R> & ComparedWith<typeof kind, Q, V, VD, K, KD, M, MD, B, BD>,
): Tensor<Mixed<Q, V>>;
export function additiveAttention(...args: readonly unknown[]) {
  return singleAttention(additiveAttentionKind, args);
}

const rules: OptionRules<AdditiveAttentionOptions> = { ...singleAttentionRules, useScale: flag };

const additiveAttentionKind = {
  kind,
  rules,
  checkQuery: checkSequence,
  scores(query: Node, key: Node, { useScale = true }: AdditiveAttentionOptions, { weight }: LayerContext) {
    const sums = tanhOfSums(query, key);
    const scale = () => nodeOf(weight("scale", [query.shape[2] as number], glorotUniform()));
    const scaled = useScale ? makeNode(multiplyOp, [sums, scale()], {}) : sums;
    return makeNode(sumOp, [scaled], { axes: [3], keepDims: false });
  },
};
