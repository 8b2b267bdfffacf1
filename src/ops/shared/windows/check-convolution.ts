import type { DimAt, LastDim } from "../../../types/axis.js";
import type { Compatible } from "../../../types/compatible.js";
import type { Divide, Multiply } from "../../../types/digits.js";
import type { Dim, IsName, IsUnknown, Same, SameNow, Shape } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import { sameShape } from "../../../types/same-shape.js";
import { type Show, type ShowDim, show } from "../../../types/show.js";
import { checkWindow } from "../../../types/window.js";
import type { ConvolutionAttributes } from "./attributes.js";
import { convolved } from "./convolved.js";
import { type AxisTexts, axisNames, checkImages, type SpatialRank } from "./images.js";
import { type IsNoSize, notSizes } from "./sizes.js";

export const channelsNotNumber = '{op}: {shape}: the channels are a weight\'s size, so they are a number, not "{name}"';

/** `unknown` where the channels are a number, as a layer's weights need it, else the message. */
export type CheckChannels<Op extends string, S extends Shape, C extends Dim, Beside> =
  IsName<C, Beside> extends true ? Message<typeof channelsNotNumber, { op: Op; shape: Show<S>; name: C }> : unknown;

/** Runtime twin of `CheckChannels`. */
export function checkChannels(op: string, shape: readonly Dim[]): string | undefined {
  const channels = shape.at(-1);
  return typeof channels === "string" ? fill(channelsNotNumber, { op, shape: show(shape), name: channels }) : undefined;
}

export const unequalGroups = "{op}: {size} {what} do not divide into {groups} groups";

/** `unknown` where channels and filters divide into groups, else the message. Sizes that are not known are taken to do. */
export type CheckGroups<Op extends string, C, F, G extends number, Beside> =
  SameNow<HasRest<C, G>, true, Beside> extends true
    ? Message<typeof unequalGroups, { op: Op; size: ShowDim<C>; what: "channels"; groups: G }>
    : SameNow<HasRest<F, G> extends true ? true : IsNamed<F, G>, true, Beside> extends true
      ? Message<typeof unequalGroups, { op: Op; size: ShowDim<F>; what: "filters"; groups: G }>
      : unknown;

type HasRest<N, G extends number> = G extends 1
  ? false
  : true extends IsUnknown<N> | IsUnknown<G>
    ? false
    : N extends number
      ? Divide<N, G> extends [number, 0]
        ? false
        : true
      : false;

/** Filters with a name divide into one group alone. Of channels with a name other checks speak. */
type IsNamed<N, G extends number> = G extends 1
  ? never
  : true extends IsUnknown<N> | IsUnknown<G>
    ? never
    : N extends string
      ? true
      : never;

/** Runtime twin of `CheckGroups`; it asks for the groups' number too. */
export function checkGroups(op: string, channels: Dim, filters: Dim, groups: number): string | undefined {
  if (!Number.isInteger(groups) || groups < 1) return fill(notSizes, { op, option: "groups", given: groups });
  if (groups === 1) return undefined;
  const divides = (size: Dim) => typeof size === "number" && size % groups === 0;
  if (!divides(channels)) return fill(unequalGroups, { op, size: channels, what: "channels", groups });
  return divides(filters) ? undefined : fill(unequalGroups, { op, size: filters, what: "filters", groups });
}

export const stridedAndDilated = "{op}: strides and dilations are not both above 1";

/** `unknown` unless strides and dilations are both above 1, which no target has kernels for: else the message. */
export type CheckDilations<Op extends string, Strides, Dilations, Beside> =
  SameNow<Is1<Strides> | Is1<Dilations>, false, Beside> extends true
    ? Message<typeof stridedAndDilated, { op: Op }>
    : unknown;

/** Whether all sizes are 1, or not known. */
type Is1<Sizes> = Sizes extends readonly unknown[]
  ? Sizes[number] extends 1
    ? true
    : number extends Sizes[number]
      ? true
      : false
  : Same<Sizes, 1> extends true
    ? true
    : IsUnknown<Sizes>;

/** Runtime twin of `CheckDilations`. */
export function checkDilations(op: string, { strides, dilations = [] }: ConvolutionAttributes): string | undefined {
  const above1 = (size: number) => size > 1;
  return strides.some(above1) && dilations.some(above1) ? fill(stridedAndDilated, { op }) : undefined;
}

export const unequalChannels = "{op}: {shape} with filter {filter}: {m} input channels{among} ≠ {n} filter channels";
export const namedFilterSize = "{op}: the sizes of a filter's windows are numbers, got {filter}";
export const notFilter = "{op}: takes a filter [{axes}, {ends}], got {filter}";

/** What `{among}` is where there are several. */
const inGroups = " in {groups} groups";

/** `unknown` where a convolution's filter fits what it is moved over, else the message. */
export type CheckFilter<
  Op extends string,
  S extends Shape,
  F extends Shape,
  Axes extends keyof AxisTexts,
  G extends number,
> = CheckFilterOf<Op, S, F, Axes, "channels, filters", DimAt<F, -2>, G>;

