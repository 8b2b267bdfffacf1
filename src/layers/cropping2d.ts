import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { PairEdges } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { type CheckCropped2d, type Cropped2d, type CroppingOptions, cropping } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `cropping2d` in `sequential`. */
export interface Cropping2dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "cropping2d";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape
    ? CheckCropped2d<"cropping2d", S, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Cropped2d<S, P> : Shape;
}

/**
 * Images without their edges.
 *
 * @param x [batch, height, width, channels], any dtype
 * @param options `cropping` (0: a number, or one for each axis, in whose place a pair tells before and after apart), `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, or nothing is left of one: of a named size, when the program runs; SW_VALUE when `cropping` is
 * no number of places
 * @example
 * const y = cropping2d(input(["batch", 28, 28, 1]), { cropping: [2, 0] }); // Tensor<["batch", 24, 28, 1], "float32">
 */
export function cropping2d<const P extends PairEdges = 0, Now extends Moment = "now">(
  options?: CroppingOptions<"cropping2d", P>,
): Waiting<Cropping2dRule<P>, Now>;
export function cropping2d<
  const S extends Shape,
  D extends DType,
  const P extends PairEdges = 0,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & CheckCropped2d<"cropping2d", S, P, D>,
  options?: CroppingOptions<"cropping2d", P>,
): Tensor<Settled<Cropped2d<S, P>>[Now], D>;
export function cropping2d(...args: readonly unknown[]) {
  return layerOf(cropping2dLayer, args);
}

const cropping2dLayer = cropping("cropping2d", 2, 0);
