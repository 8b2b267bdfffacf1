import { ones } from "../initializers/ones.js";
import type { DType } from "../ir/dtype.js";
import type { CheckPositive } from "../ir/option-checks.js";
import { type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { mean } from "../ops/mean.js";
import { multiply } from "../ops/multiply.js";
import { rsqrt } from "../ops/rsqrt.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { square } from "../ops/square.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type ChannelsRule, type CheckChannels, checkChannels } from "./channels.js";
import { type LayerKind, layerOf, type Waiting, type WeightedLayer, weighted } from "./layer.js";

/** Options of `rmsNormalization`. */
export interface RmsNormalizationOptions<E extends number = number> extends WeightedLayer {
  /** Added to the mean of squares, so that nothing is divided by 0. @default 1e-6 */
  readonly epsilon?: E & CheckPositive<typeof kind, "epsilon", E>;
}

const kind = "rmsNormalization";

/**
 * Brings the numbers along the last axis to a mean square of 1, each sample and place for itself, and then to a size that is learnt:
 * scale · x / √(mean x² + epsilon). The same in training and prediction.
 * Source: Zhang and Sennrich, "Root mean square layer normalization" (2019).
 *
 * @param x [..., channels], float32
 * @param options `epsilon`, `trainable`, `activityRegularizer`, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name, or there is none; SW_VALUE when an option is out of range
 * @example
 * const words = input(["batch", "time", 64]);
 * const normal = rmsNormalization(words); // Tensor<["batch", "time", 64], "float32">
 */
export function rmsNormalization<const E extends number = number, Now extends Moment = "now">(
  options?: RmsNormalizationOptions<E>,
): Waiting<ChannelsRule<typeof kind, 1>, Now>;
export function rmsNormalization<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const E extends number = number,
>(
  x: Tensor<[...B, N], D> &
    FirstMessage<CheckDType<"rmsNormalization", D, "float32">, CheckChannels<typeof kind, B, N, D>>,
  options?: RmsNormalizationOptions<E>,
): Tensor<Batched<B, [N], D>, D>;
export function rmsNormalization(...args: readonly unknown[]) {
  return layerOf(rmsNormalizationLayer, args);
}

const rules: OptionRules<RmsNormalizationOptions> = { ...weighted, epsilon: positive };

const rmsNormalizationLayer: LayerKind<RmsNormalizationOptions> = {
  kind,
  rules,
  build(x, { epsilon = 1e-6 }, { scope, weight }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkChannels(kind, x.shape));
    // What comes before the weights belongs to the layer, too.
    return within({ ...currentPlace(), scope }, () => {
      const squares: Tensor<any> = mean(square(x), { axis: -1, keepDims: true });
      const normal: Tensor<any> = multiply(x, rsqrt(add(squares, epsilon)));
      return multiply(normal, weight("scale", [x.shape.at(-1) as number], ones()) as Tensor<any>);
    });
  },
};
