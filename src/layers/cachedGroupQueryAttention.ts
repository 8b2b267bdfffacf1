import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import type { Shape } from "../types/dim.js";
import type { CheckAttentive } from "./attention-inputs.js";
import type { AttentionOptions } from "./attentionLayer.js";
import { type CachedAttention, type CachedMasks, type CachedOptions, cachedAttentionOf } from "./cached-attention.js";
import { type CheckHeads, groupQueryAttentionKind } from "./groupQueryAttention.js";

const name = "cachedGroupQueryAttention";

/** Options of `cachedGroupQueryAttention`: those of `groupQueryAttention`, which is causal here. */
export interface CachedGroupQueryAttentionOptions<H extends number, G, K extends number>
  extends Omit<AttentionOptions, "useCausalMask"> {
  /** The channels of each head. */
  readonly headDim: K & CheckCount<typeof name, "headDim", K>;
  /** How many heads queries have. */
  readonly numQueryHeads: H & CheckCount<typeof name, "numQueryHeads", H>;
  /** How many heads keys and values have: a divisor of the queries'. */
  readonly numKeyValueHeads: G;
}

/**
 * A step of causal attention with grouped queries: what `groupQueryAttention` with `useCausalMask` gives for the next places of a sequence,
 * as `cachedMultiHeadAttention` does it, by weights of its own; `cached` of a `groupQueryAttention` has those that it is trained to. The cache has as many heads as keys and values have: a part of the queries'.
 *
 * @param query [batch, time, channels], float32: the next places, mostly one
 * @param options `headDim`, `numQueryHeads`, `numKeyValueHeads`, `cache` (`key` and `value`, [batch, heads, length, headDim]), `offset`, the
 *   number of the first of the query's places; `attentionMask`, `attentionBias`, `dropout`, `useBias`, initializers, `name`
 * @returns `output`, [batch, time, channels], and `cache`, with the places of the query in it; those behind its length are not kept
 * @throws SW_SHAPE when the query is no batch of sequences, or the cache does not fit; SW_DTYPE when a tensor is of another dtype; SW_VALUE
 *   when an option is out of range, or the heads do not divide
 * @example
 * const word = input(["batch", 1, 512]);
 * const kept = input(["batch", 2, 100, 64]);
 * const heads = { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2 } as const;
 * const { output, cache } = cachedGroupQueryAttention(word, { ...heads, cache: { key: kept, value: kept }, offset: 3 });
 */
export function cachedGroupQueryAttention<
  const Q extends Shape,
  D extends DType,
  const H extends number,
  const G extends number,
  const K extends number,
  const CK extends Shape,
  const CV extends Shape,
  const M extends Shape = [1, 1, 1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1, 1, 1],
  BD extends DType = "float32",
>(
  query: Tensor<Q, D> & CheckAttentive<typeof name, Q, D>,
  options: CachedGroupQueryAttentionOptions<
    H,
    OrMessage<G, CheckHeads<H, G, D>> & CheckCount<typeof name, "numKeyValueHeads", G>,
    K
  > &
    CachedOptions<typeof name, Q, G, K, K, CK, CV> &
    CachedMasks<typeof name, Q, H, CK, M, MD, B, BD>,
): CachedAttention<Q, CK, CV> {
  return cachedAttentionOf(name, groupQueryAttentionKind, query, options as never);
}
