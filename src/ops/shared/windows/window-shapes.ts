import type { Dim, SameNow, Shape, UnknownShape } from "../../../types/dim.js";
import type { CheckWindow, SequencePadding, WindowSize } from "../../../types/window.js";
import type { FirstMessage } from "../firstMessage.js";
import type { CheckImages } from "./images.js";
import type { PaddingAt, SizeAt } from "./sizes.js";

// The shapes of windows over one, two and three axes. Each names its axes: a rule over any number of them would wait for type parameters.

/** A sequence's shape after windows over its time, with `Channels` as the last axis. */
export type Windows1d<
  S extends Shape,
  Channels extends Dim,
  K,
  St,
  P extends SequencePadding,
  D = 1,
> = number extends S["length"]
  ? [number, number, Channels]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, unknown] }
    ? [B, WindowSize<T, SizeAt<K, 0>, SizeAt<St, 0>, P, SizeAt<D, 0>>, Channels]
    : UnknownShape;

/** Images' shape after windows over their height and width. */
export type Windows2d<S extends Shape, Channels extends Dim, K, St, P, D = 1> = number extends S["length"]
  ? [number, number, number, Channels]
  : { s: S } extends { s: [infer B extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? [
        B,
        WindowSize<H, SizeAt<K, 0>, SizeAt<St, 0>, PaddingAt<P, 0>, SizeAt<D, 0>>,
        WindowSize<W, SizeAt<K, 1>, SizeAt<St, 1>, PaddingAt<P, 1>, SizeAt<D, 1>>,
        Channels,
      ]
    : UnknownShape;

/** Volumes' shape after windows over their depth, height and width. */
export type Windows3d<S extends Shape, Channels extends Dim, K, St, P, D = 1> = number extends S["length"]
  ? [number, number, number, number, Channels]
  : { s: S } extends {
        s: [infer B extends Dim, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown];
      }
    ? [
        B,
        WindowSize<Z, SizeAt<K, 0>, SizeAt<St, 0>, PaddingAt<P, 0>, SizeAt<D, 0>>,
        WindowSize<H, SizeAt<K, 1>, SizeAt<St, 1>, PaddingAt<P, 1>, SizeAt<D, 1>>,
        WindowSize<W, SizeAt<K, 2>, SizeAt<St, 2>, PaddingAt<P, 2>, SizeAt<D, 2>>,
        Channels,
      ]
    : UnknownShape;

// The checks take a shape apart once: asking for one axis after the other costs several times as much. Nothing is larger than
// an axis that is filled up, so nothing more is asked with "same".

/** `unknown` where windows fit into a sequence, else the message. */
export type CheckWindows1d<
  Op extends string,
  S extends Shape,
  K,
  P extends SequencePadding,
  D,
  Beside,
> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer T extends Dim, unknown] }
    ? SameNow<P, "same", Beside> extends true
      ? unknown
      : CheckWindow<Op, "time", T, SizeAt<K, 0>, P, SizeAt<D, 0>, Beside>
    : CheckImages<Op, S, 3>;

/** `unknown` where windows fit into images, else the message. */
export type CheckWindows2d<Op extends string, S extends Shape, K, P, D, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer H extends Dim, infer W extends Dim, unknown] }
    ? SameNow<P, "same", Beside> extends true
      ? unknown
      : FirstMessage<
          CheckWindow<Op, "height", H, SizeAt<K, 0>, PaddingAt<P, 0>, SizeAt<D, 0>, Beside>,
          CheckWindow<Op, "width", W, SizeAt<K, 1>, PaddingAt<P, 1>, SizeAt<D, 1>, Beside>
        >
    : CheckImages<Op, S, 4>;

/** `unknown` where windows fit into volumes, else the message. */
export type CheckWindows3d<Op extends string, S extends Shape, K, P, D, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? SameNow<P, "same", Beside> extends true
      ? unknown
      : FirstMessage<
          CheckWindow<Op, "depth", Z, SizeAt<K, 0>, PaddingAt<P, 0>, SizeAt<D, 0>, Beside>,
          FirstMessage<
            CheckWindow<Op, "height", H, SizeAt<K, 1>, PaddingAt<P, 1>, SizeAt<D, 1>, Beside>,
            CheckWindow<Op, "width", W, SizeAt<K, 2>, PaddingAt<P, 2>, SizeAt<D, 2>, Beside>
          >
        >
    : CheckImages<Op, S, 5>;
