import { makeNode } from "../../../ir/makeNode.js";
import type { Node, Scope } from "../../../ir/node.js";
import { anything, checkOptions, type OptionRules } from "../../../ir/options.js";
import { calling } from "../../../ir/place.js";
import { refuse } from "../../../ir/refuse.js";
import type { DimAt, LastDim } from "../../../types/axis.js";
import type { Dim, Shape } from "../../../types/dim.js";
import { checkTransposed, transposedSize } from "../../../types/transposed-window.js";
import { convolutionBackpropInputOp } from "../../convolutionBackpropInput.js";
import { padOp } from "../../pad.js";
import { type ConvolutionAttributes, convolutionAttributes } from "./attributes.js";
import { type CheckFilterOf, checkDilations, checkFilterOf } from "./check-convolution.js";
import { type AxisTexts, axisNames, checkImages, type SpatialRank } from "./images.js";
import { type AnyMovingOptions, type MovingOptions, movingRules } from "./options.js";
import { type OutputPaddingGiven, type OutputPaddingOption, outputPaddingGiven, sidesOf } from "./output-padding.js";
import { refuseConvolved } from "./refuseConvolved.js";
import { type CausalWords, type CheckPlaces, type PairPadding, paddingGiven, sizesOf } from "./sizes.js";

/** Options of a transposed convolution. */
export interface TransposeOptions<Op extends string, Strides, P, Dilations, O, Now>
  extends MovingOptions<Op, Strides, P, Dilations, Now> {
  /**
   * Which of the sizes, of which a convolution with these strides makes this one: how much it is above the smallest one, less than the
   * stride; one number, or one for each axis. Padding `"same"` and `"valid"` say it by themselves, unless it is given.
   */
  readonly outputPadding?: OutputPaddingOption<Op, Strides, O, Now>;
  /**
   * `"same"` gives the size times the stride; `"valid"` all that windows reach. A number is how many places
   * are cut off before and after each axis; a pair of numbers, in place of one axis's, tells the two apart.
   *
   * @default "valid"
   */
  readonly padding?: P & CheckPlaces<Op, "padding", CausalWords<Op>, P>;
}

type AnyTransposeOptions = AnyMovingOptions & { readonly outputPadding?: number | readonly number[] };

/** How windows are moved, and how much is added behind each axis. */
export interface TransposeAttributes extends ConvolutionAttributes, Partial<OutputPaddingGiven> {}

const transposeRules: OptionRules<AnyTransposeOptions> = { ...movingRules, outputPadding: anything };

/** How many filters a transposed convolution's filter has. */
export type TransposedFilters<F extends Shape> = DimAt<F, -2>;

/** `unknown` where a filter [...axes, filters, channels] fits what it is moved over, else the message. */
export type CheckTransposedFilter<
  Op extends string,
  S extends Shape,
  F extends Shape,
  Axes extends keyof AxisTexts,
  Beside,
> = CheckFilterOf<Op, S, F, Axes, "filters, channels", LastDim<F>, 1, Beside>;

/** The attributes that options say, from a caller who may have written anything but them. */
export function transposeGiven(
  op: string,
  { strides = 1, padding = "valid", dilations = 1, outputPadding }: AnyTransposeOptions,
  rank: SpatialRank,
): TransposeAttributes {
  const attributes = convolutionAttributes({
    strides: sizesOf(op, "strides", strides, rank),
    padding: paddingGiven(op, padding as PairPadding, rank),
    dilations: sizesOf(op, "dilations", dilations, rank),
  });
  if (outputPadding === undefined) return attributes;
  return { ...attributes, ...outputPaddingGiven(op, outputPadding, attributes.strides, strides) };
}

/** The same of an op's options, which nobody has looked at yet. */
export function checkedTranspose(op: string, options: AnyTransposeOptions, rank: SpatialRank): TransposeAttributes {
  checkOptions(op, options, transposeRules);
  return transposeGiven(op, options, rank);
}

/** The message for what cannot be convolved like that, if there is one. */
export function checkTransposedConvolution(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  attributes: TransposeAttributes,
): string | undefined {
  const rank = attributes.strides.length as SpatialRank;
  return (
    checkImages(op, x, rank) ??
    checkFilterOf(op, x, filter, "filters, channels", filter.at(-1)) ??
    checkDilations(op, attributes) ??
    alongAxes(attributes, x, filter)
      .map((sizes, axis) => checkTransposed(op, axisNames[rank][axis]!, ...sizes))
      .find((message) => message !== undefined)
  );
}

/**
 * A convolution the other way: each element of x times the filter, added up where the windows lie. It is the gradient of the
 * convolution with that filter, of whose result x has the shape.
 */
export function transposedConvolution(
  op: string,
  x: Node,
  filter: Node,
  attributes: TransposeAttributes,
  scope?: Scope,
): Node {
  refuseConvolved(op, x, filter, attributes.strides.length);
  refuse("SW_SHAPE", op, checkTransposedConvolution(op, x.shape, filter.shape, attributes));
  const { outputPadding, outside, ...moved } = attributes;
  refuse("SW_VALUE", op, outside);
  const given = { filter: filter.shape, attributes: outputPadding ? { ...moved, outputPadding } : moved };
  const build = () =>
    outputPadding ? paddedBehind(x, filter, moved, outputPadding, scope) : scattered(x, filter, moved, scope);
  return calling(op, build, { rule: "transposed", shape: x.shape, given });
}

function scattered(x: Node, filter: Node, attributes: ConvolutionAttributes, scope?: Scope): Node {
  const sizes = alongAxes(attributes, x.shape, filter.shape).map((along) => transposedSize(...along));
  const inputShape = [x.shape[0]!, ...sizes, filter.shape.at(-2)!];
  return makeNode(convolutionBackpropInputOp, [x, filter], { ...attributes, inputShape }, scope);
}

/** The same with an output padding: less is cut off behind each axis, and where no window reaches, zeros stand. */
function paddedBehind(
  x: Node,
  filter: Node,
  attributes: ConvolutionAttributes,
  outputPadding: readonly number[],
  scope?: Scope,
): Node {
  const sides = sidesOf(attributes, outputPadding, filter.shape as number[]);
  const padding = sides.map(([before, after]) => [before, Math.max(0, after)] as const);
  const reached = scattered(x, filter, { ...attributes, padding }, scope);
  const missing = sides.map(([, after]) => [0, Math.max(0, -after)] as const);
  if (missing.every(([, after]) => after === 0)) return reached;
  return makeNode(padOp, [reached], { paddings: [[0, 0], ...missing, [0, 0]], value: 0 }, scope);
}

/** What the rules of one axis take, for each. */
function alongAxes(
  { strides, padding, dilations, outputPadding }: TransposeAttributes,
  x: readonly Dim[],
  filter: readonly Dim[],
): Parameters<typeof transposedSize>[] {
  return strides.map((stride, axis) => {
    const along = typeof padding === "string" ? padding : padding[axis]!;
    return [x[axis + 1]!, filter[axis] as number, stride, along, dilations?.[axis], outputPadding?.[axis]];
  });
}
