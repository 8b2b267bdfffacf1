import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { Moment } from "../types/settled.js";
import type { AttendedBy, CheckAttentive } from "./attention-inputs.js";
import { type AttentionOptions, attentionLayer, attentionRules } from "./attentionLayer.js";
import type { FloatRule, Waiting } from "./layer.js";

const kind = "multiHeadAttention";

/** Options of `multiHeadAttention`. */
export interface MultiHeadAttentionOptions<H extends number, O, E extends number = number, F extends number = number>
  extends AttentionOptions {
  /** How many times attention is computed, each with weights of its own. */
  readonly numHeads: H & CheckCount<typeof kind, "numHeads", H>;
  /** The channels of a query and a key in each head. */
  readonly keyDim: E & CheckCount<typeof kind, "keyDim", E>;
  /** The channels of a value in each head. @default keyDim */
  readonly valueDim?: F & CheckCount<typeof kind, "valueDim", F>;
  /** The channels of the output: the query's, unless said otherwise. */
  readonly outputShape?: O & CheckCount<typeof kind, "outputShape", O extends number ? O : number>;
}

/** The query's shape, with the channels that are asked for. */
export type Attentive<Q extends Shape, O> = O extends number ? ReplaceAxis<Q, -1, O> : Q;

/** The shape rule of `multiHeadAttention` in `sequential`. */
export interface MultiHeadAttentionRule<O> extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckAttentive<typeof kind, S, "float32"> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Attentive<S, O> : Shape;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function multiHeadAttention<
  const H extends number,
  const O extends number | undefined = undefined,
  const E extends number = number,
  const F extends number = number,
  Now extends Moment = "now",
>(options: MultiHeadAttentionOptions<H, O, E, F>): Waiting<MultiHeadAttentionRule<O>, Now>;
/**
 * Attention with several heads: each place of the query looks at all places of a value, itself unless said otherwise, with each
 * head's own weights; the heads beside one another are brought to the output's channels. The weights are those of Keras's layer, with the
 * heads' axes in one.
 * Source: Vaswani et al., "Attention is all you need" (2017), section 3.2.2.
 *
 * @param query [batch, time, channels], float32
 * @param options `numHeads`, `keyDim`; `value`, `key`, `attentionMask`, `attentionBias`, `useCausalMask`, `valueDim`, `outputShape`, `dropout`, `useBias`,
 *   initializers, `name`
 * @returns [batch, time, channels], or as many channels as `outputShape` says; without query, a layer for `sequential`
 * @throws SW_SHAPE when a tensor is no batch of sequences, or they do not fit; SW_DTYPE when they are not float32, or the mask is not
 *   bool; SW_VALUE when an option is out of range
 * @example
 * const words = input(["batch", "time", 512]);
 * const attended = multiHeadAttention(words, { numHeads: 8, keyDim: 64, useCausalMask: true }); // Tensor<["batch", "time", 512], "float32">
 * const image = input(["batch", 196, 768]);
 * const seen = multiHeadAttention(words, { numHeads: 8, keyDim: 64, value: image }); // Tensor<["batch", "time", 512], "float32">
 */
export function multiHeadAttention<
  const Q extends Shape,
  D extends DType,
  const H extends number,
  const V extends Shape = Q,
  VD extends DType = "float32",
  const K extends Shape = V,
  KD extends DType = "float32",
  const M extends Shape = [1, 1, 1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1, 1, 1],
  BD extends DType = "float32",
  const O extends number | undefined = undefined,
  const E extends number = number,
  const F extends number = number,
>(
  query: Tensor<Q, D> & CheckAttentive<typeof kind, Q, D>,
  options: MultiHeadAttentionOptions<H, O, E, F> & AttendedBy<typeof kind, Q, H, V, VD, K, KD, M, MD, B, BD>,
): Tensor<Attentive<Q, O>>;
export function multiHeadAttention(...args: readonly unknown[]) {
  return attentionLayer(multiHeadAttentionKind, args);
}

type Options = MultiHeadAttentionOptions<number, number>;

const rules: OptionRules<Options> = {
  ...attentionRules,
  numHeads: required(count),
  keyDim: required(count),
  valueDim: count,
  outputShape: count,
};

export const multiHeadAttentionKind = {
  kind,
  rules,
  heads: ({ numHeads, keyDim, valueDim = keyDim, outputShape }: Options) => ({
    numHeads,
    numKeyValueHeads: numHeads,
    keyDim,
    valueDim,
    outputShape,
  }),
};
