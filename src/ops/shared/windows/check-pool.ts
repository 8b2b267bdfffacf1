import type { AreNatural, Compare } from "../../../types/digits.js";
import type { Dim, IsUnknown, SameNow, Shape } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import { show } from "../../../types/show.js";
import type { SequencePadding } from "../../../types/window.js";
import type { FirstMessage } from "../firstMessage.js";
import type { PoolAttributes } from "./attributes.js";
import { checkWindows } from "./check-convolution.js";
import { type CheckImages, checkImages, type SpatialRank } from "./images.js";
import { pooled } from "./pooled.js";
import type { PaddingAt, SizeAt } from "./sizes.js";
import type { CheckWindows1d, CheckWindows2d, CheckWindows3d } from "./window-shapes.js";

export const withinPadding = "{op}: a window of {n} lies in the padding of [{before}, {after}]";

/** `unknown` where a pool can be moved over a sequence, else the message. */
export type CheckPool1d<Op extends string, S extends Shape, Size, P extends SequencePadding, Beside> = FirstMessage<
  CheckEmpty<Op, S, 3, P, CheckWithin<Op, SizeAt<Size, 0>, P, Beside>>,
  CheckWindows1d<Op, S, Size, P, 1, Beside>
>;

/** `unknown` where a pool can be moved over images, else the message. */
export type CheckPool2d<Op extends string, S extends Shape, Size, P, Beside> = FirstMessage<
  CheckEmpty<Op, S, 4, P, CheckWithinAxes<Op, Size, P, [0, 1], Beside>>,
  CheckWindows2d<Op, S, Size, P, 1, Beside>
>;

/** `unknown` where a pool can be moved over volumes, else the message. */
export type CheckPool3d<Op extends string, S extends Shape, Size, P, Beside> = FirstMessage<
  CheckEmpty<Op, S, 5, P, CheckWithinAxes<Op, Size, P, [0, 1, 2], Beside>>,
  CheckWindows3d<Op, S, Size, P, 1, Beside>
>;

/** What is said of padding in numbers, once there are the axes for it. */
type CheckEmpty<Op extends string, S extends Shape, Axes extends 3 | 4 | 5, P, Check> = P extends string
  ? unknown
  : unknown extends CheckImages<Op, S, Axes>
    ? Check
    : unknown;

type CheckWithinAxes<Op extends string, Size, P, Axes, Beside> = Axes extends [infer Axis extends number, ...infer Rest]
  ? FirstMessage<
      CheckWithin<Op, SizeAt<Size, Axis>, PaddingAt<P, Axis>, Beside>,
      CheckWithinAxes<Op, Size, P, Rest, Beside>
    >
  : unknown;

type CheckWithin<Op extends string, N extends number, P, Beside> = P extends readonly [
  infer Before extends number,
  infer After extends number,
]
  ? SameNow<"yes" extends IsWithin<N, Before> | IsWithin<N, After> ? true : false, true, Beside> extends true
    ? Message<typeof withinPadding, { op: Op; n: N; before: Before; after: After }>
    : unknown
  : P extends number
    ? CheckWithin<Op, N, [P, P], Beside>
    : unknown;

type IsWithin<N extends number, By extends number> = true extends IsUnknown<N> | IsUnknown<By>
  ? "no"
  : Compare<N, By> extends "greater"
    ? "no"
    : AreNatural<N, By> extends true // of other numbers, it is said where they stand
      ? "yes"
      : "no";

/** The message for what a pool cannot be moved over, if there is one. */
export function checkPool(op: string, x: readonly Dim[], attributes: PoolAttributes): string | undefined {
  const { poolSize, padding } = attributes;
  const message = checkImages(op, x, poolSize.length as SpatialRank);
  if (message !== undefined) return message;
  const empty =
    typeof padding === "string" ? -1 : padding.findIndex((pair, axis) => pair.some((n) => n >= poolSize[axis]!));
  if (empty >= 0) {
    const [before, after] = padding[empty] as readonly [number, number];
    return fill(withinPadding, { op, n: poolSize[empty]!, before, after });
  }
  return checkWindows(op, x, poolSize, attributes);
}

/** The message for a tensor that has not the shape of x after its pool, if there is one. */
export function checkPooled(
  op: string,
  x: readonly Dim[],
  y: readonly Dim[],
  attributes: PoolAttributes,
): string | undefined {
  const message = checkPool(op, x, attributes);
  if (message !== undefined) return message;
  const shape = show(pooled(x, attributes));
  return show(y) === shape ? undefined : `${op}: the pool of ${show(x)} is ${shape}, got ${show(y)}`;
}
