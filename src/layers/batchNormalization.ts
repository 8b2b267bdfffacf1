import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { ones } from "../initializers/ones.js";
import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckPositive, CheckRate } from "../ir/option-checks.js";
import { type OptionRules, positive, rate } from "../ir/options.js";
import { currentPlace } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { batchNormalizationOp } from "../ops/batchNormalization.js";
import { broadcastTo } from "../ops/broadcastTo.js";
import { constant } from "../ops/constant.js";
import { noChannels } from "../ops/shared/batch-norm.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Dim, IsName, Same, Shape, SplitLast } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { checkNamedChannels, type NamedChannels } from "./channels.js";
import { betaOf, type GammaAndBetaOptions, gammaAndBetaRules, gammaOf } from "./gammaAndBeta.js";
import { type FloatRule, type Layer, type LayerKind, layerOf, type Waiting } from "./layer.js";
import type { ForChannels } from "./weights.js";

/** Options of `batchNormalization`. */
export interface BatchNormalizationOptions<M extends number = number, E extends number = number>
  extends GammaAndBetaOptions {
  /** The share of a moving statistic that stays in each training step. @default 0.99 */
  readonly momentum?: M & CheckRate<typeof kind, "momentum", M>;
  /** Added to the variance, so that nothing is divided by 0. @default 1e-3 */
  readonly epsilon?: E & CheckPositive<typeof kind, "epsilon", E>;
  /** How the moving mean starts. @default zeros() */
  readonly movingMeanInitializer?: Initializer;
  /** How the moving variance starts. @default ones() */
  readonly movingVarianceInitializer?: Initializer;
}

const kind = "batchNormalization";

/** `unknown` where the last axis can be the channels', else the message. */
export type CheckBatchNormalization<B extends Shape, N extends Dim, Beside, Op extends string = typeof kind> =
  IsName<N, Beside> extends true
    ? NamedChannels<Op, [...B, N], N & string>
    : Same<B, []> extends true
      ? NoChannels<Show<[...B, N]>, Op>
      : unknown;

/** The message where there is no batch axis beside the channels. */
export type NoChannels<S extends string, Op extends string = typeof kind> = Message<
  typeof noChannels,
  { op: Op; shape: S }
>;

/** Runtime twin of `CheckBatchNormalization`. */
export function checkBatchNormalization(shape: readonly Dim[], op: string = kind): string | undefined {
  return (
    checkNamedChannels(op, shape) ?? (shape.length >= 2 ? undefined : fill(noChannels, { op, shape: show(shape) }))
  );
}

/** The shape rule of `batchNormalization` in `sequential`. */
export interface BatchNormalizationRule<ForEach = unknown> extends FloatRule<"batchNormalization"> {
  readonly weights: ForChannels<this["in"], ForEach>;
  readonly check: SplitLast<this["in"]> extends infer Split
    ? Split extends [infer B extends Shape, infer N extends Dim]
      ? CheckBatchNormalization<B, N, this["dtype"]>
      : Split extends []
        ? NoChannels<"[]">
        : unknown
    : never;
  readonly out: this["in"];
}

/**
 * Brings each channel, along the last axis, to mean 0 and variance 1, and then to a mean and a variance that are learnt:
 * gamma · (x - mean) / √(variance + epsilon) + beta. In training by the mean and the variance of the batch, which move the
 * moving statistics a little towards them; in evaluation and prediction, and where it is not `trainable`, by these.
 * Source: Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift" (2015).
 *
 * @param x [batch, ..., channels], float32
 * @param options `momentum`, `epsilon`, `center`, `scale`, initializers, regularizers, constraints, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name, or the only one; SW_VALUE when an option is out of range
 * @example
 * const h = dense(input(["batch", 784]), { units: 512, useBias: false });
 * const normal = relu(batchNormalization(h)); // Tensor<["batch", 512], "float32">
 */
export function batchNormalization(): Layer<BatchNormalizationRule<4>>;
export function batchNormalization<
  const M extends number = number,
  const E extends number = number,
  Now extends Moment = "now",
>(options?: BatchNormalizationOptions<M, E>): Waiting<BatchNormalizationRule, Now>;
export function batchNormalization<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const M extends number = number,
  const E extends number = number,
>(
  x: Tensor<[...B, N], D> &
    FirstMessage<CheckDType<"batchNormalization", D, "float32">, CheckBatchNormalization<B, N, D>>,
  options?: BatchNormalizationOptions<M, E>,
): Tensor<[...B, N], D>;
export function batchNormalization(...args: readonly unknown[]) {
  return layerOf(batchNormalizationLayer, args);
}

const rules: OptionRules<BatchNormalizationOptions> = {
  ...gammaAndBetaRules,
  momentum: rate,
  epsilon: positive,
  movingMeanInitializer: anInitializer,
  movingVarianceInitializer: anInitializer,
};

const batchNormalizationLayer: LayerKind<BatchNormalizationOptions> = {
  kind,
  rules,
  build(x, options, layer) {
    refuse("SW_DTYPE", "batchNormalization", checkDType("batchNormalization", x.dtype, ["float32"]));
    refuse("SW_SHAPE", "batchNormalization", checkBatchNormalization(x.shape));
    const { momentum = 0.99, epsilon = 1e-3, center = true, scale = true, trainable = true } = options;
    const { movingMeanInitializer = zeros(), movingVarianceInitializer = ones() } = options;
    const channels = x.shape.at(-1) as number;
    const shape = [channels];
    const { scope, weight } = layer;
    const fixed = (value: number) => broadcastTo(constant(value), shape);
    const vectors = [
      scale ? gammaOf(layer, options, channels) : fixed(1),
      center ? betaOf(layer, options, channels) : fixed(0),
      weight("movingMean", shape, movingMeanInitializer, { trainable: false }),
      weight("movingVariance", shape, movingVarianceInitializer, { trainable: false }),
    ];
    return tensorOf(
      makeNode(
        batchNormalizationOp,
        [x, ...vectors].map((tensor) => nodeOf(tensor)),
        { epsilon, momentum, ...((!trainable || currentPlace().frozen) && { frozen: true as const }) },
        scope,
      ),
    );
  },
};
