import type { NdArray } from "../src/ir/array.js";
import type { AnyTensor, ShapeOf, Tensor, TensorLike } from "../src/ir/tensor.js";
import type { SameTargets } from "../src/losses/comparing.js";
import type { CheckTarget, Loss, TargetOf, TargetRule } from "../src/losses/loss.js";
import type { CheckSamples, OwnTargets } from "../src/losses/lossOf.js";
import type { Metric, TotalsMetric } from "../src/metrics/metric.js";
import type { Takes } from "../src/metrics/metricOf.js";
import type { Outputs } from "../src/model.js";
import type { Box, Dim, Same, SplitFirst } from "../src/types/dim.js";
import type { Message } from "../src/types/message.js";
import type { ClassWeight } from "./class-weights.js";
import type { Weighting } from "./weighting.js";

/**
 * A loss that is written by hand: a function of targets, which are as the output is, and of the output. It gives float32 values, one for each
 * sample or for each place in a sample, whose mean is the loss; or one for the whole batch.
 *
 * @example
 * compile(digits, { optimizer: adam(), loss: (target, output) => sum(square(subtract(output, target)), { axis: -1 }) });
 */
export type OwnLoss<O extends TensorLike = AnyTensor> = (
  target: Tensor<ShapeOf<O>>,
  output: Tensor<ShapeOf<O>>,
) => TensorLike;

/** A loss for a model's output, or losses for some of its outputs, by their names. */
export type Losses<O extends Outputs = any> =
  | (O extends TensorLike
      ? OneLoss<O>
      : { readonly [K in keyof O & string]?: OneLoss<O[K] extends TensorLike ? O[K] : any> })
  // What is given by names that are none, or not as the outputs are, `CheckLosses` says in words.
  | Loss<any>
  | Readonly<Record<string, Loss<any>>>;

type OneLoss<O extends TensorLike> = Loss<any> | OwnLoss<O>;
type AnyFunction = (...parameters: any) => unknown;

/** Metrics of a model's output, or of its outputs by their names. */
export type Metrics = readonly Metric[] | Readonly<Record<string, readonly Metric[]>>;

/** Targets, or weights of samples: one, or several by the names of outputs; none where the model computes the loss itself. */
export type Targets = TensorLike | Readonly<Record<string, TensorLike>> | undefined;

type RuleOf<L> = L extends AnyFunction
  ? SameTargets
  : L extends { readonly rule?: infer R }
    ? Exclude<R, undefined> extends infer Q extends TargetRule
      ? Q
      : never
    : never;

/** `unknown` where the losses are for the model's outputs and take them, else the message, on the loss that is wrong. */
export type CheckLosses<O extends Outputs, L> = [O] extends [TensorLike]
  ? L extends Loss<any> | AnyFunction
    ? CheckLoss<L, O>
    : Message<typeof givenOtherwise, Taken["oneLoss"]>
  : L extends Loss<any> | AnyFunction
    ? Message<typeof givenOtherwise, Taken["lossesByName"]>
    : {
        readonly [K in keyof L & string]: K extends keyof O
          ? O[K] extends TensorLike
            ? CheckLoss<L[K], O[K]>
            : unknown
          : string extends K
            ? unknown
            : NoOutput<K>;
      };

/** What a loss written by hand is wrong in, or is for, TypeScript says in its own words. Of a loss that is anything, nothing is known. */
type CheckLoss<L, O extends TensorLike> = L extends AnyFunction
  ? CheckTarget<SameTargets, O> & OwnLoss<O>
  : Same<Box<RuleOf<L>>, Box<any>> extends true
    ? unknown
    : RuleOf<L> extends OwnTargets<infer T, infer Q, infer N>
      ? O extends Q
        ? CheckSamples<N, ShapeOf<T>, ShapeOf<O>>
        : Loss<OwnTargets<T, NoInfer<O>>>
      : CheckTarget<RuleOf<L>, O>;

/** What is said of losses and metrics that are not given as the model's outputs are. */
export const givenOtherwise = "compile: the model has {among}, so it takes {given}";
export const takenInstead = {
  oneLoss: { among: "one output", given: "one loss, not losses by name" },
  lossesByName: { among: "outputs by name", given: "losses by their names" },
  oneList: { among: "one output", given: "a list of metrics, such as [accuracy()]" },
  metricsByName: { among: "outputs by name", given: "metrics by their names" },
  noLossWeights: { among: "one output", given: "no lossWeights" },
} as const;