/**
 * `unknown` where a filter is made for the channels of what it is moved over, `N` in each group, else the message. Says nothing of
 * what has not the axes that it should.
 *
 * @typeParam Ends what the filter's last two axes are
 * @typeParam Beside any other type parameter that a call settles
 */
export type CheckFilterOf<
  Op extends string,
  S extends Shape,
  F extends Shape,
  Axes extends keyof AxisTexts,
  Ends extends string,
  N extends Dim,
  G extends number,
  Beside = G,
> = number extends F["length"]
  ? unknown
  : F["length"] extends Axes
    ? number extends S["length"]
      ? unknown
      : S["length"] extends Axes
        ? SameChannels<LastDim<S>, N, G> extends true
          ? SameNow<NamedSize<F>, "named", Beside> extends true
            ? Message<typeof namedFilterSize, { op: Op; filter: Show<F> }>
            : unknown
          : IsNoSize<G> extends true // said where the groups stand
            ? unknown
            : Message<
                typeof unequalChannels,
                {
                  op: Op;
                  shape: Show<S>;
                  filter: Show<F>;
                  m: ShowDim<LastDim<S>>;
                  among: G extends 1 ? "" : Message<typeof inGroups, { groups: G }>;
                  n: ShowDim<N>;
                }
              >
        : unknown
    : Message<typeof notFilter, { op: Op; axes: AxisTexts[Axes]; ends: Ends; filter: Show<F> }>;

/** "named" where a window's size, of a filter's axes but the last two, is a name. */
type NamedSize<F> = F extends [...infer Sizes extends Shape, unknown, unknown]
  ? Sizes[number] extends number
    ? "numbers"
    : Sizes[number] extends infer D
      ? D extends string
        ? string extends D
          ? never
          : "named"
        : never
      : never
  : never;

type SameChannels<C, D, G extends number> = G extends 1
  ? Compatible<C, D>
  : true extends IsUnknown<C> | IsUnknown<D> | IsUnknown<G>
    ? true
    : D extends number
      ? C extends Multiply<D, G>
        ? true
        : false
      : false;

/** Runtime twin of `CheckFilter`. */
function checkFilter(op: string, x: readonly Dim[], filter: readonly Dim[], groups: number): string | undefined {
  return checkFilterOf(op, x, filter, "channels, filters", filter.at(-2), groups);
}

/** Runtime twin of `CheckFilterOf`; it asks for numbers, too. */
export function checkFilterOf(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  ends: string,
  deep: Dim | undefined,
  groups = 1,
): string | undefined {
  if (filter.length !== x.length) {
    const axes = axisNames[(x.length - 2) as SpatialRank].join(", ");
    return fill(notFilter, { op, axes, ends, filter: show(filter) });
  }
  const channels = x.at(-1)!;
  if (groups === 1 ? channels !== deep : channels !== (deep as number) * groups) {
    const among = groups === 1 ? "" : fill(inGroups, { groups });
    const shapes = { shape: show(x), filter: show(filter) };
    return fill(unequalChannels, { op, ...shapes, m: channels, among, n: deep! });
  }
  return filter.slice(0, -2).every((size) => typeof size === "number")
    ? undefined
    : fill(namedFilterSize, { op, filter: show(filter) });
}

/** The message for windows of which one does not fit into what it is moved over, if there is one. */
export function checkWindows(
  op: string,
  x: readonly Dim[],
  size: readonly number[],
  { padding, dilations }: ConvolutionAttributes,
  names: readonly string[] = axisNames[size.length as SpatialRank],
): string | undefined {
  for (const [axis, places] of size.entries()) {
    const along = typeof padding === "string" ? padding : padding[axis]!;
    const message = checkWindow(op, names[axis]!, x[axis + 1]!, places, along, dilations?.[axis]);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** The message for the shapes of a convolution, if there is one. */
export function checkConvolution(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  attributes: ConvolutionAttributes,
): string | undefined {
  const { strides, groups = 1 } = attributes;
  return (
    checkImages(op, x, strides.length as SpatialRank) ??
    checkFilter(op, x, filter, groups) ??
    checkWindows(op, x, filter.slice(0, -2) as number[], attributes) ??
    checkGroups(op, x.at(-1)!, filter.at(-1)!, groups) ??
    checkDilations(op, attributes)
  );
}

/** The message for a gradient of a convolution whose three shapes do not belong together, if there is one. */
export function checkConvolutionGradient(
  op: string,
  x: readonly Dim[],
  filter: readonly Dim[],
  dy: readonly Dim[],
  attributes: ConvolutionAttributes,
): string | undefined {
  const message = checkConvolution(convolutionName(attributes), x, filter, attributes);
  if (message !== undefined) return message;
  const y = convolved(x, filter, attributes);
  return sameShape(dy, y) ? undefined : `${op}: the gradient of ${show(y)} has the same shape, got ${show(dy)}`;
}

/** What users call a convolution. */
export function convolutionName({ strides }: ConvolutionAttributes): string {
  return `conv${strides.length}d`;
}
