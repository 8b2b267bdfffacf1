import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckAttentive } from "./attention-inputs.js";
import type { AttentionOptions } from "./attentionLayer.js";
import { type CachedAttention, type CachedMasks, type CachedOptions, cachedAttentionOf } from "./cached-attention.js";
import { type Attentive, multiHeadAttentionKind } from "./multiHeadAttention.js";

const name = "cachedMultiHeadAttention";

/** Options of `cachedMultiHeadAttention`: those of `multiHeadAttention`, which is causal here. */
export interface CachedMultiHeadAttentionOptions<H extends number, K extends number, V extends number, O>
  extends Omit<AttentionOptions, "useCausalMask"> {
  /** How many times attention is computed, each with weights of its own. */
  readonly numHeads: H & CheckCount<typeof name, "numHeads", H>;
  /** The channels of a query and a key in each head. */
  readonly keyDim: K & CheckCount<typeof name, "keyDim", K>;
  /** The channels of a value in each head. @default keyDim */
  readonly valueDim?: V & CheckCount<typeof name, "valueDim", V>;
  /** The channels of the output: the query's, unless said otherwise. */
  readonly outputShape?: O & CheckCount<typeof name, "outputShape", O extends number ? O : number>;
}

/**
 * A step of causal attention: what `multiHeadAttention` with `useCausalMask` gives for the next places of a sequence, from the keys and
 * values of those before, which a cache has, and into which the new ones go. It is a layer of its own, whose weights are named like those of
 * a `multiHeadAttention`: a model made of this one in its place takes the weights that the other has learnt from its file. Where one
 * process trains and generates, `cached` of the layer that is trained takes the step instead, as its docs show.
 * Source: KerasHub's `CachedMultiHeadAttention`.
 *
 * @param query [batch, time, channels], float32: the next places, mostly one
 * @param options `numHeads`, `keyDim`, `cache` (`key` and `value`, [batch, heads, length, channels]), `offset`, the number of the first of
 *   the query's places; `attentionMask`, `attentionBias`, `valueDim`, `outputShape`, `dropout`, `useBias`, initializers, `name`
 * @returns `output`, [batch, time, channels], and `cache`, with the places of the query in it; those behind its length are not kept
 * @throws SW_SHAPE when the query is no batch of sequences, or the cache does not fit; SW_DTYPE when a tensor is of another dtype; SW_VALUE
 *   when an option is out of range
 * @example
 * const word = input(["batch", 1, 512]);
 * const kept = input(["batch", 8, 100, 64]);
 * const { output, cache } = cachedMultiHeadAttention(word, { numHeads: 8, keyDim: 64, cache: { key: kept, value: kept }, offset: 3 });
 * output; // Tensor<["batch", 1, 512], "float32">
 */
export function cachedMultiHeadAttention<
  const Q extends Shape,
  D extends DType,
  const H extends number,
  const K extends number,
  const CK extends Shape,
  const CV extends Shape,
  const V extends number = K,
  const M extends Shape = [1, 1, 1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1, 1, 1],
  BD extends DType = "float32",
  const O extends number | undefined = undefined,
>(
  query: Tensor<Q, D> & CheckAttentive<typeof name, Q, D>,
  options: CachedMultiHeadAttentionOptions<H, K, V, O> &
    CachedOptions<typeof name, Q, H, K, V, CK, CV> &
    CachedMasks<typeof name, Q, H, CK, M, MD, B, BD>,
): CachedAttention<Attentive<Q, O>, CK, CV> {
  return cachedAttentionOf(name, multiHeadAttentionKind, query, options as never);
}
