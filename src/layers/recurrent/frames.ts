import type { FirstMessage } from "../../ops/shared/firstMessage.js";
import type { CheckChannels } from "../../ops/shared/windows/check-convolution.js";
import type { SpatialRank } from "../../ops/shared/windows/images.js";
import type { PairPadding, SizeAt, TriplePadding } from "../../ops/shared/windows/sizes.js";
import type {
  CheckWindows2d,
  CheckWindows3d,
  Windows1d,
  Windows2d,
  Windows3d,
} from "../../ops/shared/windows/window-shapes.js";
import type { DimAt, LastDim } from "../../types/axis.js";
import type { Dim, Shape, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import type { CheckWindow, SequencePadding } from "../../types/window.js";
import type { FloatRule } from "../layer.js";
import type { LstmState } from "../lstm.js";
import type { AllSteps } from "../timeDistributed.js";
import type { Returned } from "./options.js";

// What layers over sequences of images take and give: [batch, time, …, channels], with one to three axes between.

/** The names of the axes between, by how many there are. */
export const frameAxes = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] } as const;

interface FrameTexts {
  1: "length";
  2: "height, width";
  3: "depth, height, width";
}

/** How many axes there are with those of batch, time and channels. */
interface FrameRanks {
  1: 4;
  2: 5;
  3: 6;
}

export const notFrames = "{op}: takes [batch, time, {axes}, channels], got {shape}";

/** A padding of one axis, or of several. */
export type AnyPadding = SequencePadding | PairPadding | TriplePadding;

/** `unknown` where a layer moves such windows over the images of a sequence, else the message. */
export type CheckConvLstm<
  Op extends string,
  R extends SpatialRank,
  S extends Shape,
  K,
  P,
  D,
  Beside,
> = number extends S["length"]
  ? unknown
  : S["length"] extends FrameRanks[R]
    ? FirstMessage<
        CheckChannels<Op, S, LastDim<S>, Beside>,
        {
          1: CheckWindow<Op, "length", DimAt<S, 2>, SizeAt<K, 0>, OfSequence<P>, SizeAt<D, 0>, Beside>;
          2: CheckWindows2d<Op, FrameOf<S>, K, P, D, Beside>;
          3: CheckWindows3d<Op, FrameOf<S>, K, P, D, Beside>;
        }[R]
      >
    : Message<typeof notFrames, { op: Op; axes: FrameTexts[R]; shape: Show<S> }>;

/** Runtime twin of what `CheckConvLstm` says of axes. */
export function checkFrames(op: string, shape: readonly Dim[], rank: SpatialRank): string | undefined {
  if (shape.length === rank + 3) return undefined;
  return fill(notFrames, { op, axes: frameAxes[rank].join(", "), shape: show(shape) });
}

/** The images of one step. */
type FrameOf<S> = { s: S } extends { s: [infer B extends Dim, unknown, ...infer Sizes extends Shape] }
  ? [B, ...Sizes]
  : UnknownShape;

type OfSequence<P> = P extends SequencePadding ? P : never;

/** The images that one state consists of. */
export type ConvLstmState<R extends SpatialRank, S extends Shape, F extends number, K, Strides, P, D> = {
  1: Windows1d<FrameOf<S>, F, K, Strides, OfSequence<P>, D>;
  2: Windows2d<FrameOf<S>, F, K, Strides, P, D>;
  3: Windows3d<FrameOf<S>, F, K, Strides, P, D>;
}[R];

/** The outputs, whose images are those of a state: of all steps, or of the last one; unknown where it is only known to be one of them. */
type ConvLstmOutput<S extends Shape, Y, Seq extends boolean> = [boolean] extends [Seq]
  ? UnknownShape
  : Seq extends true
    ? AllSteps<S, Y>
    : Y;

/** What a layer gives of a sequence: the output, or with it the last state. */
export type ConvLstmReturned<S extends Shape, Y extends Shape, Seq extends boolean, Last extends boolean> = Returned<
  ShapeOf<ConvLstmOutput<S, Y, Seq>>,
  LstmState<Y>,
  Last
>;

type ShapeOf<S> = { s: S } extends { s: infer Found extends Shape } ? Found : UnknownShape;

/** The shape rule of `convLstm1d`, `convLstm2d` and `convLstm3d` in `sequential`. */
export interface ConvLstmRule<
  Op extends string,
  R extends SpatialRank,
  F extends number,
  K,
  Strides,
  P,
  D,
  Seq extends boolean,
> extends FloatRule<Op> {
  readonly check: this["in"] extends infer S extends Shape ? CheckConvLstm<Op, R, S, K, P, D, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape
    ? ConvLstmOutput<S, ConvLstmState<R, S, F, K, Strides, P, D>, Seq>
    : Shape;
}
