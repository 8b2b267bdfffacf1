import type { DType } from "../../ir/dtype.js";
import type { OptionRules } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import { constant } from "../../ops/constant.js";
import { multiply } from "../../ops/multiply.js";
import type { Any } from "../../ops/shared/composite.js";
import type { FirstMessage, FirstOfRule } from "../../ops/shared/firstMessage.js";
import type { CheckImages } from "../../ops/shared/windows/images.js";
import { sum } from "../../ops/sum.js";
import type { Dim, Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import type { FloatRule, NamedLayer } from "../layer.js";
import { type AugmentationKind, augmentation, type CheckPhotos, checkPhotos } from "./augmentation.js";

export const notColours = "{op}: takes images of 3 channels, red, green and blue, got {shape}";

/** `unknown` where the last axis may have 3 channels, else the message. Of no images, another check says so. */
type CheckChannels<Op extends string, S extends Shape> = S["length"] extends 4
  ? number extends S[3]
    ? unknown
    : S[3] extends 3
      ? unknown
      : Message<typeof notColours, { op: Op; shape: Show<S> }>
  : unknown;

/** `unknown` for images of float32 in three colours, else the message. */
export type CheckColours<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckPhotos<Op, S, D>,
  CheckChannels<Op, S>
>;

/** Runtime twin of `CheckColours`, which refuses. */
function checkColours(kind: string, images: Any): void {
  checkPhotos(kind, images);
  const shape = images.shape as readonly Dim[];
  refuse("SW_SHAPE", kind, shape[3] === 3 ? undefined : fill(notColours, { op: kind, shape: show(shape) }));
}

/** The shape rule of layers that change the colours of images. */
export interface KeepColours<Op extends string> extends FloatRule<Op> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckImages<Op, S, 4>, CheckChannels<Op, S>>
    : unknown;
  readonly out: this["in"];
}

/** A layer that changes the colours of images in training. */
export function colourAugmentation<O extends NamedLayer>(
  kind: string,
  rules: OptionRules<O>,
  change: (images: Any, options: O) => Any,
): AugmentationKind<O> {
  return augmentation(kind, rules, change, (images) => images, checkColours);
}

/** How bright colours look, [batch, height, width, 1]: by the weights of ITU-R BT.601. */
export function luminance(images: Any): Any {
  return sum(multiply(images, constant([0.2989, 0.587, 0.114])) as Any, { axis: -1, keepDims: true });
}
