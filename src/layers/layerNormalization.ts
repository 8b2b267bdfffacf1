import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { ones } from "../initializers/ones.js";
import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import { flag, type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { mean } from "../ops/mean.js";
import { multiply } from "../ops/multiply.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import type { Batched, Dim, Shape, SplitLast } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckChannels, checkChannels, type NoChannelAxis } from "./channels.js";
import { type FloatRule, type Layer, type LayerKind, layerOf, type WeightedLayer, weighted } from "./layer.js";
import { rulesOf } from "./rulesOf.js";

/** Options of `layerNormalization`. */
export interface LayerNormalizationOptions extends WeightedLayer {
  /** Added to the variance, so that nothing is divided by 0. @default 1e-3 */
  readonly epsilon?: number;
  /** Whether beta is added. @default true */
  readonly center?: boolean;
  /** Whether the result is multiplied by gamma. @default true */
  readonly scale?: boolean;
  /** How gamma starts. @default ones() */
  readonly gammaInitializer?: Initializer;
  /** How beta starts. @default zeros() */
  readonly betaInitializer?: Initializer;
  /** What gamma costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly gammaRegularizer?: Regularizer;
  /** What beta costs besides the loss: nothing, unless said otherwise. */
  readonly betaRegularizer?: Regularizer;
  /** What becomes of gamma after each step, such as `nonNeg()`: it stays, unless said otherwise. */
  readonly gammaConstraint?: Constraint;
  /** What becomes of beta after each step: it stays, unless said otherwise. */
  readonly betaConstraint?: Constraint;
}

const kind = "layerNormalization";

/** The shape rule of `layerNormalization` in `sequential`. */
export interface LayerNormalizationRule extends FloatRule<"layerNormalization"> {
  readonly check: SplitLast<this["in"]> extends infer Split
    ? Split extends [infer B extends Shape, infer N extends Dim]
      ? CheckChannels<typeof kind, B, N, this["dtype"]>
      : Split extends []
        ? NoChannelAxis<typeof kind>
        : unknown
    : never;
  readonly out: this["in"];
}

/**
 * Brings the numbers along the last axis to mean 0 and variance 1, each sample and place for itself, and then to a mean and a
 * variance that are learnt: gamma · (x - mean) / √(variance + epsilon) + beta. The same in training and prediction.
 * Source: Ba, Kiros and Hinton, "Layer normalization" (2016).
 *
 * @param x [..., channels], float32
 * @param options `epsilon`, `center`, `scale`, initializers, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name, or there is none; SW_VALUE when an option is out of range
 * @example
 * const words = input(["batch", "time", 64]);
 * const normal = layerNormalization(words, { epsilon: 1e-5 }); // Tensor<["batch", "time", 64], "float32">
 */
export function layerNormalization(options?: LayerNormalizationOptions): Layer<LayerNormalizationRule>;
export function layerNormalization<const B extends Shape, const N extends Dim, D extends DType>(
  x: Tensor<[...B, N], D> &
    FirstMessage<CheckDType<"layerNormalization", D, "float32">, CheckChannels<typeof kind, B, N, D>>,
  options?: LayerNormalizationOptions,
): Tensor<Batched<B, [N], D>, D>;
export function layerNormalization(...args: readonly unknown[]) {
  return layerOf(layerNormalizationLayer, args);
}

const rules: OptionRules<LayerNormalizationOptions> = {
  ...weighted,
  epsilon: positive,
  center: flag,
  scale: flag,
  gammaInitializer: anInitializer,
  betaInitializer: anInitializer,
  gammaRegularizer: aRegularizer,
  betaRegularizer: aRegularizer,
  gammaConstraint: aConstraint,
  betaConstraint: aConstraint,
};

const layerNormalizationLayer: LayerKind<LayerNormalizationOptions> = {
  kind,
  rules,
  build(x, options, { scope, weight }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkChannels(kind, x.shape));
    const { epsilon = 1e-3, center = true, scale = true } = options;
    const { gammaInitializer = ones(), betaInitializer = zeros() } = options;
    const shape = [x.shape.at(-1) as number];
    // What comes before the weights belongs to the layer, too.
    return within({ ...currentPlace(), scope }, () => {
      const normal = normalized(x, epsilon);
      const scaled: Tensor<any> = scale
        ? multiply(normal, weight("gamma", shape, gammaInitializer, rulesOf(options, "gamma")))
        : normal;
      return center ? add(scaled, weight("beta", shape, betaInitializer, rulesOf(options, "beta"))) : scaled;
    });
  },
};

/** (x - mean) / √(variance + ε). The root's reciprocal is taken once for each mean, and no element is divided. */
function normalized(x: Tensor<any>, epsilon: number): Tensor<any> {
  const along = { axis: -1, keepDims: true } as const;
  const centred: Tensor<any> = subtract(x, mean(x, along));
  const variance: Tensor<any> = mean(square(centred), along);
  return multiply(centred, divide(1, sqrt(add(variance, epsilon))));
}
