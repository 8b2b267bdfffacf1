import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { averagePoolOp } from "../ops/averagePool.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckPool1d } from "../ops/shared/windows/check-pool.js";
import type { PoolOptions } from "../ops/shared/windows/options.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { Windows1d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AxisPadding } from "../types/window.js";
import { type FloatRule, layerOf, type NamedLayer, type Waiting } from "./layer.js";
import { pooling } from "./pooling.js";

/** The shape rule of `averagePooling1d` in `sequential`. */
export interface AveragePooling1dRule<Size, Strides, P extends AxisPadding> extends FloatRule<"averagePooling1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape
    ? CheckPool1d<"averagePooling1d", S, Size, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows1d<S, LastDim<S>, Size, Strides, P> : Shape;
}

/** What the layer takes besides its input. */
type Options<Size, Strides, P, Now> = PoolOptions<"averagePooling1d", Size, Strides, P, Now> & NamedLayer;

/**
 * The mean of every window of sequences, for each channel.
 *
 * @param x [batch, time, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size), `padding` ("valid"), `name`
 * @returns [batch, time', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or a window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = averagePooling1d(input(["batch", 100, 16])); // Tensor<["batch", 50, 16], "float32">
 */
export function averagePooling1d<
  const Size extends Single = 2,
  const Strides extends Single = Size,
  const P extends AxisPadding = "valid",
  Now extends Moment = "now",
>(options?: Options<Size, Strides, P, Now>): Waiting<AveragePooling1dRule<Size, Strides, P>, Now>;
export function averagePooling1d<
  const S extends Shape,
  D extends DType,
  const Size extends Single = 2,
  const Strides extends Single = Size,
  const P extends AxisPadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"averagePooling1d", D, "float32">, CheckPool1d<"averagePooling1d", S, Size, P, Now>>
    >[Now],
  options?: Options<Size, Strides, P, Now>,
): Tensor<Settled<Windows1d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]>;
export function averagePooling1d(...args: readonly unknown[]) {
  return layerOf(averagePooling1dLayer, args);
}

const averagePooling1dLayer = pooling("averagePooling1d", averagePoolOp, 1);
