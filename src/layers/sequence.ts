import { type CheckImages, checkImages } from "../ops/shared/windows/images.js";
import type { Dim, IsName, Shape } from "../types/dim.js";
import { checkNamedChannels, type NamedChannels } from "./channels.js";

/** `unknown` where a tensor has sequences, [batch, time, channels], whose channels can be a weight's, else the message. */
export type CheckSequence<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : S["length"] extends 3
    ? IsName<S[2], Beside> extends true
      ? NamedChannels<Op, S, S[2] & string>
      : unknown
    : CheckImages<Op, S, 3>;

/** Runtime twin of `CheckSequence`. */
export function checkSequence(op: string, shape: readonly Dim[]): string | undefined {
  return checkImages(op, shape, 1) ?? checkNamedChannels(op, shape);
}
