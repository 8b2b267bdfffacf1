import { refuse } from "../../../ir/refuse.js";
import type { Compare } from "../../../types/digits.js";
import type { IsUnknown, SameNow } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import { cutOff } from "../../../types/transposed-window.js";
import { type AxisPaddingGiven, extentOf } from "../../../types/window.js";
import type { OrMessage } from "../orMessage.js";
import type { ConvolutionAttributes } from "./attributes.js";
import type { SpatialRank } from "./images.js";
import { checkCount, type ShowSizes, type SizeAt, showSizes } from "./sizes.js";

// Of the sizes that a stride makes equal, an output padding says which one a transposed convolution gives.

export const paddingOutsideStride =
  "{op}: outputPadding is 0 or more, and less than the stride, got {given} with strides {strides}";

/** The option `outputPadding`, or what is wrong with it. */
export type OutputPaddingOption<Op extends string, Strides, O, Now> = OrMessage<
  O,
  SameNow<Outside<O, Strides, 0> | Outside<O, Strides, 1> | Outside<O, Strides, 2>, false, Now> extends true
    ? unknown
    : Message<typeof paddingOutsideStride, { op: Op; given: ShowSizes<O>; strides: ShowSizes<Strides> }>
>;

type Outside<O, Strides, Axis extends number> = O extends number | readonly number[]
  ? OutsideAt<SizeAt<O, Axis>, SizeAt<Strides, Axis>>
  : false;

type OutsideAt<O, Stride> = O extends number
  ? Stride extends number
    ? `${O}` extends `-${string}` | `${string}.${string}`
      ? true
      : true extends IsUnknown<O> | IsUnknown<Stride>
        ? false
        : Compare<O, Stride> extends "less"
          ? false
          : true
    : false
  : false;

/** An output padding for each axis, and what is said of it where it is no place within the stride: after what is said of shapes. */
export interface OutputPaddingGiven {
  readonly outputPadding: readonly number[];
  readonly outside: string | undefined;
}

/** What stands along each axis, from one number or one for each; runtime twin of `OutputPaddingOption`. */
export function outputPaddingGiven(
  op: string,
  given: number | readonly number[],
  strides: readonly number[],
  stridesGiven: unknown,
): OutputPaddingGiven {
  const rank = strides.length as SpatialRank;
  const list: readonly unknown[] = Array.isArray(given) ? Array.from(given) : new Array(rank).fill(given);
  const isCount = (more: unknown) => Number.isSafeInteger(more) && (more as number) >= 0;
  const outside = fill(paddingOutsideStride, { op, given: showSizes(given), strides: showSizes(stridesGiven) });
  refuse("SW_VALUE", op, list.every(isCount) ? undefined : outside);
  refuse("SW_VALUE", op, checkCount(op, "outputPadding", given, rank));
  const outputPadding = list as number[];
  return { outputPadding, outside: outputPadding.every((more, i) => more < strides[i]!) ? undefined : outside };
}

/** How much is cut off before and after each axis; what is below 0 behind one is how many zeros stand there. */
export function sidesOf(
  { padding, dilations, strides }: ConvolutionAttributes,
  outputPadding: readonly number[],
  size: readonly number[],
): (readonly [before: number, after: number])[] {
  return strides.map((_, axis) => {
    const along: AxisPaddingGiven = typeof padding === "string" ? padding : padding[axis]!;
    const more = outputPadding[axis]!;
    if (typeof along !== "string") return [along[0], along[1] - more];
    // Divided evenly, the odd one behind.
    const all = cutOff(along, extentOf(size[axis]!, dilations?.[axis] ?? 1)) - more;
    const before = along === "same" ? Math.max(0, Math.floor(all / 2)) : 0;
    return [before, all - before];
  });
}
