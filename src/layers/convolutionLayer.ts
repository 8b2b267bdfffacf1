import { inWords } from "../ir/inWords.js";
import { makeNode } from "../ir/makeNode.js";
import { isTensor, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, aRecord, count, type OptionRules, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { NoTensor } from "../ir/tensor.js";
import { convolutionOp } from "../ops/convolution.js";
import { checkChannels, checkGroups, checkWindows } from "../ops/shared/windows/check-convolution.js";
import { checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import {
  convolutionGiven,
  type DilationsOption,
  type GroupsOption,
  type SizesOption,
} from "../ops/shared/windows/options.js";
import {
  type CausalWords,
  type CheckPlaces,
  type PairPadding,
  sizesOf,
  type TriplePadding,
} from "../ops/shared/windows/sizes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import type { SequencePadding } from "../types/window.js";
import { type KernelAndBiasOptions, kernelAndBias, kernelAndBiasRules } from "./kernelAndBias.js";
import type { LayerKind } from "./layer.js";

/** How layers move windows. */
export interface MovingLayerOptions<Op extends string, K, Strides, P, Dilation, Now> {
  /** The size of a filter: one number, or one for each axis. */
  readonly kernelSize: SizesOption<Op, "kernelSize", K, Now>;
  /** How far apart windows are: one number, or one for each axis. @default 1 */
  readonly strides?: SizesOption<Op, "strides", Strides, Now>;
  /**
   * `"valid"` is no padding; `"same"` pads with zeros, so that the size is that over the stride. A number
   * is how many zeros stand before and after each axis; a pair of numbers, in place of one axis's, tells the two apart.
   * `"causal"`, of sequences, pads before them alone, so that no place sees what comes later.
   *
   * @default "valid"
   */
  readonly padding?: P & CheckPlaces<Op, "padding", CausalWords<Op>, P>;
  /** How far apart the places of a filter are; not together with strides. @default 1 */
  readonly dilationRate?: DilationsOption<Op, Strides, Dilation, Now>;
}

/** Options of the convolution layers, for an input of shape `S`. */
export interface ConvolutionLayerOptions<
  Op extends string,
  S extends Shape,
  F extends number,
  K,
  Strides,
  P,
  Dilation,
  G extends number,
  Now,
> extends KernelAndBiasOptions,
    MovingLayerOptions<Op, K, Strides, P, Dilation, Now> {
  /** How many filters there are: the size of the output's last axis. */
  readonly filters: F & CheckCount<Op, "filters", F>;
  /** Into how many groups channels and filters are divided, each filter seeing its group's channels. @default 1 */
  readonly groups?: GroupsOption<Op, LastDim<S>, F, G, Now>;
}

type Sizes = number | readonly number[];
type Padding = SequencePadding | PairPadding | TriplePadding;
type Options = ConvolutionLayerOptions<string, any, number, Sizes, Sizes, Padding, Sizes, number, "now">;

/** What each may be is said by `sizesOf` and `paddingGiven`. */
export const movingLayerRules: OptionRules<MovingLayerOptions<string, Sizes, Sizes, Padding, Sizes, "now">> = {
  kernelSize: anything,
  strides: anything,
  padding: anything,
  dilationRate: anything,
};

/** activation(x ∗ kernel + bias) over one to three spatial axes. */
export function convolutionLayer(kind: string, rank: SpatialRank): LayerKind<Options> {
  return {
    kind,
    rules: {
      ...kernelAndBiasRules,
      ...movingLayerRules,
      filters: required(count),
      groups: anything,
    },
    build(x, options, layer) {
      const { filters, dilationRate: dilations = 1 } = options;
      const kernelSize = sizesOf(kind, "kernelSize", options.kernelSize, rank);
      const attributes = convolutionGiven(kind, { ...options, dilations }, rank, kernelSize);
      const { groups = 1 } = attributes;
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      const message =
        checkImages(kind, x.shape, rank) ??
        checkChannels(kind, x.shape) ??
        checkWindows(kind, x.shape, kernelSize, attributes) ??
        checkGroups(kind, x.shape.at(-1)!, filters, groups);
      refuse("SW_SHAPE", kind, message);
      const shape = [...kernelSize, (x.shape.at(-1) as number) / groups, filters];
      return kernelAndBias(layer, options, shape, (kernel) =>
        tensorOf(makeNode(convolutionOp, [nodeOf(x), nodeOf(kernel)], attributes)),
      );
    },
  };
}

export const filterAlone = "{op}: a filter is followed by options, which may be an empty record";

/** What stands in place of a filter, whose call would be taken for the layer's. */
export type WithoutFilter<Op extends string> = NoTensor<Message<typeof filterAlone, { op: Op }>>;

/** Whether a call is one with a filter of its own. Refuses a filter without options, as types do. */
export function hasFilter(op: string, args: readonly unknown[]): boolean {
  refuse("SW_VALUE", op, args.length < 3 && isTensor(args[1]) ? fill(filterAlone, { op }) : undefined);
  if (args.length >= 3 && isTensor(args[0]) && !aRecord.accepts(args[1])) {
    const wanted = "a filter, which is a tensor, or a layer's options, such as { filters: 8, kernelSize: 3 }";
    refuse("SW_VALUE", op, `${op}: behind x stands ${wanted}, and not ${inWords(args[1])}`);
  }
  return args.length >= 3;
}
