import { nodeOf } from "../../../ir/node.js";
import { anything, checkOptions, type OptionRules } from "../../../ir/options.js";
import type { TensorLike } from "../../../ir/tensor.js";
import type { DimAt, LastDim } from "../../../types/axis.js";
import type { Dim, Shape } from "../../../types/dim.js";
import { type AxisPadding, extentOf, type SequencePadding } from "../../../types/window.js";
import type { FirstMessage } from "../firstMessage.js";
import type { OrMessage } from "../orMessage.js";
import {
  type ConvolutionAttributes,
  convolutionAttributes,
  type PoolAttributes,
  type WindowPadding,
} from "./attributes.js";
import type { CheckDilations, CheckFilter, CheckGroups } from "./check-convolution.js";
import type { CheckImages, SpatialRank } from "./images.js";
import {
  type CausalWords,
  type CheckPlaces,
  type CheckSizes,
  type PaddingWords,
  type PairPadding,
  paddingGiven,
  sizesOf,
  type TriplePadding,
} from "./sizes.js";
import type { CheckWindows1d, CheckWindows2d, CheckWindows3d } from "./window-shapes.js";

// What is wrong with an option is asked where the option stands: of one that is left out, nothing is.

/** How windows are moved. */
export interface MovingOptions<Op extends string, Strides, P, Dilations, Now> {
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
  /** How far apart the places of a window are; not together with strides. @default 1 */
  readonly dilations?: DilationsOption<Op, Strides, Dilations, Now>;
}

/** Options of a convolution of something of shape `S` with a filter of shape `F`. */
export interface ConvolutionOptions<
  Op extends string,
  S extends Shape,
  F extends Shape,
  Strides,
  P,
  Dilations,
  G extends number,
  Now,
> extends MovingOptions<Op, Strides, P, Dilations, Now> {
  /** Into how many groups channels and filters are divided, each filter seeing its group's channels. @default 1 */
  readonly groups?: GroupsOption<Op, LastDim<S>, LastDim<F>, G, Now>;
}

/** Options of a pool. */
export interface PoolOptions<Op extends string, Size, Strides, P, Now> {
  /** The size of a window: one number, or one for each axis. @default 2 */
  readonly poolSize?: SizesOption<Op, "poolSize", Size, Now>;
  /** How far apart windows are: side by side, unless said otherwise. @default poolSize */
  readonly strides?: SizesOption<Op, "strides", Strides, Now>;
  /**
   * `"valid"` takes whole windows only; `"same"` lets windows reach over the edges, and so do numbers, by as
   * many places. What lies outside is never the maximum, and does not count in a mean.
   *
   * @default "valid"
   */
  readonly padding?: P & CheckPlaces<Op, "padding", PaddingWords, P>;
}

/** An option with sizes, or what is wrong with them. */
export type SizesOption<Op extends string, Option extends string, Sizes, Now> = OrMessage<
  Sizes,
  CheckSizes<Op, Option, Sizes, Now>
>;

/** The option `dilations`, or what is wrong with it. */
export type DilationsOption<Op extends string, Strides, Dilations, Now> = OrMessage<
  Dilations,
  FirstMessage<CheckSizes<Op, "dilations", Dilations, Now>, CheckDilations<Op, Strides, Dilations, Now>>
>;

/** The option `groups`, or what is wrong with it. */
export type GroupsOption<Op extends string, C, F, G extends number, Now> = OrMessage<
  G,
  FirstMessage<CheckSizes<Op, "groups", G, Now>, CheckGroups<Op, C, F, G, Now>>
>;

/** The sizes of a filter's windows. */
export type FilterSize<F extends Shape> = [Literal<DimAt<F, 0>>, Literal<DimAt<F, 1>>, Literal<DimAt<F, 2>>];

/** The number, or an unknown one for a name. */
type Literal<D extends Dim> = D extends number ? D : number;

/** `unknown` where a filter fits a sequence, else the message. Says nothing of what is none. */
export type CheckFilter1d<S extends Shape, F extends Shape, P extends SequencePadding, D, G extends number, Beside> =
  unknown extends CheckFilter<"conv1d", S, F, 3, G>
    ? unknown extends CheckImages<"conv1d", S, 3>
      ? CheckWindows1d<"conv1d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckFilter<"conv1d", S, F, 3, G>;

