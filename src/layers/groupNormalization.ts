import type { DType } from "../ir/dtype.js";
import type { CheckGroupCount, CheckPositive } from "../ir/option-checks.js";
import { groupCount, type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { reshape } from "../ops/reshape.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import { type CheckGroups, checkGroups } from "../ops/shared/windows/check-convolution.js";
import type { Batched, Dim, Shape, SplitLast } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type CheckBatchNormalization, checkBatchNormalization, type NoChannels } from "./batchNormalization.js";
import { type GammaAndBetaOptions, gammaAndBeta, gammaAndBetaRules } from "./gammaAndBeta.js";
import { type FloatRule, type LayerKind, layerOf, type Waiting } from "./layer.js";
import { normalized } from "./normalized.js";

/** Options of `groupNormalization`. `G` is the number of groups, or what is wrong with it. */
export interface GroupNormalizationOptions<G, E extends number = number> extends GammaAndBetaOptions {
  /** Into how many groups the channels are divided; -1 for a group of each channel: instance normalization. @default 32 */
  readonly groups?: G;
  /** Added to the variance, so that nothing is divided by 0. @default 1e-3 */
  readonly epsilon?: E & CheckPositive<typeof kind, "epsilon", E>;
}

const kind = "groupNormalization";

/** `unknown` where channels divide into groups, else the message. */
type CheckDivided<N, G extends number, Beside> = G extends -1 ? unknown : CheckGroups<typeof kind, N, N, G, Beside>;

/** The same where the number of groups is left out: then the message stands on the input. */
type CheckDefaultGroups<N, G, Beside> = G extends number ? unknown : CheckDivided<N, 32, Beside>;

/** The shape rule of `groupNormalization` in `sequential`. */
export interface GroupNormalizationRule<G extends number> extends FloatRule<"groupNormalization"> {
  readonly check: SplitLast<this["in"]> extends infer Split
    ? Split extends [infer B extends Shape, infer N extends Dim]
      ? FirstOfRule<CheckBatchNormalization<B, N, this["dtype"], typeof kind>, CheckDivided<N, G, this["dtype"]>>
      : Split extends []
        ? NoChannels<"[]", typeof kind>
        : unknown
    : never;
  readonly out: this["in"];
}

/**
 * Divides the channels, along the last axis, into groups, and brings the numbers of each group, over all places of a sample, to mean 0
 * and variance 1; then each channel to a mean and a variance that are learnt: gamma · (x - mean) / √(variance + epsilon) + beta. The
 * same in training and prediction, and in batches of any size.
 * Source: Wu and He, "Group normalization" (2018).
 *
 * @param x [batch, ..., channels], float32
 * @param options `groups`, `epsilon`, `center`, `scale`, initializers, regularizers, constraints, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name, or the only one, or its channels do not divide into the groups; SW_VALUE when an option is out of range
 * @example
 * const images = input(["batch", 28, 28, 64]);
 * const normal = groupNormalization(images, { groups: 8 }); // Tensor<["batch", 28, 28, 64], "float32">
 */
export function groupNormalization<
  const G extends number = 32,
  const E extends number = number,
  Now extends Moment = "now",
>(
  options?: GroupNormalizationOptions<G & CheckGroupCount<typeof kind, "groups", G>, E>,
): Waiting<GroupNormalizationRule<G>, Now>;
export function groupNormalization<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const G extends number | undefined = undefined,
  const E extends number = number,
>(
  x: Tensor<[...B, N], D> &
    FirstMessage<
      CheckDType<"groupNormalization", D, "float32">,
      FirstMessage<CheckBatchNormalization<B, N, D, typeof kind>, CheckDefaultGroups<N, G, D>>
    >,
  options?: GroupNormalizationOptions<
    OrMessage<
      G,
      G extends number ? FirstMessage<CheckGroupCount<typeof kind, "groups", G>, CheckDivided<N, G, D>> : unknown
    >,
    E
  >,
): Tensor<Batched<B, [N], D>, D>;
export function groupNormalization(...args: readonly unknown[]) {
  return layerOf(groupNormalizationLayer, args);
}

const rules: OptionRules<GroupNormalizationOptions<number>> = {
  ...gammaAndBetaRules,
  groups: groupCount,
  epsilon: positive,
};

const groupNormalizationLayer: LayerKind<GroupNormalizationOptions<number>> = {
  kind,
  rules,
  build(x, options, layer) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkBatchNormalization(x.shape, kind));
    const { epsilon = 1e-3 } = options;
    const shape: readonly Dim[] = x.shape;
    const channels = shape.at(-1) as number;
    const groups = options.groups === -1 ? channels : (options.groups ?? 32);
    refuse("SW_SHAPE", kind, checkGroups(kind, channels, channels, groups));
    const grouped = [...shape.slice(0, -1), groups, channels / groups];
    // All places, and the channels of a group.
    const axes = [...shape.slice(1, -1).map((_, i) => i + 1), shape.length];
    // What comes before the weights belongs to the layer, too.
    return within({ ...currentPlace(), scope: layer.scope }, () => {
      const normal = normalized(reshape(x, grouped as [number]), epsilon, axes);
      return gammaAndBeta(layer, options, reshape(normal, shape as [number]));
    });
  },
};
