import { foriLoop } from "../control/foriLoop.js";
import type { DType } from "../ir/dtype.js";
import { type CheckShares, oneOrTwo } from "../ir/oneOrTwo.js";
import type { CheckCount, CheckPositive } from "../ir/option-checks.js";
import { count, flag, type OptionRules, positive, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { at } from "../ops/at.js";
import { equal } from "../ops/equal.js";
import { floorDivide } from "../ops/floorDivide.js";
import { gather } from "../ops/gather.js";
import { mod } from "../ops/mod.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import { zerosLike } from "../ops/zerosLike.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { changedBy, changesOf, colourChangesOf, numbersOf } from "./augmentation/changes.js";
import { dirichlet } from "./augmentation/dirichlet.js";
import type { Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `augMix`. */
export interface AugMixOptions<
  N extends number = number,
  M extends number = number,
  F extends Factor = Factor,
  A extends number = number,
> extends ValueRangeOptions {
  /** How many chains of changes are mixed. @default 3 */
  readonly numChains?: N & CheckCount<"augMix", "numChains", N>;
  /** How many changes a chain has at most: each of them is none as often as one of the ways. @default 3 */
  readonly chainDepth?: M & CheckCount<"augMix", "chainDepth", M>;
  /** How strong changes are, from 0 to 1: up to so much, or between two bounds. @default 0.3 */
  readonly factor?: F & CheckShares<"augMix", "factor", F>;
  /** How evenly is mixed: above 1 more evenly, and below mostly one chain, or the image as it was. @default 1 */
  readonly alpha?: A & CheckPositive<"augMix", "alpha", A>;
  /** Whether brightness, contrast, colours and sharpness change, too. @default true */
  readonly allOps?: boolean;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
}

/**
 * In training, mixes images with what chains of changes make of them: each chain's changes are drawn in each step among those of `randAugment`, the
 * same for all images, by how much for each; chains weigh by a Dirichlet distribution, and images beside them by a beta distribution. In evaluation
 * and prediction, leaves images as they are. Keras's `AugMix`.
 * Source: Hendrycks et al., "AugMix: a simple data processing method to improve robustness and uncertainty" (2020).
 *
 * @param x [batch, height, width, channels], float32: of three channels, red, green and blue, colours change, too
 * @param options `numChains` (3), `chainDepth` (3), `factor` (0.3), `alpha` (1), `allOps` (true), `interpolation` ("bilinear"),
 *   `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = augMix(image, { chainDepth: 2, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function augMix<
  const N extends number = number,
  const M extends number = number,
  const F extends Factor = Factor,
  const A extends number = number,
>(options?: AugMixOptions<N, M, F, A>): Layer<KeepImages<"augMix">>;
export function augMix<
  const S extends Shape,
  D extends DType,
  const N extends number = number,
  const M extends number = number,
  const F extends Factor = Factor,
  const A extends number = number,
>(x: Tensor<S, D> & CheckPhotos<"augMix", S, D>, options?: AugMixOptions<N, M, F, A>): Tensor<S, D>;
export function augMix(...args: readonly unknown[]) {
  return layerOf(augMixLayer, args);
}

const rules: OptionRules<AugMixOptions> = {
  numChains: count,
  chainDepth: count,
  factor: oneOrTwo(probability),
  alpha: positive,
  allOps: flag,
  interpolation: aSamplingInterpolation,
  ...valueRangeRules,
};

const augMixLayer = augmentation("augMix", rules, (images, options) => {
  const { numChains = 3, chainDepth = 3, factor = 0.3, alpha = 1, allOps = true, interpolation = "bilinear" } = options;
  const strength = { factor, interpolation, valueRange: rangeOf(options) };
  const changes = [...changesOf(strength), ...(allOps ? colourChangesOf(strength) : []), (x: Any) => x];
  const [weights, numbers] = [dirichlet(numChains, alpha), numbersOf(numChains * chainDepth, changes)];
  // One loop over the changes of all chains: so what each way computes stands in the graph once. Each chain begins with the images.
  const { sum: mixed } = foriLoop(
    0,
    (numChains * chainDepth) as number,
    (i, { x, sum }: Chains): Chains => {
      const y = changedBy(x, numbers, i, changes);
      const isLast = equal(mod(i, chainDepth), chainDepth - 1) as Tensor<any, "bool">;
      const weighted: Any = multiply(y, gather(weights, floorDivide(i, chainDepth)) as Any);
      return { x: select(isLast, images, y), sum: select(isLast, add(sum, weighted) as Any, sum) };
    },
    { x: images, sum: zerosLike(images) as Any },
  );
  const share: Any = at(dirichlet(2, alpha), "0");
  const both: Any = add(multiply(images, share), multiply(mixed, subtract(1, share) as Any) as Any);
  return inRange(both, strength.valueRange);
});

/** The images of a chain so far, and the weighted sum of the chains before it. */
type Chains = { x: Any; sum: Any };
