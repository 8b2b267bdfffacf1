import type { DType } from "../ir/dtype.js";
import { isTensor, nodeOf, tensorOf } from "../ir/node.js";
import { aTensor, checkOptions, type OptionRule, type OptionRules, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor, TensorLike } from "../ir/tensor.js";
import type { CheckBias, CheckMask } from "../ops/shared/attention-mask.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { checkJoin, type unequalAxis } from "../ops/shared/join.js";
import { type Offset, offsetRule } from "../ops/shared/turned-places.js";
import type { DimAt } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, type ShowDim, show } from "../types/show.js";
import type { Attended, HeadedScores } from "./attention-inputs.js";
import { type AttentionKind, type AttentionOptions, attention } from "./attentionLayer.js";
import { type LayerContext, type LayerKind, layerOf, withCost } from "./layer.js";
import { checkSequence } from "./sequence.js";

/** The keys and values that attention has seen: [batch, heads, length, channels], for as many places as a sequence may come to have. */
export type AttentionCache<K extends Shape, V extends Shape = K> = {
  readonly key: Tensor<K>;
  readonly value: Tensor<V>;
};

/** What attention with a cache gives. */
export interface CachedAttention<S extends Shape, K extends Shape, V extends Shape> {
  readonly output: Tensor<S>;
  readonly cache: AttentionCache<K, V>;
}

export const wrongCache = "{op}: the cache's {name} is {shape}, but must be [{batch}, {heads}, length, {channels}]";

/** `unknown` where a part of the cache fits, else the message. */
export type CheckCache<
  Op extends string,
  Name extends string,
  C extends Shape,
  B extends Dim,
  H extends number,
  K extends number,
> = number extends C["length"]
  ? unknown
  : C["length"] extends 4
    ? [Compatible<C[0], B>, Compatible<C[1], H>, Compatible<C[3], K>] extends [true, true, true]
      ? unknown
      : WrongCache<Op, Name, C, B, H, K>
    : WrongCache<Op, Name, C, B, H, K>;

type WrongCache<
  Op extends string,
  Name extends string,
  C extends Shape,
  B,
  H extends number,
  K extends number,
> = Message<typeof wrongCache, { op: Op; name: Name; shape: Show<C>; batch: ShowDim<B>; heads: H; channels: K }>;

/** Runtime twin of `CheckCache`. */
function checkCache(op: string, name: string, c: readonly Dim[], batch: Dim, heads: number, channels: number) {
  if (c.length === 4 && c[0] === batch && c[1] === heads && c[3] === channels) return undefined;
  return fill(wrongCache, { op, name, shape: show(c), batch, heads, channels });
}

/** `unknown` where both parts of the cache have as many places, else the message. */
type CheckLength<Op extends string, CK extends Shape, CV extends Shape> =
  Compatible<DimAt<CK, 2>, DimAt<CV, 2>> extends true
    ? unknown
    : Message<typeof unequalAxis, { op: Op; a: Show<CK>; b: Show<CV>; axis: 2 }>;

/** What a step is given besides the layer's options. */
export interface CachedOptions<
  Op extends string,
  Q extends Shape,
  H extends number,
  K extends number,
  V extends number,
  CK extends Shape,
  CV extends Shape,
> {
  /** The keys and values of the places before these, in the first of its places: at first anything, such as zeros. */
  readonly cache: {
    readonly key: Tensor<CK> & CheckCache<Op, "key", CK, DimAt<Q, 0>, H, K>;
    readonly value: Tensor<CV> & FirstMessage<CheckCache<Op, "value", CV, DimAt<Q, 0>, H, V>, CheckLength<Op, CK, CV>>;
  };
  /** The number of the query's first place. */
  readonly offset: Offset;
}

/** What a step's scores are given beside: as `AttendedBy` has it, of the places that the cache has. */
export interface CachedMasks<
  Op extends string,
  Q extends Shape,
  H extends number,
  CK extends Shape,
  M extends Shape,
  MD extends DType,
  B extends Shape,
  BD extends DType,
> {
  /** What a place sees of those up to its own: bool, of a shape that broadcasts to [batch, heads, time, length]. */
  readonly attentionMask?: Tensor<M, MD> & CheckMask<Op, M, MD, HeadedScores<Q, [DimAt<Q, 0>, DimAt<CK, 2>], H, M>>;
  /** What is added to the scores: float32, of a shape that broadcasts to [batch, heads, time, length]. Nothing, unless said otherwise. */
  readonly attentionBias?: Tensor<B, BD> & CheckBias<Op, B, BD, [DimAt<Q, 0>, H, DimAt<Q, 1>, DimAt<CK, 2>]>;
}

