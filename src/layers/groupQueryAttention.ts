import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import { unequalGroups } from "../ops/shared/windows/check-convolution.js";
import type { Divide } from "../types/digits.js";
import type { IsUnknown, SameNow, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AttendedBy, CheckAttentive } from "./attention-inputs.js";
import { type AttentionOptions, attentionLayer, attentionRules } from "./attentionLayer.js";
import { type CachedAttention, type CachedMasks, type CachedOptions, cachedBy } from "./cached-attention.js";
import type { FloatRule, Layer } from "./layer.js";

const kind = "groupQueryAttention";
const heads = "heads";

/** Options of `groupQueryAttention`. */
export interface GroupQueryAttentionOptions<H extends number, G, E extends number = number, R extends number = number>
  extends AttentionOptions<typeof kind, R> {
  /** The channels of each head. */
  readonly headDim: E & CheckCount<typeof kind, "headDim", E>;
  /** How many heads queries have. */
  readonly numQueryHeads: H & CheckCount<typeof kind, "numQueryHeads", H>;
  /** How many heads keys and values have: a divisor of the queries'. */
  readonly numKeyValueHeads: G;
}

/** `unknown` where each head of keys and values serves as many of queries, or may do so, else the message. */
export type CheckHeads<H extends number, G extends number, Now> =
  SameNow<HasRest<H, G>, "yes", Now> extends true
    ? Message<typeof unequalGroups, { op: typeof kind; size: H; what: typeof heads; groups: G }>
    : unknown;

type HasRest<H extends number, G extends number> = true extends IsUnknown<H> | IsUnknown<G>
  ? "unknown"
  : Divide<H, G> extends [number, 0]
    ? "no"
    : "yes";

/** The shape rule of `groupQueryAttention` in `sequential`. */
export interface GroupQueryAttentionRule extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckAttentive<typeof kind, S, "float32"> : unknown;
  readonly out: this["in"];
}

/** A layer that waits for its input, and which generates by the weights that it has learnt. */
export interface GroupQueryAttention<H extends number, G extends number, E extends number>
  extends Layer<GroupQueryAttentionRule> {
  /**
   * A step of generation, as `cached` of `multiHeadAttention` takes it. The cache has as many heads as keys and values have.
   *
   * @param query [batch, time, channels], float32: the next places, mostly one
   * @param options `cache` (`key` and `value`, [batch, heads, length, headDim]), `offset`, the number of the first of the query's places;
   *   `attentionMask`, `attentionBias`
   * @returns `output`, [batch, time, channels], and `cache`, with the places of the query in it; those behind its length are not kept
   * @throws SW_VALUE when the layer is not causal; SW_SHAPE when the query is no batch of sequences, or the cache does not fit; SW_DTYPE when a
   *   tensor is of another dtype
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
    options: CachedOptions<typeof kind, Q, G, E, E, CK, CV> & CachedMasks<typeof kind, Q, H, CK, M, MD, B, BD>,
  ): CachedAttention<Q, CK, CV>;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function groupQueryAttention<
  const H extends number,
  const G extends number,
  const E extends number,
  const R extends number = number,
  Now extends Moment = "now",
>(
  options: GroupQueryAttentionOptions<
    H,
    OrMessage<G, CheckHeads<H, G, Now>> & CheckCount<typeof kind, "numKeyValueHeads", G>,
    E,
    R
  >,
): Settled<GroupQueryAttention<H, G, E>>[Now];
/**
 * Attention whose heads of queries share heads of keys and values, several of the former for each of the latter, which saves
 * parameters and, in generation, memory. With one head of keys and values it is multi-query attention; with as many as of queries,
 * `multiHeadAttention`.
 * Source: Ainslie et al., "GQA: training generalized multi-query transformer models from multi-head checkpoints" (2023).
 *
 * @param query [batch, time, channels], float32
 * @param options `headDim`, `numQueryHeads`, `numKeyValueHeads`; `value`, `key`, `attentionMask`, `attentionBias`, `useCausalMask`, `dropout`, `useBias`,
 *   initializers, `name`
 * @returns [batch, time, channels]; without query, a layer for `sequential`, whose `cached` takes the steps of generation
 * @throws SW_SHAPE when a tensor is no batch of sequences, or they do not fit; SW_DTYPE when they are not float32, or the mask is not
 *   bool; SW_VALUE when an option is out of range, or the heads do not divide
 * @example
 * const words = input(["batch", "time", 512]);
 * groupQueryAttention(words, { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2 }); // Tensor<["batch", "time", 512], "float32">
 */
export function groupQueryAttention<
  const Q extends Shape,
  D extends DType,
  const H extends number,
  const G extends number,
  const E extends number,
  const V extends Shape = Q,
  VD extends DType = "float32",
  const K extends Shape = V,
  KD extends DType = "float32",
  const M extends Shape = [1, 1, 1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1, 1, 1],
  BD extends DType = "float32",
  const R extends number = number,
>(
  query: Tensor<Q, D> & CheckAttentive<typeof kind, Q, D>,
  options: GroupQueryAttentionOptions<
    H,
    OrMessage<G, CheckHeads<H, G, D>> & CheckCount<typeof kind, "numKeyValueHeads", G>,
    E,
    R
  > &
    AttendedBy<typeof kind, Q, H, V, VD, K, KD, M, MD, B, BD>,
): Tensor<Q>;
export function groupQueryAttention(...args: readonly unknown[]) {
  return attentionLayer(groupQueryAttentionKind, args, cachedBy(groupQueryAttentionKind));
}

type Options = GroupQueryAttentionOptions<number, number>;

const rules: OptionRules<Options> = {
  ...attentionRules,
  headDim: required(count),
  numQueryHeads: required(count),
  numKeyValueHeads: required(count),
};

export const groupQueryAttentionKind = {
  kind,
  rules,
  heads({ headDim, numQueryHeads, numKeyValueHeads }: Options) {
    const divides = numQueryHeads % numKeyValueHeads === 0;
    refuse(
      "SW_VALUE",
      kind,
      divides
        ? undefined
        : fill(unequalGroups, { op: kind, size: numQueryHeads, what: heads, groups: numKeyValueHeads }),
    );
    return { numHeads: numQueryHeads, numKeyValueHeads, keyDim: headDim, valueDim: headDim };
  },
};
