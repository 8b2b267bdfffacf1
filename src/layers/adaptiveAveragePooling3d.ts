import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { averagePoolOp } from "../ops/averagePool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { AdaptivePooling3d, CheckAdaptive3d } from "../ops/shared/windows/adaptive-shapes.js";
import type { Triple } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AdaptivePoolingOptions } from "./adaptive-options.js";
import { adaptivePooling } from "./adaptivePooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `adaptiveAveragePooling3d` in `sequential`. */
export interface AdaptiveAveragePooling3dRule<Size> extends FloatRule<"adaptiveAveragePooling3d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckAdaptive3d<"adaptiveAveragePooling3d", S, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? AdaptivePooling3d<S, Size> : Shape;
}

/**
 * The mean of as many windows as are wanted of volumes, for each channel. Windows are as large as it takes, and may share places:
 * window i of n along an axis of N places begins at floor(i · N / n), and ends before ceil((i + 1) · N / n).
 *
 * @param x [batch, depth, height, width, channels], float32; depth, height, width are numbers
 * @param options `outputSize`; `name`
 * @returns [batch, ...outputSize, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes, or a size to be divided is a name; SW_VALUE when `outputSize` is none
 * @example
 * const y = adaptiveAveragePooling3d(input(["batch", 4, 10, 8, 64]), { outputSize: 4 }); // Tensor<["batch", 4, 4, 4, 64], "float32">
 */
export function adaptiveAveragePooling3d<const Size extends Triple, Now extends Moment = "now">(
  options: AdaptivePoolingOptions<"adaptiveAveragePooling3d", Size, Now>,
): Waiting<AdaptiveAveragePooling3dRule<Size>, Now>;
export function adaptiveAveragePooling3d<
  const S extends Shape,
  D extends DType,
  const Size extends Triple,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<
        CheckDType<"adaptiveAveragePooling3d", D, "float32">,
        CheckAdaptive3d<"adaptiveAveragePooling3d", S, Now>
      >
    >[Now],
  options: AdaptivePoolingOptions<"adaptiveAveragePooling3d", Size, Now>,
): Tensor<Settled<AdaptivePooling3d<S, NoInfer<Size>>>[Now]>;
export function adaptiveAveragePooling3d(...args: readonly unknown[]) {
  return layerOf(adaptiveAveragePooling3dLayer, args);
}

const adaptiveAveragePooling3dLayer = adaptivePooling("adaptiveAveragePooling3d", averagePoolOp, 3);
