import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { averagePoolOp } from "../ops/averagePool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckPool3d } from "../ops/shared/windows/check-pool.js";
import type { PoolOptions } from "../ops/shared/windows/options.js";
import type { Triple, TriplePadding } from "../ops/shared/windows/sizes.js";
import type { Windows3d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, layerOf, type NamedLayer, type Waiting } from "./layer.js";
import { pooling } from "./pooling.js";

/** The shape rule of `averagePooling3d` in `sequential`. */
export interface AveragePooling3dRule<Size, Strides, P> extends FloatRule<"averagePooling3d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckPool3d<"averagePooling3d", S, Size, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows3d<S, LastDim<S>, Size, Strides, P> : Shape;
}

/** What the layer takes besides its input. */
type Options<Size, Strides, P, Now> = PoolOptions<"averagePooling3d", Size, Strides, P, Now> & NamedLayer;

/**
 * The mean of every window of volumes, for each channel.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size), `padding` ("valid"), `name`
 * @returns [batch, depth', height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes, or a window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = averagePooling3d(input(["batch", 16, 16, 16, 1])); // Tensor<["batch", 8, 8, 8, 1], "float32">
 */
export function averagePooling3d<
  const Size extends Triple = 2,
  const Strides extends Triple = Size,
  const P extends TriplePadding = "valid",
  Now extends Moment = "now",
>(options?: Options<Size, Strides, P, Now>): Waiting<AveragePooling3dRule<Size, Strides, P>, Now>;
export function averagePooling3d<
  const S extends Shape,
  D extends DType,
  const Size extends Triple = 2,
  const Strides extends Triple = Size,
  const P extends TriplePadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"averagePooling3d", D, "float32">, CheckPool3d<"averagePooling3d", S, Size, P, Now>>
    >[Now],
  options?: Options<Size, Strides, P, Now>,
): Tensor<Settled<Windows3d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]>;
export function averagePooling3d(...args: readonly unknown[]) {
  return layerOf(averagePooling3dLayer, args);
}

const averagePooling3dLayer = pooling("averagePooling3d", averagePoolOp, 3);
