import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { averagePoolOp } from "../ops/averagePool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckPool2d } from "../ops/shared/windows/check-pool.js";
import type { PoolOptions } from "../ops/shared/windows/options.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { Windows2d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, layerOf, type NamedLayer, type Waiting } from "./layer.js";
import { pooling } from "./pooling.js";

/** The shape rule of `averagePooling2d` in `sequential`. */
export interface AveragePooling2dRule<Size, Strides, P> extends FloatRule<"averagePooling2d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckPool2d<"averagePooling2d", S, Size, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows2d<S, LastDim<S>, Size, Strides, P> : Shape;
}

/** What the layer takes besides its input. */
type Options<Size, Strides, P, Now> = PoolOptions<"averagePooling2d", Size, Strides, P, Now> & NamedLayer;

/**
 * The mean of every window of images, for each channel.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size), `padding` ("valid"), `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or a window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = averagePooling2d(input(["batch", 28, 28, 1])); // Tensor<["batch", 14, 14, 1], "float32">
 */
export function averagePooling2d<
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends PairPadding = "valid",
  Now extends Moment = "now",
>(options?: Options<Size, Strides, P, Now>): Waiting<AveragePooling2dRule<Size, Strides, P>, Now>;
export function averagePooling2d<
  const S extends Shape,
  D extends DType,
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends PairPadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"averagePooling2d", D, "float32">, CheckPool2d<"averagePooling2d", S, Size, P, Now>>
    >[Now],
  options?: Options<Size, Strides, P, Now>,
): Tensor<Settled<Windows2d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]>;
export function averagePooling2d(...args: readonly unknown[]) {
  return layerOf(averagePooling2dLayer, args);
}

const averagePooling2dLayer = pooling("averagePooling2d", averagePoolOp, 2);
