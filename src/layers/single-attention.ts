import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import type { CheckRate } from "../ir/option-checks.js";
import { flag, type OptionRules, rate } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { addOp } from "../ops/add.js";
import { reshapeOp } from "../ops/reshape.js";
import { weightedBy } from "../ops/shared/attend.js";
import type { CheckBias, CheckMask } from "../ops/shared/attention-mask.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckJoin, unequalAxis } from "../ops/shared/join.js";
import { type CheckImages, checkImages } from "../ops/shared/windows/images.js";
import { tanhOp } from "../ops/tanh.js";
import { type DimAt, insertAxis, type ReplaceAxis } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { attendedLayerOf, attendedNodes, type CheckBatch, type Scores } from "./attention-inputs.js";
import { type Layer, type LayerContext, type WeightedLayer, weighted } from "./layer.js";

// Attention of one head, which compares vectors as they are, without kernels.

/** Options of `attention` and `additiveAttention`. */
export interface SingleAttentionOptions<Op extends string = string, R extends number = number> extends WeightedLayer {
  /** The share of weights of attention that are dropped in training. @default 0 */
  readonly dropout?: R & CheckRate<Op, "dropout", R>;
  /** Whether a place sees only its own place and those before it. @default false */
  readonly useCausalMask?: boolean;
}

export const singleAttentionRules: OptionRules<SingleAttentionOptions> = {
  ...weighted,
  dropout: rate,
  useCausalMask: flag,
};

/** `unknown` where a tensor is [batch, time, channels] of float32, else the message. */
export type CheckVectors<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckImages<Op, S, 3>
>;

/** `unknown` where a query and keys have the same channels, else the message. */
type CheckCompared<Op extends string, Q extends Shape, K extends Shape> =
  Compatible<DimAt<Q, -1>, DimAt<K, -1>> extends true
    ? unknown
    : Message<typeof unequalAxis, { op: Op; a: Show<Q>; b: Show<K>; axis: 2 }>;

/** What is looked at, where it is not the query itself. Without keys, K is []. */
export interface ComparedWith<
  Op extends string,
  Q extends Shape,
  V extends Shape,
  VD extends DType,
  K extends Shape,
  KD extends DType,
  M extends Shape,
  MD extends DType,
  B extends Shape,
  BD extends DType,
> {
  /** [batch, source, n], float32: the query, unless said otherwise. */
  readonly value?: Tensor<V, VD> &
    FirstMessage<
      CheckVectors<Op, V, VD>,
      FirstMessage<CheckBatch<Op, Q, V>, K extends [] ? CheckCompared<Op, Q, V> : unknown>
    >;
  /** [batch, source, channels]: the value, unless said otherwise. */
  readonly key?: Tensor<K, KD> &
    FirstMessage<CheckVectors<Op, K, KD>, FirstMessage<CheckJoin<Op, V, K, 2>, CheckCompared<Op, Q, K>>>;
  /** What a place sees: bool, of a shape that broadcasts to [batch, time, source]. All, unless said otherwise. */
  readonly attentionMask?: Tensor<M, MD> & CheckMask<Op, M, MD, Scores<Q, V>>;
  /** What is added to the scores: float32, of a shape that broadcasts to [batch, time, source]. Nothing, unless said otherwise. */
  readonly attentionBias?: Tensor<B, BD> & CheckBias<Op, B, BD, Scores<Q, V>>;
}

/** [batch, time, n]: the values' channels in the query's places. */
export type Mixed<Q extends Shape, V extends Shape> = ReplaceAxis<Q, -1, DimAt<V, -1>>;

/** A kind of such a layer: how well each place of a query goes with each of the keys, [batch, time, source]. */
interface SingleAttentionKind<O extends SingleAttentionOptions> {
  readonly kind: string;
  readonly rules: OptionRules<O>;
  /** What more is asked of a query than that it is [batch, time, channels]. */
  readonly checkQuery?: typeof checkVectors;
  readonly scores: (query: Node, key: Node, options: O, layer: LayerContext) => Node;
}

/** What the layer's function returns. */
export function singleAttention<O extends SingleAttentionOptions>(
  { kind, rules, checkQuery = checkVectors, scores }: SingleAttentionKind<O>,
  args: readonly unknown[],
): AnyTensor | Layer {
  return attendedLayerOf<O>(
    {
      kind,
      rules,
      build(query, attended, options, layer) {
        const { dropout = 0, useCausalMask = false } = options;
        refuse("SW_DTYPE", kind, checkDType(kind, query.dtype, ["float32"]));
        refuse("SW_SHAPE", kind, checkQuery(kind, query.shape));
        const { q, k, v, mask, bias } = attendedNodes(kind, query, attended, checkVectors, []);
        refuse("SW_SHAPE", kind, checkCompared(kind, q.shape, k.shape));
        return within({ ...currentPlace(), scope: layer.scope }, () => {
          const found = scores(q, k, options, layer);
          return tensorOf<Tensor<any>>(weightedBy(found, v, { bias, mask, isCausal: useCausalMask, dropout }));
        });
      },
    },
    args,
  );
}

const checkVectors = (op: string, shape: readonly Dim[]) => checkImages(op, shape, 1);

/** Runtime twin of `CheckCompared`. */
function checkCompared(op: string, q: readonly Dim[], k: readonly Dim[]): string | undefined {
  return q[2] === k[2] ? undefined : fill(unequalAxis, { op, a: show(q), b: show(k), axis: 2 });
}

/** tanh(query + key) for each place of the query and each of the keys: [batch, time, source, channels]. */
export function tanhOfSums(query: Node, key: Node): Node {
  const queries = makeNode(reshapeOp, [query], { shape: insertAxis(query.shape, 2) });
  const keys = makeNode(reshapeOp, [key], { shape: insertAxis(key.shape, 1) });
  return makeNode(tanhOp, [makeNode(addOp, [queries, keys], {})], {});
}
