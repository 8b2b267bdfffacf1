import { randomUniformInitializer } from "../initializers/randomUniformInitializer.js";
import type { DType } from "../ir/dtype.js";
import { flag, type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { divide } from "../ops/divide.js";
import { dot } from "../ops/dot.js";
import { multiply } from "../ops/multiply.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { tanh } from "../ops/tanh.js";
import { transpose } from "../ops/transpose.js";
import type { Compatible } from "../types/compatible.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { type EmbeddingOptions, type EmbeddingRule, embedded, embeddingRules, tableOf } from "./embedding.js";
import { type Layer, type LayerContext, type LayerKind, layerOf } from "./layer.js";

const kind = "reversibleEmbedding";

/** Options of `reversibleEmbedding`. */
export interface ReversibleEmbeddingOptions<N extends number, U extends number>
  extends EmbeddingOptions<U, N, typeof kind> {
  /** Whether the way back is by the same table, or by one of its own. @default true */
  readonly tieWeights?: boolean;
  /** What scores are kept below by cap · tanh(scores / cap): nothing, unless said otherwise. */
  readonly logitSoftCap?: number;
}

export const notEmbedded = "{op}: the way back is from {n} channels on the last axis, got {shape}";

/** `unknown` where vectors are as long as the table's, else the message. */
type CheckReversed<B extends Shape, K extends Dim, U extends number> =
  Compatible<K, U> extends true
    ? unknown
    : Message<typeof notEmbedded, { op: typeof kind; n: U; shape: Show<[...B, K]> }>;

/** A layer that goes both ways. */
export interface ReversibleEmbedding<N extends number, U extends number>
  extends Layer<EmbeddingRule<U, number, typeof kind>> {
  /**
   * Scores of all integers for vectors: x · tableᵀ.
   *
   * @param x [..., outputDim], float32
   * @returns [..., inputDim]
   */
  reverse<const B extends Shape, const K extends Dim, D extends DType>(
    x: Tensor<[...B, K], D> & FirstMessage<CheckDType<typeof kind, D, "float32">, CheckReversed<B, K, U>>,
  ): Tensor<Batched<B, [N], D>>;
}

/**
 * A table of vectors that goes both ways: integers become vectors as by `embedding`, and vectors become scores of all integers by the same
 * table, with `reverse`. Language models know words and say them by one table. Keras's `ReversibleEmbedding`.
 * Source: Press and Wolf, "Using the output embedding to improve language models" (2017).
 *
 * @param options `inputDim`, `outputDim`; `tieWeights`, `logitSoftCap`, `embeddingsInitializer`, `embeddingsRegularizer`,
 *   `embeddingsConstraint`, `trainable`, `name`
 * @returns a layer from int32 of any shape to [..., outputDim], whose `reverse` goes from [..., outputDim] to [..., inputDim]
 * @throws SW_VALUE when an option is out of range
 * @example
 * const words = reversibleEmbedding({ inputDim: 10000, outputDim: 64 });
 * const vectors = words(input(["batch", "time"], "int32")); // Tensor<["batch", "time", 64], "float32">
 * const scores = words.reverse(vectors); // Tensor<["batch", "time", 10000], "float32">
 */
export function reversibleEmbedding<const N extends number, const U extends number>(
  options: ReversibleEmbeddingOptions<N, U>,
): ReversibleEmbedding<N, U> {
  return layerOf(reversibleEmbeddingLayer, [options]) as ReversibleEmbedding<N, U>;
}

type Options = ReversibleEmbeddingOptions<number, number>;

const rules: OptionRules<Options> = { ...embeddingRules, tieWeights: flag, logitSoftCap: positive };

const reversibleEmbeddingLayer: LayerKind<Options> = {
  kind,
  rules,
  build: (x, options, layer) => embedded(kind, x, options, layer),
  methods: { reverse },
};

function reverse(x: Tensor<any>, options: Options, layer: LayerContext): Tensor<any> {
  const { inputDim, outputDim, tieWeights = true, logitSoftCap } = options;
  refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
  const fits = x.shape.at(-1) === outputDim;
  refuse("SW_SHAPE", kind, fits ? undefined : fill(notEmbedded, { op: kind, n: outputDim, shape: show(x.shape) }));
  return within({ ...currentPlace(), scope: layer.scope }, () => {
    const { embeddingsInitializer = randomUniformInitializer() } = options;
    const own = () => layer.weight("reverse_embeddings", [outputDim, inputDim], embeddingsInitializer) as Tensor<any>;
    const scores = dot(x, tieWeights ? transpose(tableOf(options, layer)) : own()) as Tensor<any>;
    return logitSoftCap === undefined ? scores : multiply(tanh(divide(scores, logitSoftCap)), logitSoftCap);
  });
}
