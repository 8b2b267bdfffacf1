import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { aTensor, checkOptions, flag, type OptionRules, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt, ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { rsqrtOp } from "./rsqrt.js";
import { attend } from "./shared/attend.js";
import { type CheckBias, type CheckMask, checkBias, checkMask } from "./shared/attention-mask.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckJoin, checkJoin } from "./shared/join.js";
import { type CheckMatrix, checkMatrix } from "./shared/triangle.js";
import { sizeNode } from "./size.js";

const name = "scaledDotProductAttention";

/** The scores of a query and keys: how much each place of the one is to see of each of the others. */
type Scores<Q extends Shape, K extends Shape> = ReplaceAxis<Q, -1, DimAt<K, -2>>;

/** Options of `scaledDotProductAttention`. */
export interface ScaledDotProductAttentionOptions<
  Q extends Shape,
  K extends Shape,
  M extends Shape,
  MD extends DType,
  B extends Shape,
  BD extends DType,
> {
  /** What is added to the scores, such as `alibi`: float32, of a shape that broadcasts to [..., time, source]. Nothing, unless said otherwise. */
  readonly bias?: Tensor<B, BD> & CheckBias<typeof name, B, BD, Scores<Q, K>>;
  /** Which of the keys a place sees: bool, of a shape that broadcasts to [..., time, source]. All, unless said otherwise. */
  readonly mask?: Tensor<M, MD> & CheckMask<typeof name, M, MD, Scores<Q, K>>;
  /** Whether a place sees only keys at its own place and before it. @default false */
  readonly isCausal?: boolean;
  /** What products are multiplied by: 1 / √channels, unless said otherwise. */
  readonly scale?: number;
}

const rules: OptionRules<Partial<Record<"bias" | "mask" | "isCausal" | "scale", unknown>>> = {
  bias: aTensor,
  mask: aTensor,
  isCausal: flag,
  scale: positive,
};

/**
 * Values of a source, weighted for each place of the query by how well its keys go with it: softmax(scale · query · keyᵀ + bias) · value.
 * A place that sees nothing gets the mean of all values.
 * Source: Vaswani et al., "Attention is all you need" (2017), formula 1.
 *
 * @param query [..., time, channels], float32; mostly [batch, heads, time, channels]
 * @param key [..., source, channels], of the query's other axes
 * @param value [..., source, n]
 * @param options `bias`, `mask`, `isCausal` (false), `scale` (1 / √channels)
 * @returns [..., time, n]
 * @throws SW_SHAPE when the shapes do not fit, SW_DTYPE when the tensors are not float32, or the mask is not bool
 * @example
 * const words = input(["batch", 8, "time", 64]);
 * const seen = scaledDotProductAttention(words, words, words, { isCausal: true }); // Tensor<["batch", 8, "time", 64], "float32">
 */
export function scaledDotProductAttention<
  const Q extends Shape,
  D extends DType,
  const K extends Shape,
  E extends DType,
  const V extends Shape,
  F extends DType,
  const M extends Shape = [1, 1],
  MD extends DType = "bool",
  const B extends Shape = [1, 1],
  BD extends DType = "float32",
>(
  query: Tensor<Q, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckMatrix<typeof name, Q>>,
  key: Tensor<K, E> & FirstMessage<CheckDType<typeof name, E, "float32">, CheckJoin<typeof name, Q, K, -2>>,
  value: Tensor<V, F> & FirstMessage<CheckDType<typeof name, F, "float32">, CheckJoin<typeof name, K, V, -1>>,
  options: ScaledDotProductAttentionOptions<Q, K, M, MD, B, BD> = {},
): Tensor<ReplaceAxis<Q, -1, DimAt<V, -1>>> {
  const [q, k, v] = [nodeOf(query, name), nodeOf(key, name), nodeOf(value, name)];
  checkOptions(name, options, rules);
  for (const node of [q, k, v]) refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkMatrix(name, q.shape));
  const last = q.shape.length - 1;
  refuse("SW_SHAPE", name, checkJoin(name, q.shape, k.shape, last - 1) ?? checkJoin(name, k.shape, v.shape, last));
  const { bias, mask, isCausal = false, scale } = options;
  const [added, seen] = [bias && nodeOf(bias), mask && nodeOf(mask)];
  const scores = [...q.shape.slice(0, -1), k.shape.at(-2)!];
  if (added) checkBias(name, added, scores);
  if (seen) checkMask(name, seen, scores);
  return tensorOf(
    calling(name, () => attend(q, k, v, { bias: added, mask: seen, isCausal, scale: scale ?? scaleOf(q) })),
  );
}

/** 1 / √channels: of channels that have a name, when it is known how many they are. */
function scaleOf({ shape }: Node): number | Node {
  const channels = shape.at(-1)!;
  return typeof channels === "number" ? 1 / Math.sqrt(channels) : makeNode(rsqrtOp, [sizeNode([channels])], {});
}
