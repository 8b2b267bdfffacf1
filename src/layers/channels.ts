import type { Dim, IsName, Shape, SplitLast } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";

import type { FloatRule } from "./layer.js";
import type { ForChannels } from "./weights.js";

// Normalizations have weights for each of the channels, the last axis, whose size is therefore a number.

export const namedChannels =
  '{op}: {shape}: the channels have weights, so their axis, the last one, is a number, not "{name}"';
export const noChannelAxis = "{op}: takes an input with channels, its last axis, got a scalar";

/** The message where the channels have a name for a size. */
export type NamedChannels<Op extends string, S extends Shape, N extends string> = Message<
  typeof namedChannels,
  { op: Op; shape: Show<S>; name: N }
>;

/** `unknown` where the last axis can be the channels', else the message. */
export type CheckChannels<Op extends string, B extends Shape, N extends Dim, Beside> =
  IsName<N, Beside> extends true ? NamedChannels<Op, [...B, N], N & string> : unknown;

/** The message for a scalar. */
export type NoChannelAxis<Op extends string> = Message<typeof noChannelAxis, { op: Op }>;

/** The shape rule, in `sequential`, of layers that leave the shape as it is and have weights for each channel. */
export interface ChannelsRule<Op extends string, ForEach = unknown> extends FloatRule<Op> {
  readonly weights: ForChannels<this["in"], ForEach>;
  readonly check: SplitLast<this["in"]> extends infer Split
    ? Split extends [infer B extends Shape, infer N extends Dim]
      ? CheckChannels<Op, B, N, this["dtype"]>
      : Split extends []
        ? NoChannelAxis<Op>
        : unknown
    : never;
  readonly out: this["in"];
}

/** The message where channels have a name for a size, said at runtime. */
export function checkNamedChannels(op: string, shape: readonly Dim[]): string | undefined {
  const channels = shape.at(-1);
  return typeof channels === "string" ? fill(namedChannels, { op, shape: show(shape), name: channels }) : undefined;
}

/** Runtime twin of `CheckChannels` and `NoChannelAxis`. */
export function checkChannels(op: string, shape: readonly Dim[]): string | undefined {
  return shape.length === 0 ? fill(noChannelAxis, { op }) : checkNamedChannels(op, shape);
}
