import type { Dim, IsName, Shape, UnknownShape } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import type { FirstMessage } from "../firstMessage.js";
import { axisNames, type CheckImages, type SpatialRank } from "./images.js";
import type { SizeAt } from "./sizes.js";

/** The shape of sequences whose time was divided into windows. */
export type AdaptivePooling1d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, C]
    : UnknownShape;

/** The shape of images that were divided into windows. */
export type AdaptivePooling2d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, SizeAt<Size, 1>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, SizeAt<Size, 1>, C]
    : UnknownShape;

/** The shape of volumes that were divided into windows. */
export type AdaptivePooling3d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, SizeAt<Size, 1>, SizeAt<Size, 2>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, SizeAt<Size, 1>, SizeAt<Size, 2>, C]
    : UnknownShape;

export const dividedName = '{op}: axis {axis} is divided into windows, so its size is a number, not "{name}"';

type CheckDivided<Op extends string, Axis extends string, N extends Dim, Beside> =
  IsName<N, Beside> extends true ? Message<typeof dividedName, { op: Op; axis: Axis; name: N }> : unknown;

/** `unknown` where the time of sequences can be divided, else the message. */
export type CheckAdaptive1d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer T extends Dim, unknown] }
    ? CheckDivided<Op, "time", T, Beside>
    : CheckImages<Op, S, 3>;

/** `unknown` where images can be divided, else the message. */
export type CheckAdaptive2d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<CheckDivided<Op, "height", H, Beside>, CheckDivided<Op, "width", W, Beside>>
    : CheckImages<Op, S, 4>;

/** `unknown` where volumes can be divided, else the message. */
export type CheckAdaptive3d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckDivided<Op, "depth", Z, Beside>,
        FirstMessage<CheckDivided<Op, "height", H, Beside>, CheckDivided<Op, "width", W, Beside>>
      >
    : CheckImages<Op, S, 5>;

/** Runtime twin of the checks above. */
export function checkDivided(op: string, shape: readonly Dim[], rank: SpatialRank): string | undefined {
  const at = axisNames[rank].findIndex((_, axis) => typeof shape[axis + 1] === "string");
  return at < 0 ? undefined : fill(dividedName, { op, axis: axisNames[rank][at]!, name: shape[at + 1]! });
}
