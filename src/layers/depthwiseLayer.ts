import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { glorotUniform } from "../initializers/glorotUniform.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, count, type OptionRules, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkChannels } from "../ops/shared/windows/check-convolution.js";
import { depthwiseConvolution, separableConvolution } from "../ops/shared/windows/depthwise-convolution.js";
import { checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import { convolutionGiven, type SizesOption } from "../ops/shared/windows/options.js";
import { type PairPadding, sizesOf } from "../ops/shared/windows/sizes.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import { checkDType } from "../types/dtype.js";
import type { SequencePadding } from "../types/window.js";
import { type MovingLayerOptions, movingLayerRules } from "./convolutionLayer.js";
import { type BiasOptions, biasRules, withBias } from "./kernelAndBias.js";
import type { LayerContext, LayerKind } from "./layer.js";
import { rulesOf } from "./rulesOf.js";

/** Options of the layers that convolve each channel by itself. */
export interface DepthwiseLayerOptions<Op extends string, K, Strides, P, Dilation, M, Now>
  extends BiasOptions,
    MovingLayerOptions<Op, K, Strides, P, Dilation, Now> {
  /** How many filters there are for each channel. @default 1 */
  readonly depthMultiplier?: SizesOption<Op, "depthMultiplier", M, Now>;
  /** How the channels' filters start. @default glorotUniform() */
  readonly depthwiseInitializer?: Initializer;
  /** What the channels' filters cost besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly depthwiseRegularizer?: Regularizer;
  /** What becomes of the channels' filters after each step, such as `maxNorm()`: they stay, unless said otherwise. */
  readonly depthwiseConstraint?: Constraint;
}

/** Options of the layers that then mix the channels. */
export interface SeparableLayerOptions<Op extends string, F extends number, K, Strides, P, Dilation, M, Now>
  extends DepthwiseLayerOptions<Op, K, Strides, P, Dilation, M, Now> {
  /** How many filters there are: the size of the output's last axis. */
  readonly filters: F & CheckCount<Op, "filters", F>;
  /** How the filters that mix the channels start. @default glorotUniform() */
  readonly pointwiseInitializer?: Initializer;
  /** What the filters that mix the channels cost besides the loss: nothing, unless said otherwise. */
  readonly pointwiseRegularizer?: Regularizer;
  /** What becomes of them after each step: they stay, unless said otherwise. */
  readonly pointwiseConstraint?: Constraint;
}

type Sizes = number | readonly number[];
type Padding = SequencePadding | PairPadding;
type DepthwiseOptions = DepthwiseLayerOptions<string, Sizes, Sizes, Padding, Sizes, number, "now">;
type SeparableOptions = SeparableLayerOptions<string, number, Sizes, Sizes, Padding, Sizes, number, "now">;

const depthwiseRules: OptionRules<DepthwiseOptions> = {
  ...biasRules,
  ...movingLayerRules,
  depthMultiplier: anything,
  depthwiseInitializer: anInitializer,
  depthwiseRegularizer: aRegularizer,
  depthwiseConstraint: aConstraint,
};

/** activation(each channel ∗ its kernels + bias) over one or two spatial axes. */
export function depthwiseLayer(kind: string, rank: SpatialRank): LayerKind<DepthwiseOptions> {
  return {
    kind,
    rules: depthwiseRules,
    build(x, options, layer) {
      const { depthwiseInitializer = glorotUniform() } = options;
      const { attributes, shape } = given(kind, x, options, rank);
      const kernel = nodeOf(layer.weight("kernel", shape, depthwiseInitializer, rulesOf(options, "depthwise")));
      return withBias(layer, options, tensorOf(depthwiseConvolution(kind, nodeOf(x), kernel, attributes, layer.scope)));
    },
  };
}

/** activation((each channel ∗ its kernels) ∗ pointwise kernel + bias) over one or two spatial axes. */
export function separableLayer(kind: string, rank: SpatialRank): LayerKind<SeparableOptions> {
  return {
    kind,
    rules: {
      ...depthwiseRules,
      filters: required(count),
      pointwiseInitializer: anInitializer,
      pointwiseRegularizer: aRegularizer,
      pointwiseConstraint: aConstraint,
    },
    build(x, options, layer) {
      const { attributes, shape } = given(kind, x, options, rank);
      const kernels = kernelsOf(layer, options, shape);
      return withBias(
        layer,
        options,
        tensorOf(separableConvolution(kind, nodeOf(x), kernels, attributes, layer.scope)),
      );
    },
  };
}

function kernelsOf({ weight }: LayerContext, options: SeparableOptions, shape: readonly number[]) {
  const { filters, depthwiseInitializer = glorotUniform(), pointwiseInitializer = glorotUniform() } = options;
  const [channels, each] = shape.slice(-2) as [number, number];
  const ones = shape.slice(0, -2).map(() => 1);
  const depthwise = weight("depthwiseKernel", [...shape], depthwiseInitializer, rulesOf(options, "depthwise"));
  const pointwise = weight(
    "pointwiseKernel",
    [...ones, channels * each, filters],
    pointwiseInitializer,
    rulesOf(options, "pointwise"),
  );
  return [nodeOf(depthwise), nodeOf(pointwise)] as const;
}

/** What the options say of the windows, and the shape of the channels' filters. */
function given(kind: string, x: Tensor<any>, options: DepthwiseOptions, rank: SpatialRank) {
  const { dilationRate: dilations = 1, depthMultiplier = 1 } = options;
  const kernelSize = sizesOf(kind, "kernelSize", options.kernelSize, rank);
  const attributes = convolutionGiven(kind, { ...options, dilations }, rank, kernelSize);
  const [multiplier] = sizesOf(kind, "depthMultiplier", depthMultiplier, 1) as [number];
  refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
  refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank) ?? checkChannels(kind, x.shape));
  return { attributes, shape: [...kernelSize, x.shape.at(-1) as number, multiplier] };
}
