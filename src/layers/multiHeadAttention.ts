import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AttendedBy, CheckAttentive } from "./attention-inputs.js";
import { type AttentionOptions, attentionLayer, attentionRules } from "./attentionLayer.js";
import { type CachedAttention, type CachedMasks, type CachedOptions, cachedBy } from "./cached-attention.js";
import type { FloatRule, Layer } from "./layer.js";

const kind = "multiHeadAttention";

/** Options of `multiHeadAttention`. */
export interface MultiHeadAttentionOptions<
  H extends number,
  O,
  E extends number = number,
  F extends number = number,
  R extends number = number,
> extends AttentionOptions<typeof kind, R> {
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

/** A layer that waits for its input, and which generates by the weights that it has learnt. */
export interface MultiHeadAttention<H extends number, O, E extends number, F extends number>
  extends Layer<MultiHeadAttentionRule<O>> {
  /**
   * A step of generation: what the layer, made with `useCausalMask`, gives for the next places of a sequence, from the keys and values of those
   * before, which a cache has, and into which the new ones go.
   *
   * @param query [batch, time, channels], float32: the next places, mostly one
   * @param options `cache` (`key` and `value`, [batch, heads, length, channels]), `offset`, the number of the first of the query's places;
   *   `attentionMask`, `attentionBias`
   * @returns `output`, [batch, time, channels], and `cache`, with the places of the query in it; those behind its length are not kept
   * @throws SW_VALUE when the layer is not causal; SW_SHAPE when the query is no batch of sequences, or the cache does not fit; SW_DTYPE when a
   *   tensor is of another dtype
   * @example
   * const look = multiHeadAttention({ numHeads: 2, keyDim: 8, useCausalMask: true });
   * const net = model({ x: input(["batch", 10, 16]) }, ({ x }) => look(x));
   * const next = { x: input(["batch", 1, 16]), key: input(["batch", 2, 10, 8]), value: input(["batch", 2, 10, 8]), at: input([], "int32") };
   * const step = compileFunction(next, ({ x, at, ...cache }) => {
   *   const seen = look.cached(x, { cache, offset: at });
   *   return { output: seen.output, ...seen.cache };
   * });
   * const [trained, generate] = await openTogether([compile(net, { optimizer: adam(), loss: meanSquaredError() }), step]);
   */
  cached<
    const Q extends Shape,
    D extends DType,
    const CK extends Shape,
    const CV extends Shape,
    const M extends Shape = [1, 1, 1, 1],
    MD extends DType = "bool",
    const B extends Shape = [1, 1, 1, 1],
    BD extends DType = "float32",
  >(
    query: Tensor<Q, D> & CheckAttentive<typeof kind, Q, D>,
    options: CachedOptions<typeof kind, Q, H, E, F, CK, CV> & CachedMasks<typeof kind, Q, H, CK, M, MD, B, BD>,
  ): CachedAttention<Attentive<Q, O>, CK, CV>;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function multiHeadAttention<
  const H extends number,
  const O extends number | undefined = undefined,
  const E extends number = number,
  const F extends number = E,
  const R extends number = number,
  Now extends Moment = "now",
>(options: MultiHeadAttentionOptions<H, O, E, F, R>): Settled<MultiHeadAttention<H, O, E, F>>[Now];
/**
 * Attention with several heads: each place of the query looks at all places of a value, itself unless said otherwise, with each
 * head's own weights; the heads beside one another are brought to the output's channels. The weights are those of Keras's layer, with the
 * heads' axes in one.
 * Source: Vaswani et al., "Attention is all you need" (2017), section 3.2.2.
 *
 * @param query [batch, time, channels], float32
 * @param options `numHeads`, `keyDim`; `value`, `key`, `attentionMask`, `attentionBias`, `useCausalMask`, `valueDim`, `outputShape`, `dropout`, `useBias`,
 *   initializers, `name`
 * @returns [batch, time, channels], or as many channels as `outputShape` says; without query, a layer for `sequential`, whose `cached` takes
 *   the steps of generation
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
  const R extends number = number,
>(
  query: Tensor<Q, D> & CheckAttentive<typeof kind, Q, D>,
  options: MultiHeadAttentionOptions<H, O, E, F, R> & AttendedBy<typeof kind, Q, H, V, VD, K, KD, M, MD, B, BD>,
): Tensor<Attentive<Q, O>>;
export function multiHeadAttention(...args: readonly unknown[]) {
  return attentionLayer(multiHeadAttentionKind, args, cachedBy(multiHeadAttentionKind));
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
