import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { maxPoolOp } from "../ops/maxPool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { AdaptivePooling2d, CheckAdaptive2d } from "../ops/shared/windows/adaptive-shapes.js";
import type { Pair } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AdaptivePoolingOptions } from "./adaptive-options.js";
import { adaptivePooling } from "./adaptivePooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `adaptiveMaxPooling2d` in `sequential`. */
export interface AdaptiveMaxPooling2dRule<Size> extends FloatRule<"adaptiveMaxPooling2d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckAdaptive2d<"adaptiveMaxPooling2d", S, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? AdaptivePooling2d<S, Size> : Shape;
}

/**
 * The largest element of as many windows as are wanted of images, for each channel. Windows are as large as it takes, and may share places:
 * window i of n along an axis of N places begins at floor(i · N / n), and ends before ceil((i + 1) · N / n).
 *
 * @param x [batch, height, width, channels], float32; height, width are numbers
 * @param options `outputSize`; `name`
 * @returns [batch, ...outputSize, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or a size to be divided is a name; SW_VALUE when `outputSize` is none
 * @example
 * const y = adaptiveMaxPooling2d(input(["batch", 10, 8, 64]), { outputSize: 4 }); // Tensor<["batch", 4, 4, 64], "float32">
 */
export function adaptiveMaxPooling2d<const Size extends Pair, Now extends Moment = "now">(
  options: AdaptivePoolingOptions<"adaptiveMaxPooling2d", Size, Now>,
): Waiting<AdaptiveMaxPooling2dRule<Size>, Now>;
export function adaptiveMaxPooling2d<
  const S extends Shape,
  D extends DType,
  const Size extends Pair,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"adaptiveMaxPooling2d", D, "float32">, CheckAdaptive2d<"adaptiveMaxPooling2d", S, Now>>
    >[Now],
  options: AdaptivePoolingOptions<"adaptiveMaxPooling2d", Size, Now>,
): Tensor<Settled<AdaptivePooling2d<S, NoInfer<Size>>>[Now]>;
export function adaptiveMaxPooling2d(...args: readonly unknown[]) {
  return layerOf(adaptiveMaxPooling2dLayer, args);
}

const adaptiveMaxPooling2dLayer = adaptivePooling("adaptiveMaxPooling2d", maxPoolOp, 2);
