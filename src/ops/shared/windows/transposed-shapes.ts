import type { Dim, Shape, UnknownShape } from "../../../types/dim.js";
import type { CheckTransposed, TransposedSize } from "../../../types/transposed-window.js";
import type { AxisPadding } from "../../../types/window.js";
import type { FirstMessage } from "../firstMessage.js";
import type { CheckImages } from "./images.js";
import type { PaddingAt, SizeAt } from "./sizes.js";

// The shapes of transposed convolutions over one, two and three axes, as window-shapes.ts has those of others.

/** An output padding along one axis, if there is one. */
type MoreAt<O, Axis extends number> = [O] extends [undefined] ? undefined : SizeAt<O, Axis>;

/** A sequence's shape after a transposed convolution, with `Filters` as the last axis. */
export type Transposed1d<
  S extends Shape,
  Filters extends Dim,
  K,
  St,
  P extends AxisPadding,
  D = 1,
  O = undefined,
> = number extends S["length"]
  ? [number, number, Filters]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, unknown] }
    ? [B, TransposedSize<T, SizeAt<K, 0>, SizeAt<St, 0>, P, SizeAt<D, 0>, MoreAt<O, 0>>, Filters]
    : UnknownShape;

/** Images' shape after a transposed convolution. */
export type Transposed2d<
  S extends Shape,
  Filters extends Dim,
  K,
  St,
  P,
  D = 1,
  O = undefined,
> = number extends S["length"]
  ? [number, number, number, Filters]
  : { s: S } extends { s: [infer B extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? [
        B,
        TransposedSize<H, SizeAt<K, 0>, SizeAt<St, 0>, PaddingAt<P, 0>, SizeAt<D, 0>, MoreAt<O, 0>>,
        TransposedSize<W, SizeAt<K, 1>, SizeAt<St, 1>, PaddingAt<P, 1>, SizeAt<D, 1>, MoreAt<O, 1>>,
        Filters,
      ]
    : UnknownShape;

/** Volumes' shape after a transposed convolution. */
export type Transposed3d<
  S extends Shape,
  Filters extends Dim,
  K,
  St,
  P,
  D = 1,
  O = undefined,
> = number extends S["length"]
  ? [number, number, number, number, Filters]
  : { s: S } extends {
        s: [infer B extends Dim, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown];
      }
    ? [
        B,
        TransposedSize<Z, SizeAt<K, 0>, SizeAt<St, 0>, PaddingAt<P, 0>, SizeAt<D, 0>, MoreAt<O, 0>>,
        TransposedSize<H, SizeAt<K, 1>, SizeAt<St, 1>, PaddingAt<P, 1>, SizeAt<D, 1>, MoreAt<O, 1>>,
        TransposedSize<W, SizeAt<K, 2>, SizeAt<St, 2>, PaddingAt<P, 2>, SizeAt<D, 2>, MoreAt<O, 2>>,
        Filters,
      ]
    : UnknownShape;

/** What is said of the axis at place `I`. */
type CheckAlong<
  Op extends string,
  Axis extends string,
  T extends Dim,
  I extends number,
  K,
  St,
  P,
  D,
  Beside,
  O,
> = CheckTransposed<Op, Axis, T, SizeAt<K, I>, SizeAt<St, I>, PaddingAt<P, I>, SizeAt<D, I>, Beside, MoreAt<O, I>>;

/** `unknown` where something of a sequence is left, else the message. */
export type CheckTransposed1d<
  Op extends string,
  S extends Shape,
  K,
  St,
  P extends AxisPadding,
  D,
  Beside,
  O = undefined,
> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer T extends Dim, unknown] }
    ? CheckTransposed<Op, "time", T, SizeAt<K, 0>, SizeAt<St, 0>, P, SizeAt<D, 0>, Beside, MoreAt<O, 0>>
    : CheckImages<Op, S, 3>;

/** `unknown` where something of images is left, else the message. */
export type CheckTransposed2d<
  Op extends string,
  S extends Shape,
  K,
  St,
  P,
  D,
  Beside,
  O = undefined,
> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckAlong<Op, "height", H, 0, K, St, P, D, Beside, O>,
        CheckAlong<Op, "width", W, 1, K, St, P, D, Beside, O>
      >
    : CheckImages<Op, S, 4>;

/** `unknown` where something of volumes is left, else the message. */
export type CheckTransposed3d<
  Op extends string,
  S extends Shape,
  K,
  St,
  P,
  D,
  Beside,
  O = undefined,
> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckAlong<Op, "depth", Z, 0, K, St, P, D, Beside, O>,
        FirstMessage<
          CheckAlong<Op, "height", H, 1, K, St, P, D, Beside, O>,
          CheckAlong<Op, "width", W, 2, K, St, P, D, Beside, O>
        >
      >
    : CheckImages<Op, S, 5>;
