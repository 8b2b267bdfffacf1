import { cond } from "../../control/cond.js";
import type { DType } from "../../ir/dtype.js";
import type { OptionRules } from "../../ir/options.js";
import { currentPlace, within } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import { isTraining } from "../../ops/isTraining.js";
import type { Any } from "../../ops/shared/composite.js";
import type { FirstMessage } from "../../ops/shared/firstMessage.js";
import { type CheckImages, checkImages } from "../../ops/shared/windows/images.js";
import type { Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import type { FloatRule, LayerKind, NamedLayer } from "../layer.js";

/** The shape rule of layers that change images, and leave their sizes. */
export interface KeepImages<Op extends string> extends FloatRule<Op> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<Op, S, 4> : unknown;
  readonly out: this["in"];
}

/** `unknown` for images of float32, else the message. */
export type CheckPhotos<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckImages<Op, S, 4>
>;

/** Runtime twin of `CheckPhotos`, which refuses. */
export function checkPhotos(kind: string, { dtype, shape }: Any): void {
  refuse("SW_DTYPE", kind, checkDType(kind, dtype, ["float32"]));
  refuse("SW_SHAPE", kind, checkImages(kind, shape, 2));
}

/** The kind of a layer that changes images in training, and the change alone, of which others are made. */
export interface AugmentationKind<O extends NamedLayer> extends LayerKind<O> {
  change(images: Any, options: O): Any;
}

/** A layer that changes images in training, and leaves them in evaluation and prediction as they are, or as `otherwise` makes them. */
export function augmentation<O extends NamedLayer>(
  kind: string,
  rules: OptionRules<O>,
  change: (images: Any, options: O) => Any,
  otherwise: (images: Any, options: O) => Any = (images) => images,
  check: (kind: string, images: Any) => void = checkPhotos,
): AugmentationKind<O> {
  return {
    kind,
    rules,
    change,
    build(x, options, { scope }) {
      check(kind, x);
      return within({ ...currentPlace(), scope }, () =>
        cond(
          isTraining(),
          () => change(x, options),
          () => otherwise(x, options),
        ),
      );
    },
  };
}
