import type { DType } from "../ir/dtype.js";
import type { CheckPositive } from "../ir/option-checks.js";
import { type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type ChannelsRule, type CheckChannels, checkChannels } from "./channels.js";
import { type GammaAndBetaOptions, gammaAndBeta, gammaAndBetaRules } from "./gammaAndBeta.js";
import { type Layer, type LayerKind, layerOf, type Waiting } from "./layer.js";
import { normalized } from "./normalized.js";

/** Options of `layerNormalization`. */
export interface LayerNormalizationOptions<E extends number = number> extends GammaAndBetaOptions {
  /** Added to the variance, so that nothing is divided by 0. @default 1e-3 */
  readonly epsilon?: E & CheckPositive<typeof kind, "epsilon", E>;
}

const kind = "layerNormalization";

/**
 * Brings the numbers along the last axis to mean 0 and variance 1, each sample and place for itself, and then to a mean and a
 * variance that are learnt: gamma · (x - mean) / √(variance + epsilon) + beta. The same in training and prediction.
 * Source: Ba, Kiros and Hinton, "Layer normalization" (2016).
 *
 * @param x [..., channels], float32
 * @param options `epsilon`, `center`, `scale`, initializers, regularizers, constraints, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name, or there is none; SW_VALUE when an option is out of range
 * @example
 * const words = input(["batch", "time", 64]);
 * const normal = layerNormalization(words, { epsilon: 1e-5 }); // Tensor<["batch", "time", 64], "float32">
 */
export function layerNormalization(): Layer<ChannelsRule<typeof kind, 2>>;
export function layerNormalization<const E extends number = number, Now extends Moment = "now">(
  options?: LayerNormalizationOptions<E>,
): Waiting<ChannelsRule<typeof kind>, Now>;
export function layerNormalization<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const E extends number = number,
>(
  x: Tensor<[...B, N], D> &
    FirstMessage<CheckDType<"layerNormalization", D, "float32">, CheckChannels<typeof kind, B, N, D>>,
  options?: LayerNormalizationOptions<E>,
): Tensor<Batched<B, [N], D>, D>;
export function layerNormalization(...args: readonly unknown[]) {
  return layerOf(layerNormalizationLayer, args);
}

const rules: OptionRules<LayerNormalizationOptions> = { ...gammaAndBetaRules, epsilon: positive };

const layerNormalizationLayer: LayerKind<LayerNormalizationOptions> = {
  kind,
  rules,
  build(x, options, layer) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkChannels(kind, x.shape));
    const { epsilon = 1e-3 } = options;
    // What comes before the weights belongs to the layer, too.
    return within({ ...currentPlace(), scope: layer.scope }, () =>
      gammaAndBeta(layer, options, normalized(x, epsilon, [-1])),
    );
  },
};
