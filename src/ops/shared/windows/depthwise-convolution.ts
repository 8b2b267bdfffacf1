import { makeNode } from "../../../ir/makeNode.js";
import type { Node, Scope } from "../../../ir/node.js";
import { checkOptions } from "../../../ir/options.js";
import { calling } from "../../../ir/place.js";
import { refuse } from "../../../ir/refuse.js";
import type { MultiplyDims } from "../../../types/arithmetic.js";
import type { DimAt, LastDim } from "../../../types/axis.js";
import type { Compatible } from "../../../types/compatible.js";
import type { Dim, IsName, Shape } from "../../../types/dim.js";
import { checkDType } from "../../../types/dtype.js";
import { fill, type Message } from "../../../types/message.js";
import { type Show, type ShowDim, show } from "../../../types/show.js";
import { convolutionOp } from "../../convolution.js";
import { reshapeOp } from "../../reshape.js";
import type { FirstMessage, FirstOfRule } from "../firstMessage.js";
import { type ConvolutionAttributes, convolutionAttributes } from "./attributes.js";
import {
  type CheckChannels,
  type CheckFilterOf,
  checkChannels,
  checkDilations,
  checkFilterOf,
  checkWindows,
} from "./check-convolution.js";
import { type AxisTexts, type CheckImages, checkImages, type SpatialRank } from "./images.js";
import { type AnyMovingOptions, convolutionGiven, movingRules } from "./options.js";

/** How many channels a filter [...axes, channels, multiplier] makes of a tensor's. */
export type DepthwiseChannels<S extends Shape, F extends Shape> = MultiplyDims<LastDim<S>, LastDim<F>>;

/** `unknown` where a tensor has the axes, and a number of channels, else the message. */
export type CheckDepthwiseInput<Op extends string, S extends Shape, Axes extends keyof AxisTexts, Beside> = FirstOfRule<
  CheckImages<Op, S, Axes>,
  CheckChannels<Op, S, LastDim<S>, Beside>
>;

export const namedMultiplier = "{op}: the multiplier is a number, got {filter}";

/** `unknown` where a filter [...axes, channels, multiplier] fits what it is moved over, else the message. */
export type CheckDepthwiseFilter<
  Op extends string,
  S extends Shape,
  F extends Shape,
  Axes extends keyof AxisTexts,
  Beside,
> = FirstMessage<
  CheckFilterOf<Op, S, F, Axes, "channels, multiplier", DimAt<F, -2>, 1, Beside>,
  IsName<LastDim<F>, Beside> extends true ? Message<typeof namedMultiplier, { op: Op; filter: Show<F> }> : unknown
>;

/** The attributes of an op's options, which nobody has looked at yet. */
export function checkedDepthwise(
  op: string,
  options: AnyMovingOptions,
  rank: SpatialRank,
  filter: Node,
): ConvolutionAttributes {
  checkOptions(op, options, movingRules);
  return convolutionGiven(op, options, rank, filter.shape);
}

function checkDepthwise(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  attributes: ConvolutionAttributes,
): string | undefined {
  return (
    checkFilterOf(op, x, filter, "channels, multiplier", filter.at(-2)) ??
    (typeof filter.at(-1) === "number" ? undefined : fill(namedMultiplier, { op, filter: show(filter) })) ??
    checkWindows(op, x, filter.slice(0, -2) as number[], attributes)
  );
}

/** Refuses an input and a filter in the order of the arguments, as types do; what is wrong with options alone comes behind all of them. */
function refuseOperands(op: string, x: Node, filter: Node, attributes: ConvolutionAttributes): void {
  refuse("SW_DTYPE", op, checkDType(op, x.dtype, ["float32"]));
  const rank = attributes.strides.length as SpatialRank;
  refuse("SW_SHAPE", op, checkImages(op, x.shape, rank) ?? checkChannels(op, x.shape));
  refuse("SW_DTYPE", op, checkDType(op, filter.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkDepthwise(op, x.shape, filter.shape, attributes));
}

/**
 * Each channel by itself, with `multiplier` filters for each: a convolution of as many groups as there are channels, whose filters stand
 * in the same order as in [...axes, channels, multiplier].
 */
export function depthwiseConvolution(
  op: string,
  x: Node,
  filter: Node,
  attributes: ConvolutionAttributes,
  scope?: Scope,
): Node {
  refuseOperands(op, x, filter, attributes);
  refuse("SW_SHAPE", op, checkDilations(op, attributes));
  const [groups, each] = filter.shape.slice(-2) as [number, number];
  const shape = [...filter.shape.slice(0, -2), 1, groups * each];
  return calling(op, () => {
    const flat = makeNode(reshapeOp, [filter], { shape }, scope);
    return makeNode(convolutionOp, [x, flat], convolutionAttributes({ ...attributes, groups }), scope);
  });
}

export const notPointwise = "{op}: takes a pointwise filter [{axes}, {channels}, filters], got {filter}";

/** As many ones as there are spatial axes, as text. */
interface Ones {
  3: "1";
  4: "1, 1";
}

/** `unknown` where the second filter takes what the first one, `F`, makes of a tensor's channels, else the message. */
export type CheckPointwise<
  Op extends string,
  S extends Shape,
  F extends Shape,
  P extends Shape,
  Axes extends keyof Ones,
> = number extends S["length"] | F["length"] | P["length"]
  ? unknown
  : [S["length"], F["length"]] extends [Axes, Axes]
    ? [P["length"], IsPointwise<P, DepthwiseChannels<S, F>>] extends [Axes, true]
      ? unknown
      : Message<
          typeof notPointwise,
          { op: Op; axes: Ones[Axes]; channels: ShowDim<DepthwiseChannels<S, F>>; filter: Show<P> }
        >
    : unknown;

type IsPointwise<P extends Shape, C extends Dim> = [
  Compatible<DimAt<P, 0>, 1>,
  Compatible<DimAt<P, -3>, 1>,
  Compatible<DimAt<P, -2>, C>,
] extends [true, true, true]
  ? true
  : false;

/** Runtime twin of `CheckPointwise`, for the filter of the channels. */
function checkPointwise(op: string, depthwise: readonly Dim[], filter: readonly Dim[]): string | undefined {
  const channels = depthwise.slice(-2).reduce<number>((product, size) => product * (size as number), 1);
  const before = [...depthwise.slice(0, -2).map(() => 1), channels];
  const fits = filter.length === depthwise.length && before.every((size, axis) => filter[axis] === size);
  return fits
    ? undefined
    : fill(notPointwise, { op, axes: before.slice(0, -1).join(", "), channels, filter: show(filter) });
}

/** A depthwise convolution, and then one of every place by itself. */
export function separableConvolution(
  op: string,
  x: Node,
  [depthwise, pointwise]: readonly [depthwise: Node, pointwise: Node],
  attributes: ConvolutionAttributes,
  scope?: Scope,
): Node {
  refuseOperands(op, x, depthwise, attributes);
  refuse("SW_DTYPE", op, checkDType(op, pointwise.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkPointwise(op, depthwise.shape, pointwise.shape));
  return calling(op, () => {
    const each = depthwiseConvolution(op, x, depthwise, attributes, scope);
    const strides = attributes.strides.map(() => 1);
    return makeNode(convolutionOp, [each, pointwise], { strides, padding: "valid" }, scope);
  });
}
