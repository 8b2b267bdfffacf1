import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { maxPoolOp } from "../ops/maxPool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { AdaptivePooling1d, CheckAdaptive1d } from "../ops/shared/windows/adaptive-shapes.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AdaptivePoolingOptions } from "./adaptive-options.js";
import { adaptivePooling } from "./adaptivePooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `adaptiveMaxPooling1d` in `sequential`. */
export interface AdaptiveMaxPooling1dRule<Size> extends FloatRule<"adaptiveMaxPooling1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckAdaptive1d<"adaptiveMaxPooling1d", S, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? AdaptivePooling1d<S, Size> : Shape;
}

/**
 * The largest element of as many windows as are wanted of sequences, for each channel. Windows are as large as it takes, and may share places:
 * window i of n along an axis of N places begins at floor(i · N / n), and ends before ceil((i + 1) · N / n).
 *
 * @param x [batch, time, channels], float32; time are numbers
 * @param options `outputSize`; `name`
 * @returns [batch, ...outputSize, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or a size to be divided is a name; SW_VALUE when `outputSize` is none
 * @example
 * const y = adaptiveMaxPooling1d(input(["batch", 10, 64]), { outputSize: 4 }); // Tensor<["batch", 4, 64], "float32">
 */
export function adaptiveMaxPooling1d<const Size extends Single, Now extends Moment = "now">(
  options: AdaptivePoolingOptions<"adaptiveMaxPooling1d", Size, Now>,
): Waiting<AdaptiveMaxPooling1dRule<Size>, Now>;
export function adaptiveMaxPooling1d<
  const S extends Shape,
  D extends DType,
  const Size extends Single,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"adaptiveMaxPooling1d", D, "float32">, CheckAdaptive1d<"adaptiveMaxPooling1d", S, Now>>
    >[Now],
  options: AdaptivePoolingOptions<"adaptiveMaxPooling1d", Size, Now>,
): Tensor<Settled<AdaptivePooling1d<S, NoInfer<Size>>>[Now]>;
export function adaptiveMaxPooling1d(...args: readonly unknown[]) {
  return layerOf(adaptiveMaxPooling1dLayer, args);
}

const adaptiveMaxPooling1dLayer = adaptivePooling("adaptiveMaxPooling1d", maxPoolOp, 1);
