import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckMask, checkMask } from "../ops/shared/attention-mask.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckJoin, checkJoin, unequalAxis } from "../ops/shared/join.js";
import type { DimAt } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { type CheckSequence, checkSequence } from "./sequence.js";

/** `unknown` where a tensor is [batch, time, channels] of float32 and its channels can have weights, else the message. */
export type CheckAttentive<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckSequence<Op, S, D>
>;

/** `unknown` where a query can look at a value, else the message. */
export type CheckValue<Op extends string, Q extends Shape, V extends Shape, D extends DType> = FirstMessage<
  CheckAttentive<Op, V, D>,
  Compatible<DimAt<Q, 0>, DimAt<V, 0>> extends true
    ? unknown
    : Message<typeof unequalAxis, { op: Op; a: Show<Q>; b: Show<V>; axis: 0 }>
>;

/** `unknown` where a value can have such a key, else the message. */
export type CheckKey<Op extends string, V extends Shape, K extends Shape, D extends DType> = FirstMessage<
  CheckAttentive<Op, K, D>,
  CheckJoin<Op, V, K, 2>
>;

/** How much each place of a query sees of each of a value, for each head. */
export type Scores<Q extends Shape, V extends Shape, Heads extends number> = [Q[0], Heads, Q[1], V[1]];

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
> {
  /** [batch, source, channels], float32: the query, unless said otherwise. */
  readonly value?: Tensor<V, VD> & CheckValue<Op, Q, V, VD>;
  /** [batch, source, channels]: the value, unless said otherwise. */
  readonly key?: Tensor<K, KD> & CheckKey<Op, V, K, KD>;
  /** What a place sees: bool, of a shape that broadcasts to [batch, heads, time, source]. All, unless said otherwise. */
  readonly attentionMask?: Tensor<M, MD> & CheckMask<Op, M, MD, Scores<Q, V, H>>;
}

/** The same, whatever it is. */
export interface Attended {
  readonly value?: Tensor<any, any>;
  readonly key?: Tensor<any, any>;
  readonly attentionMask?: Tensor<any, any>;
}

/** Runtime twin of the checks: the query, the keys, the values and the mask, which fit. */
export function attendedNodes(op: string, query: Tensor<any>, { value, key, attentionMask }: Attended, heads: number) {
  const q = nodeOf(query);
  const v = value ? nodeOf(value) : q;
  const k = key ? nodeOf(key) : v;
  for (const { shape, dtype } of [q, v, k]) {
    refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
    refuse("SW_SHAPE", op, checkSequence(op, shape));
  }
  const batch = q.shape[0] === v.shape[0] ? undefined : { op, a: show(q.shape), b: show(v.shape), axis: 0 };
  refuse("SW_SHAPE", op, (batch && fill(unequalAxis, batch)) ?? checkJoin(op, v.shape, k.shape, 2));
  const mask = attentionMask && nodeOf(attentionMask);
  if (mask) checkMask(op, mask, [q.shape[0]!, heads, q.shape[1]!, v.shape[1]!]);
  return { q, k, v, mask };
}
