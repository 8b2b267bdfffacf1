import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { randomUniformInitializer } from "../initializers/randomUniformInitializer.js";
import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { gather } from "../ops/gather.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import type { Batched, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import {
  type LayerContext,
  type LayerKind,
  type LayerRule,
  layerOf,
  type Waiting,
  type WeightedLayer,
  weighted,
} from "./layer.js";
import { rulesOf } from "./rulesOf.js";
import type { Product } from "./weights.js";

/** Options of `embedding`. */
export interface EmbeddingOptions<U extends number, V extends number = number, Op extends string = "embedding">
  extends WeightedLayer {
  /** How many different integers there may be: the largest of them, and one more. */
  readonly inputDim: V & CheckCount<Op, "inputDim", V>;
  /** How many numbers stand for each of them. */
  readonly outputDim: U & CheckCount<Op, "outputDim", U>;
  /** How these start. @default randomUniformInitializer() */
  readonly embeddingsInitializer?: Initializer;
  /** What the table costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly embeddingsRegularizer?: Regularizer;
  /** What becomes of the table after each step, such as `unitNorm({ axis: 1 })`: it stays, unless said otherwise. */
  readonly embeddingsConstraint?: Constraint;
}

/** The shape rule of `embedding` in `sequential`. */
export interface EmbeddingRule<U extends number, V extends number = number, Op extends string = "embedding">
  extends LayerRule {
  readonly weights: Product<V, U>;
  readonly op: Op;
  readonly takes: "int32";
  readonly gives: "float32";
  readonly check: unknown;
  readonly out: this["in"] extends infer S extends Shape ? Batched<S, [U]> : never;
}

export const embeddingRules: OptionRules<EmbeddingOptions<number>> = {
  ...weighted,
  inputDim: required(count),
  outputDim: required(count),
  embeddingsInitializer: anInitializer,
  embeddingsRegularizer: aRegularizer,
  embeddingsConstraint: aConstraint,
};

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function embedding<const U extends number, const V extends number, Now extends Moment = "now">(
  options: EmbeddingOptions<U, V>,
): Waiting<EmbeddingRule<U, V>, Now>;
/**
 * A row of a table for every integer: words, letters or categories as vectors that are learnt. Where `sgd` steps on TensorFlow, only
 * the rows that were looked up are touched.
 *
 * @param x any shape, int32, from 0 to inputDim - 1
 * @param options `inputDim`, `outputDim`; initializer, regularizer and constraint, `name`
 * @returns [..., outputDim], float32; without x, a layer for `sequential`
 * @throws SW_DATA when an integer is out of range, known when the program runs
 * @example
 * const ids = input(["batch", "time"], "int32");
 * const words = embedding(ids, { inputDim: 10000, outputDim: 64 }); // Tensor<["batch", "time", 64], "float32">
 * const bag = mean(words, { axis: 1 }); // Tensor<["batch", 64], "float32">
 */
export function embedding<const S extends Shape, D extends DType, const U extends number, const V extends number>(
  x: Tensor<S, D> & CheckDType<"embedding", D, "int32">,
  options: EmbeddingOptions<U, V>,
): Tensor<Batched<S, [U], D>>;
export function embedding(...args: readonly unknown[]) {
  return layerOf(embeddingLayer, args);
}

const embeddingLayer: LayerKind<EmbeddingOptions<number>> = {
  kind: "embedding",
  rules: embeddingRules,
  build: (x, options, layer) => embedded("embedding", x, options, layer),
};

/** The rows of a layer's table for integers. */
export function embedded(kind: string, x: Tensor<any>, options: EmbeddingOptions<number>, layer: LayerContext) {
  refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["int32"]));
  return gather(tableOf(options, layer), x as Tensor<any, any>, 0);
}

/** A layer's table: [inputDim, outputDim]. */
export function tableOf(options: EmbeddingOptions<number>, { weight }: LayerContext): Tensor<any> {
  const { inputDim, outputDim, embeddingsInitializer = randomUniformInitializer() } = options;
  const rules = rulesOf(options, "embeddings");
  return weight("embeddings", [inputDim, outputDim], embeddingsInitializer, rules) as Tensor<any>;
}
