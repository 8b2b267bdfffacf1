import { ones } from "../initializers/ones.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf } from "../ir/node.js";
import { flag, type OptionRules, oneOf } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { matmulOp } from "../ops/matmul.js";
import { multiplyOp } from "../ops/multiply.js";
import { sumOp } from "../ops/sum.js";
import type { Shape } from "../types/dim.js";
import type { Moment } from "../types/settled.js";
import type { FloatRule, LayerContext, Waiting } from "./layer.js";
import {
  type CheckVectors,
  type ComparedWith,
  type Mixed,
  type SingleAttentionOptions,
  singleAttention,
  singleAttentionRules,
  tanhOfSums,
} from "./single-attention.js";

const kind = "attention";

/** Options of `attention`. */
export interface DotAttentionOptions<R extends number = number> extends SingleAttentionOptions<typeof kind, R> {
  /** Whether what is compared is multiplied by a number that is learnt, and starts at 1. @default false */
  readonly useScale?: boolean;
  /**
   * How a query and a key are compared: `"dot"`, by query · key; `"concat"`, by Σ tanh(query + key), times a number that is learnt.
   *
   * @default "dot"
   */
  readonly scoreMode?: "dot" | "concat";
}

/** The shape rule of `attention` in `sequential`. */
export interface AttentionRule extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckVectors<typeof kind, S, "float32"> : unknown;
  readonly out: this["in"];
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function attention<const R extends number = number, Now extends Moment = "now">(
  options?: DotAttentionOptions<R>,
): Waiting<AttentionRule, Now>;
/**
 * Attention of vectors as they are: each place of the query gets the values, weighted by how well their keys go with it,
 * softmax(query · keyᵀ) · value, without a kernel; Keras's `Attention`. A place that sees nothing gets the mean of all values.
 * Source: Luong et al., "Effective approaches to attention-based neural machine translation" (2015).
 *
 * @param query [batch, time, channels], float32
 * @param options `value`, `key`, `attentionMask` ([batch, 1, source] for padding), `attentionBias`, `useCausalMask`, `useScale`, `scoreMode`, `dropout`,
 *   `trainable`, `name`
 * @returns [batch, time, channels of the value]; without query, a layer for `sequential`
 * @throws SW_SHAPE when a tensor is no batch of sequences, or they do not fit; SW_DTYPE when they are not float32, or the mask is not
 *   bool; SW_VALUE when an option is out of range
 * @example
 * const question = input(["batch", "time", 64]);
 * const text = input(["batch", "source", 64]);
 * const found = attention(question, { value: text }); // Tensor<["batch", "time", 64], "float32">
 */
export function attention<
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
  query: Tensor<Q, D> & CheckVectors<typeof kind, Q, D>,
  options: DotAttentionOptions<R> & ComparedWith<typeof kind, Q, V, VD, K, KD, M, MD, B, BD>,
): Tensor<Mixed<Q, V>>;
export function attention(...args: readonly unknown[]) {
  return singleAttention(attentionKind, args);
}

const rules: OptionRules<DotAttentionOptions> = {
  ...singleAttentionRules,
  useScale: flag,
  scoreMode: oneOf(["dot", "concat"]),
};

const attentionKind = {
  kind,
  rules,
  scores(
    query: Node,
    key: Node,
    { useScale = false, scoreMode = "dot" }: DotAttentionOptions,
    { weight }: LayerContext,
  ) {
    const times = (x: Node, name: string) => makeNode(multiplyOp, [x, nodeOf(weight(name, [], ones()))], {});
    const scaled = (x: Node) => (useScale ? times(x, "scale") : x);
    if (scoreMode === "dot") return makeNode(matmulOp, [scaled(query), key], { transposeB: true });
    // scale · (query + key): the query comes first among the layer's weights either way.
    const sums = tanhOfSums(scaled(query), scaled(key));
    return times(makeNode(sumOp, [sums], { axes: [3], keepDims: false }), "concat_score_weight");
  },
};
