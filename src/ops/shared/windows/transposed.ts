import { makeNode } from "../../../ir/makeNode.js";
import type { Node, Scope } from "../../../ir/node.js";
import { checkOptions } from "../../../ir/options.js";
import { refuse } from "../../../ir/refuse.js";
import type { DimAt, LastDim } from "../../../types/axis.js";
import type { Dim, Shape } from "../../../types/dim.js";
import { checkDType } from "../../../types/dtype.js";
import { checkTransposed, transposedSize } from "../../../types/transposed-window.js";
import { convolutionBackpropInputOp } from "../../convolutionBackpropInput.js";
import { type ConvolutionAttributes, convolutionAttributes } from "./attributes.js";
import { type CheckFilterOf, checkDilations, checkFilterOf } from "./check-convolution.js";
import { type AxisTexts, axisNames, checkImages, type SpatialRank } from "./images.js";
import { type AnyMovingOptions, type MovingOptions, movingRules } from "./options.js";
import { type PairPadding, paddingGiven, sizesOf } from "./sizes.js";

/** Options of a transposed convolution. */
export interface TransposeOptions<Op extends string, Strides, P, Dilations, Now>
  extends MovingOptions<Op, Strides, P, Dilations, Now> {
  /**
   * `"same"` gives the size times the stride; `"valid"` all that windows reach. A number is how many places
   * are cut off before and after each axis; a pair of numbers, in place of one axis's, tells the two apart.
   *
   * @default "valid"
   */
  readonly padding?: P;
}

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
  { strides = 1, padding = "valid", dilations = 1 }: AnyMovingOptions,
  rank: SpatialRank,
): ConvolutionAttributes {
  return convolutionAttributes({
    strides: sizesOf(op, "strides", strides, rank),
    padding: paddingGiven(op, padding as PairPadding, rank),
    dilations: sizesOf(op, "dilations", dilations, rank),
  });
}

/** The same of an op's options, which nobody has looked at yet. */
export function checkedTranspose(op: string, options: AnyMovingOptions, rank: SpatialRank): ConvolutionAttributes {
  checkOptions(op, options, movingRules);
  return transposeGiven(op, options, rank);
}

/** The message for what cannot be convolved like that, if there is one. */
export function checkTransposedConvolution(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  attributes: ConvolutionAttributes,
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
  attributes: ConvolutionAttributes,
  scope?: Scope,
): Node {
  refuse("SW_DTYPE", op, checkDType(op, x.dtype, ["float32"]) ?? checkDType(op, filter.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkTransposedConvolution(op, x.shape, filter.shape, attributes));
  const sizes = alongAxes(attributes, x.shape, filter.shape).map((along) => transposedSize(...along));
  const inputShape = [x.shape[0]!, ...sizes, filter.shape.at(-2)!];
  return makeNode(convolutionBackpropInputOp, [x, filter], { ...attributes, inputShape }, scope);
}

/** What the rules of one axis take, for each. */
function alongAxes(
  { strides, padding, dilations }: ConvolutionAttributes,
  x: readonly Dim[],
  filter: readonly Dim[],
): Parameters<typeof transposedSize>[] {
  return strides.map((stride, axis) => {
    const along = typeof padding === "string" ? padding : padding[axis]!;
    return [x[axis + 1]!, filter[axis] as number, stride, along, dilations?.[axis]];
  });
}
