import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { checkChannels } from "../ops/shared/windows/check-convolution.js";
import { checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import type { OutputPaddingOption } from "../ops/shared/windows/output-padding.js";
import {
  type CausalWords,
  type CheckPlaces,
  type PairPadding,
  sizesOf,
  type TriplePadding,
} from "../ops/shared/windows/sizes.js";
import { transposedConvolution, transposeGiven } from "../ops/shared/windows/transposed.js";
import { checkDType } from "../types/dtype.js";
import type { AxisPadding } from "../types/window.js";
import { type MovingLayerOptions, movingLayerRules } from "./convolutionLayer.js";
import { type KernelAndBiasOptions, kernelAndBias, kernelAndBiasRules } from "./kernelAndBias.js";
import type { LayerKind } from "./layer.js";

/** Options of the transposed convolution layers. */
export interface TransposeLayerOptions<Op extends string, F extends number, K, Strides, P, Dilation, O, Now>
  extends KernelAndBiasOptions,
    MovingLayerOptions<Op, K, Strides, P, Dilation, Now> {
  /** How many filters there are: the size of the output's last axis. */
  readonly filters: F & CheckCount<Op, "filters", F>;
  /**
   * `"same"` gives the size times the stride; `"valid"` all that windows reach. A number is how many places
   * are cut off before and after each axis; a pair of numbers, in place of one axis's, tells the two apart.
   *
   * @default "valid"
   */
  readonly padding?: P & CheckPlaces<Op, "padding", CausalWords<Op>, P>;
  /**
   * Which of the sizes, of which a convolution with these strides makes this one: how much it is above the smallest one, less than the
   * stride; one number, or one for each axis. Padding `"same"` and `"valid"` say it by themselves, unless it is given.
   */
  readonly outputPadding?: OutputPaddingOption<Op, Strides, O, Now>;
}

type Sizes = number | readonly number[];
type Options = TransposeLayerOptions<
  string,
  number,
  Sizes,
  Sizes,
  AxisPadding | PairPadding | TriplePadding,
  Sizes,
  Sizes,
  "now"
>;

/** activation(x ∗ᵀ kernel + bias) over one to three spatial axes. */
export function transposedLayer(kind: string, rank: SpatialRank): LayerKind<Options> {
  return {
    kind,
    rules: { ...kernelAndBiasRules, ...movingLayerRules, outputPadding: anything, filters: required(count) },
    build(x, options, layer) {
      const { filters, dilationRate: dilations = 1 } = options;
      const kernelSize = sizesOf(kind, "kernelSize", options.kernelSize, rank);
      const attributes = transposeGiven(kind, { ...options, dilations }, rank);
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank) ?? checkChannels(kind, x.shape));
      const shape = [...kernelSize, filters, x.shape.at(-1) as number];
      return kernelAndBias(layer, options, shape, (kernel) =>
        tensorOf(transposedConvolution(kind, nodeOf(x), nodeOf(kernel), attributes)),
      );
    },
  };
}
