import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { PaddedBy } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { type CheckCropped1d, type Cropped1d, type CroppingOptions, cropping } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `cropping1d` in `sequential`. */
export interface Cropping1dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "cropping1d";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape
    ? CheckCropped1d<"cropping1d", S, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Cropped1d<S, P> : Shape;
}

/**
 * Sequences without their edges.
 *
 * @param x [batch, time, channels], any dtype
 * @param options `cropping` (1: a number, or a pair `[before, after]`), `name`
 * @returns [batch, time', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, or nothing is left of one: of a named size, when the program runs; SW_VALUE when `cropping` is
 * no number of places
 * @example
 * const y = cropping1d(input(["batch", 100, 64])); // Tensor<["batch", 98, 64], "float32">
 */
export function cropping1d<const P extends PaddedBy = 1, Now extends Moment = "now">(
  options?: CroppingOptions<"cropping1d", P>,
): Waiting<Cropping1dRule<P>, Now>;
export function cropping1d<
  const S extends Shape,
  D extends DType,
  const P extends PaddedBy = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & CheckCropped1d<"cropping1d", S, P, D>,
  options?: CroppingOptions<"cropping1d", P>,
): Tensor<Settled<Cropped1d<S, P>>[Now], D>;
export function cropping1d(...args: readonly unknown[]) {
  return layerOf(cropping1dLayer, args);
}

const cropping1dLayer = cropping("cropping1d", 1, 1);