/** `unknown` where a filter fits images, else the message. Says nothing of what are none. */
export type CheckFilter2d<S extends Shape, F extends Shape, P, D, G extends number, Beside> =
  unknown extends CheckFilter<"conv2d", S, F, 4, G>
    ? unknown extends CheckImages<"conv2d", S, 4>
      ? CheckWindows2d<"conv2d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckFilter<"conv2d", S, F, 4, G>;

/** `unknown` where a filter fits volumes, else the message. Says nothing of what are none. */
export type CheckFilter3d<S extends Shape, F extends Shape, P, D, G extends number, Beside> =
  unknown extends CheckFilter<"conv3d", S, F, 5, G>
    ? unknown extends CheckImages<"conv3d", S, 5>
      ? CheckWindows3d<"conv3d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckFilter<"conv3d", S, F, 5, G>;

type AnySizes = number | readonly number[];
type AnyPadding = AxisPadding | PairPadding | TriplePadding;

/** How any windows are moved. */
export type AnyMovingOptions = MovingOptions<string, AnySizes, AnyPadding | "causal", AnySizes, "now">;

/** The options of any convolution with a filter. */
export type AnyConvolutionOptions = ConvolutionOptions<
  string,
  any,
  any,
  AnySizes,
  AnyPadding | "causal",
  AnySizes,
  number,
  "now"
>;

/** The options of any pool. */
export type AnyPoolOptions = PoolOptions<string, AnySizes, AnySizes, AnyPadding, "now">;

/** What each may be is said by `sizesOf` and `paddingGiven`. */
const poolRules: OptionRules<AnyPoolOptions> = { poolSize: anything, strides: anything, padding: anything };
export const movingRules: OptionRules<AnyMovingOptions> = {
  strides: anything,
  padding: anything,
  dilations: anything,
};
const convolutionRules: OptionRules<AnyConvolutionOptions> = { ...movingRules, groups: anything };

/** The attributes that options say, for windows of a size. */
export function convolutionGiven(
  op: string,
  { strides = 1, padding = "valid", dilations = 1, groups = 1 }: AnyConvolutionOptions,
  rank: SpatialRank,
  size: readonly Dim[],
): ConvolutionAttributes {
  const apart = sizesOf(op, "dilations", dilations, rank);
  return convolutionAttributes({
    strides: sizesOf(op, "strides", strides, rank),
    padding:
      rank === 1
        ? sequencePadding(op, padding, extentOf(size[0] as number, apart[0]!))
        : paddingGiven(op, padding, rank),
    dilations: apart,
    groups: sizesOf(op, "groups", groups, 1)[0]!,
  });
}

/** With "causal", what a window reaches over lies before its last place. */
function sequencePadding(op: string, padding: AnyPadding | "causal", extent: number): WindowPadding {
  return padding === "causal" ? [[extent - 1, 0]] : paddingGiven(op, padding, 1, '"same", "valid", "causal"');
}

/** The attributes that options of a pool say. */
export function poolGiven(
  op: string,
  { poolSize = 2, strides = poolSize, padding = "valid" }: AnyPoolOptions,
  rank: SpatialRank,
): PoolAttributes {
  return {
    poolSize: sizesOf(op, "poolSize", poolSize, rank),
    strides: sizesOf(op, "strides", strides, rank),
    padding: paddingGiven(op, padding, rank),
  };
}

/** The same from a caller who may have written anything. A layer looks at its options by itself. */
export function checkedConvolution(
  op: string,
  options: AnyConvolutionOptions,
  rank: SpatialRank,
  filter: TensorLike,
): ConvolutionAttributes {
  // Options first: where a layer's stand in the filter's place, a tensor stands in theirs.
  checkOptions(op, options, convolutionRules);
  return convolutionGiven(op, options, rank, nodeOf(filter, op).shape);
}

export function checkedPool(...given: Parameters<typeof poolGiven>): PoolAttributes {
  const [op, options] = given;
  checkOptions(op, options, poolRules);
  return poolGiven(...given);
}
