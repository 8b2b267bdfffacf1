import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf } from "../ir/node.js";
import { aTensor, checkOptions, type OptionRules } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { reshapeOp } from "../ops/reshape.js";
import { type CheckBias, type CheckMask, checkBias, checkMask } from "../ops/shared/attention-mask.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckJoin, checkJoin, unequalAxis } from "../ops/shared/join.js";
import { type DimAt, insertAxis } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { inputOf, type Layer, type LayerContext, type LayerKind, layerOf, type NamedLayer } from "./layer.js";
import type { CheckSequence } from "./sequence.js";

/** `unknown` where a tensor is [batch, time, channels] of float32 and its channels can have weights, else the message. */
export type CheckAttentive<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckSequence<Op, S, D>
>;

/** `unknown` where a query can look at a value, else the message. */
export type CheckValue<Op extends string, Q extends Shape, V extends Shape, D extends DType> = FirstMessage<
  CheckAttentive<Op, V, D>,
  CheckBatch<Op, Q, V>
>;

/** `unknown` where two tensors have the same samples, else the message. */
export type CheckBatch<Op extends string, Q extends Shape, V extends Shape> =
  Compatible<DimAt<Q, 0>, DimAt<V, 0>> extends true
    ? unknown
    : Message<typeof unequalAxis, { op: Op; a: Show<Q>; b: Show<V>; axis: 0 }>;

/** `unknown` where a value can have such a key, else the message. */
export type CheckKey<Op extends string, V extends Shape, K extends Shape, D extends DType> = FirstMessage<
  CheckAttentive<Op, K, D>,
  CheckJoin<Op, V, K, 2>
>;

/** How much each place of a query sees of each of a value. */
export type Scores<Q extends Shape, V extends Shape> = [Q[0], Q[1], V[1]];

/** The same for each head, or, where a mask has three axes, for all of them. */
export type HeadedScores<
  Q extends Shape,
  V extends Shape,
  H extends number,
  M extends Shape,
> = number extends M["length"] ? [Q[0], H, Q[1], V[1]] : M["length"] extends 3 ? Scores<Q, V> : [Q[0], H, Q[1], V[1]];

/** What is looked at, where it is not the query itself. */
export interface AttendedBy<
  Op extends string,
  Q extends Shape,
  H extends number,
  V extends Shape,
  VD extends DType,
  K extends Shape,
  KD extends DType,
  M extends Shape,
  MD extends DType,
  B extends Shape,
  BD extends DType,
> {
  /** [batch, source, channels], float32: the query, unless said otherwise. */
  readonly value?: Tensor<V, VD> & CheckValue<Op, Q, V, VD>;
  /** [batch, source, channels]: the value, unless said otherwise. */
  readonly key?: Tensor<K, KD> & CheckKey<Op, V, K, KD>;
  /** What a place sees: bool, of a shape that broadcasts to [batch, heads, time, source], or to [batch, time, source]. All, unless said otherwise. */
  readonly attentionMask?: Tensor<M, MD> & CheckMask<Op, M, MD, HeadedScores<Q, V, H, M>>;
  /** What is added to the scores, such as `alibi`: float32, of a shape that broadcasts to [batch, heads, time, source]. Nothing, unless said otherwise. */
  readonly attentionBias?: Tensor<B, BD> & CheckBias<Op, B, BD, [Q[0], H, Q[1], V[1]]>;
}

/** The same, whatever it is. */
export interface Attended {
  readonly value?: Tensor<any, any>;
  readonly key?: Tensor<any, any>;
  readonly attentionMask?: Tensor<any, any>;
  readonly attentionBias?: Tensor<any, any>;
}

const attendedRules: OptionRules<Attended> = {
  value: aTensor,
  key: aTensor,
  attentionMask: aTensor,
  attentionBias: aTensor,
};

/** A kind of layer that looks at tensors: as `LayerKind`, with what a call looks at. */
export interface AttendedLayerKind<O extends NamedLayer> {
  readonly kind: string;
  readonly rules: OptionRules<O>;
  readonly build: (x: Tensor<any>, attended: Attended, options: O, layer: LayerContext) => AnyTensor;
  readonly methods?: LayerKind<O>["methods"];
}

/** What the function of such a layer returns: as `layerOf`, with what the call looks at among its options. */
export function attendedLayerOf<O extends NamedLayer>(
  { kind, rules, build, methods = {} }: AttendedLayerKind<O>,
  args: readonly unknown[],
): AnyTensor | Layer {
  const query = inputOf(kind, args);
  const [given = {}] = query ? args.slice(1) : args;
  checkOptions(kind, given as O & Attended, query ? { ...rules, ...attendedRules } : (rules as OptionRules<any>));
  // Tensors are the call's, and no options that a layer could be made with again.
  const { value, key, attentionMask, attentionBias, ...options } = given as O & Attended;
  const attended = { value, key, attentionMask, attentionBias } as Attended;
  const layer: LayerKind<O> = { kind, rules, build: (x, own, context) => build(x, attended, own, context), methods };
  return layerOf(layer, query ? [query, options] : args);
}

/**
 * Runtime twin of the checks: the query, the keys, the values, the mask and the bias, which fit. A list of heads has one number, or none; what is
 * looked at has the value's places, unless said otherwise.
 */
export function attendedNodes(
  op: string,
  query: Tensor<any>,
  { value, key, attentionMask, attentionBias }: Attended,
  checkShape: (op: string, shape: readonly Dim[]) => string | undefined,
  heads: readonly number[],
  source?: Dim,
) {
  const q = nodeOf(query);
  const v = value ? nodeOf(value) : q;
  const k = key ? nodeOf(key) : v;
  for (const { shape, dtype } of [q, v, k]) {
    refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
    refuse("SW_SHAPE", op, checkShape(op, shape));
  }
  const batch = q.shape[0] === v.shape[0] ? undefined : { op, a: show(q.shape), b: show(v.shape), axis: 0 };
  refuse("SW_SHAPE", op, (batch && fill(unequalAxis, batch)) ?? checkJoin(op, v.shape, k.shape, 2));
  const scores = [q.shape[0]!, ...heads, q.shape[1]!, source ?? v.shape[1]!];
  const [mask, bias] = [attentionMask && nodeOf(attentionMask), attentionBias && nodeOf(attentionBias)];
  if (bias) checkBias(op, bias, scores);
  if (!mask) return { q, k, v, mask, bias };
  const isForAll = heads.length > 0 && mask.rank === 3;
  checkMask(op, mask, isForAll ? scores.toSpliced(1, heads.length) : scores);
  return { q, k, v, bias, mask: isForAll ? makeNode(reshapeOp, [mask], { shape: insertAxis(mask.shape, 1) }) : mask };
}