export const noOutput = 'compile: no output is named "{name}"';
export const noLoss = 'compile: there are metrics, but no loss that says what targets are, for the output "{name}"';

type Taken = typeof takenInstead;
type NoOutput<K extends string> = Message<typeof noOutput, { name: K }>;

/**
 * `unknown` where the metrics are given as the model's outputs are, else the message. Nothing is said while no loss is known, as while
 * TypeScript looks at what stands beside functions whose parameters it is still to find.
 */
export type CheckMetrics<O extends Outputs, L, M> = [Losses<O>] extends [L] ? unknown : MetricsMessage<O, L, M>;

type MetricsMessage<O extends Outputs, L, M> = [O] extends [TensorLike]
  ? M extends readonly unknown[]
    ? CheckTakes<M[number], TargetsOf<O, L>, O>
    : Message<typeof givenOtherwise, Taken["oneList"]>
  : M extends readonly unknown[]
    ? M extends readonly []
      ? unknown
      : Message<typeof givenOtherwise, Taken["metricsByName"]>
    : {
        readonly [K in keyof M & string]: K extends keyof O
          ? K extends keyof L
            ? CheckTakes<ListOf<M[K]>, TargetsOf<O, L>[K & keyof TargetsOf<O, L>], O[K]>
            : Message<typeof noLoss, { name: K }>
          : NoOutput<K>;
      };

type ListOf<M> = M extends readonly (infer K)[] ? K : never;

/** `unknown` where all metrics of one's own are for such targets and outputs; else what they would have to be. */
type CheckTakes<K, T, O> = [Misfit<K, T, O>] extends [never]
  ? unknown
  : readonly ({ readonly name: string } & Takes<NoInfer<T>, NoInfer<O>>)[];

type Misfit<K, T, O> = K extends Takes<infer A, infer B> ? ([T, O] extends [A, B] ? never : K) : never;

/** Weights of several losses; the message where there is one. */
export type LossWeights<O extends Outputs, L> = [O] extends [TensorLike]
  ? Message<typeof givenOtherwise, Taken["noLossWeights"]>
  : { readonly [K in keyof L & keyof O]?: number };

/** Weights of classes, or of those of several outputs. */
export type ClassWeights<O extends Outputs, L> = [O] extends [TensorLike]
  ? ClassWeight
  : { readonly [K in keyof L & keyof O]?: ClassWeight };

/** The targets that losses compare outputs with. */
export type TargetsOf<O extends Outputs, L> = [O] extends [TensorLike]
  ? TargetOf<RuleOf<L>, O>
  : { readonly [K in keyof L & keyof O]: O[K] extends TensorLike ? TargetOf<RuleOf<L[K]>, O[K]> : AnyTensor };

/** The weights of samples, as the targets are; of what is weighted by places, the shape is left to the runtime. */
export type WeightsOf<O extends Outputs, L, W extends Weighting> = [W] extends ["none"]
  ? undefined
  : [O] extends [TensorLike]
    ? WeightOf<O, W>
    : { readonly [K in keyof L & keyof O]: O[K] extends TensorLike ? WeightOf<O[K], W> : AnyTensor };

type WeightOf<O extends TensorLike, W extends Weighting> = [W] extends ["samples"]
  ? SplitFirst<ShapeOf<O>> extends [infer Batch extends Dim, unknown]
    ? Tensor<[Batch]>
    : Tensor<any>
  : Tensor<any>;

/** What is reported besides the loss: a key and a type for each metric, and for each loss where there are several. */
export type ReportsOf<O extends Outputs, L, M> = [O] extends [TensorLike]
  ? ReportsOfList<M, "">
  : Named<Several<O, L, M>>;

type ReportsOfList<M, Prefix extends string> = M extends readonly Metric[]
  ? { readonly [K in M[number] as `${Prefix}${K["name"]}`]: ValueOf<K> }
  : Nothing;

type Several<O, L, M> = {
  readonly [K in keyof L & keyof O & string as `${K}_loss`]: number;
} & (M extends readonly unknown[]
  ? unknown
  : UnionToIntersection<{ [K in keyof M & string]: ReportsOfList<M[K], `${K}_`> }[keyof M & string]>);

type Nothing = { readonly [K in never]: number };

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type Named<R> = { readonly [K in keyof R]: R[K] };

/** What a metric reports. */
type ValueOf<K> = K extends TotalsMetric<string, infer V> ? (unknown extends V ? number | NdArray : V) : number;
