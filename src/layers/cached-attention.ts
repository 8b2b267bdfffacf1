import { isTensor, nodeOf, tensorOf } from "../ir/node.js";
import { aTensor, checkOptions, type OptionRule, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor, TensorLike } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { checkJoin, type unequalAxis } from "../ops/shared/join.js";
import { type Offset, offsetRule } from "../ops/shared/turned-places.js";
import type { DimAt } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, type ShowDim, show } from "../types/show.js";
import type { Cache } from "./attention-cache.js";
import type { Attended } from "./attention-inputs.js";
import { type AttentionKind, type AttentionOptions, attention } from "./attentionLayer.js";
import { type LayerKind, layerOf } from "./layer.js";
import { checkSequence } from "./sequence.js";

/** The keys and values that attention has seen: [batch, heads, length, channels], for as many places as a sequence may come to have. */
export interface AttentionCache<K extends Shape, V extends Shape = K> {
  readonly key: Tensor<K>;
  readonly value: Tensor<V>;
}

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

/** What the function of an attention layer with a cache returns: the layer has the name and the weights of the one without. */
export function cachedAttentionOf<O extends AttentionOptions>(
  op: string,
  { kind, rules, heads }: AttentionKind<O>,
  query: TensorLike,
  given: O & Given,
): CachedAttention<any, any, any> {
  const { shape } = nodeOf(query);
  const { useCausalMask: _, ...own } = rules as typeof rules & Record<"useCausalMask", OptionRule>;
  checkOptions<any>(op, given, {
    ...own,
    attentionMask: aTensor,
    attentionBias: aTensor,
    cache: required(aCache),
    offset: required(offsetRule),
  });
  const { cache, offset, attentionMask, attentionBias, ...rest } = given;
  const options = rest as unknown as O;
  const { numKeyValueHeads, keyDim, valueDim } = heads(options);
  const [key, value] = [nodeOf(cache.key), nodeOf(cache.value)];
  let next: Cache | undefined;
  const layer: LayerKind<O> = {
    kind,
    rules,
    build(x, ofLayer, context) {
      const attended = { attentionMask, attentionBias } as Attended;
      const found = attention(op, x, attended, heads(ofLayer), ofLayer, context, { key, value, offset });
      next = found.cache;
      return found.output;
    },
  };
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
  const output = layerOf(layer, [query, options]);
  return { output: output as Tensor<any>, cache: { key: tensorOf(next!.key), value: tensorOf(next!.value) } };
}

/** The message where it is known that the query's places go beyond the cache's. */
function checkRoom(op: string, length: Dim, time: Dim, offset: Offset): string | undefined {
  if (typeof length !== "number" || typeof time !== "number" || typeof offset !== "number") return undefined;
  if (offset >= 0 && offset + time <= length) return undefined;
  return `${op}: the cache has ${length} places, and none for the query's, ${offset} to ${offset + time - 1}`;
}