/** The same, whatever it is. */
interface Given {
  readonly cache: AttentionCache<any>;
  readonly offset: Offset;
  readonly attentionMask?: Tensor<any, any>;
  readonly attentionBias?: Tensor<any, any>;
}

const aCache: OptionRule = {
  takes: "a record of two tensors, key and value",
  accepts: (value) => {
    if (typeof value !== "object" || value === null) return false;
    const { key, value: values } = value as Partial<AttentionCache<any>>;
    return isTensor(key) && isTensor(values);
  },
};

const givenRules: OptionRules<Given> = {
  attentionMask: aTensor,
  attentionBias: aTensor,
  cache: required(aCache),
  offset: required(offsetRule),
};

/** `cached` of an attention layer: a step by the weights that the layer has. */
export function cachedBy<O extends AttentionOptions>(kind: AttentionKind<O>): NonNullable<LayerKind<O>["methods"]> {
  return {
    cached(x, options, layer, given: Given) {
      const op = kind.kind;
      const { useCausalMask = false, activityRegularizer } = options;
      const seesAll = `${op}: cached is of a layer that is made with useCausalMask: true; this one sees places to come, which no cache has`;
      refuse("SW_VALUE", op, useCausalMask ? undefined : seesAll);
      checkOptions(op, given, givenRules);
      const { output, cache } = step(op, kind, x, options, layer, given);
      return { output: withCost(layer.scope, output, activityRegularizer), cache };
    },
  };
}

/** What the function of an attention layer with a cache returns: the layer has the name and the weights of the one without. */
export function cachedAttentionOf<O extends AttentionOptions>(
  op: string,
  kind: AttentionKind<O>,
  query: TensorLike,
  given: O & Given,
): CachedAttention<any, any, any> {
  const { useCausalMask: _, ...own } = kind.rules as typeof kind.rules & Record<"useCausalMask", OptionRule>;
  checkOptions<any>(op, given, { ...own, ...givenRules });
  const { cache, offset, attentionMask, attentionBias, ...options } = given;
  let found: CachedAttention<any, any, any> | undefined;
  const layer: LayerKind<O> = {
    kind: kind.kind,
    rules: kind.rules,
    build(x, ofLayer, context) {
      found = step(op, kind, x, ofLayer, context, { cache, offset, attentionMask, attentionBias } as Given);
      return found.output;
    },
  };
  layerOf(layer, [query, options]);
  return found!;
}

/** The output for the places of a query, and the cache that then is. */
function step<O extends AttentionOptions>(
  op: string,
  { heads: headsOf }: AttentionKind<O>,
  query: Tensor<any>,
  options: O,
  layer: LayerContext,
  { cache, offset, attentionMask, attentionBias }: Given,
): CachedAttention<any, any, any> {
  const heads = headsOf(options);
  const { numKeyValueHeads, keyDim, valueDim } = heads;
  const [key, value] = [nodeOf(cache.key), nodeOf(cache.value)];
  const { shape } = nodeOf(query);
  refuse("SW_SHAPE", op, checkSequence(op, shape));
  const [batch, time] = shape;
  for (const [name, part, channels] of [
    ["key", key, keyDim],
    ["value", value, valueDim],
  ] as const) {
    refuse("SW_DTYPE", op, checkDType(op, part.dtype, ["float32"]));
    refuse("SW_SHAPE", op, checkCache(op, name, part.shape, batch!, numKeyValueHeads, channels));
  }
  refuse("SW_SHAPE", op, checkJoin(op, key.shape, value.shape, 3));
  refuse("SW_SHAPE", op, checkRoom(op, key.shape[2]!, time!, offset));
  const attended = { attentionMask, attentionBias } as Attended;
  // What a place sees is said by the cache's places, not by those of the query.
  const own = { ...options, useCausalMask: false };
  const { output, cache: next } = attention(op, query, attended, heads, own, layer, { key, value, offset });
  return { output, cache: { key: tensorOf(next!.key), value: tensorOf(next!.value) } };
}

/** The message where it is known that the query's places go beyond the cache's. */
function checkRoom(op: string, length: Dim, time: Dim, offset: Offset): string | undefined {
  if (typeof length !== "number" || typeof time !== "number" || typeof offset !== "number") return undefined;
  if (offset >= 0 && offset + time <= length) return undefined;
  return `${op}: the cache has ${length} places, and none for the query's, ${offset} to ${offset + time - 1}`;
}
