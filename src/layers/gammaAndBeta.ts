import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { ones } from "../initializers/ones.js";
import { zeros } from "../initializers/zeros.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import { type LayerContext, type WeightedLayer, weighted } from "./layer.js";
import { rulesOf } from "./rulesOf.js";

/** Options of layers whose result is multiplied by gamma, and moved by beta: one of each for each channel. */
export interface GammaAndBetaOptions extends WeightedLayer {
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

export const gammaAndBetaRules: OptionRules<GammaAndBetaOptions> = {
  ...weighted,
  center: flag,
  scale: flag,
  gammaInitializer: anInitializer,
  betaInitializer: anInitializer,
  gammaRegularizer: aRegularizer,
  betaRegularizer: aRegularizer,
  gammaConstraint: aConstraint,
  betaConstraint: aConstraint,
};

/** A layer's gamma, of so many channels. */
export function gammaOf({ weight }: LayerContext, options: GammaAndBetaOptions, channels: number): Tensor<any> {
  const { gammaInitializer = ones() } = options;
  return weight("gamma", [channels], gammaInitializer, rulesOf(options, "gamma")) as Tensor<any>;
}

/** A layer's beta, of so many channels. */
export function betaOf({ weight }: LayerContext, options: GammaAndBetaOptions, channels: number): Tensor<any> {
  const { betaInitializer = zeros() } = options;
  return weight("beta", [channels], betaInitializer, rulesOf(options, "beta")) as Tensor<any>;
}

/** gamma · x + beta, as far as the options want them. Channels are the last axis. */
export function gammaAndBeta(layer: LayerContext, options: GammaAndBetaOptions, x: Tensor<any>): Tensor<any> {
  const { center = true, scale = true } = options;
  const channels = x.shape.at(-1) as number;
  const scaled: Tensor<any> = scale ? multiply(x, gammaOf(layer, options, channels)) : x;
  return center ? add(scaled, betaOf(layer, options, channels)) : scaled;
}
