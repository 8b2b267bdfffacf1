import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { TripleEdges } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { type CheckCropped3d, type Cropped3d, type CroppingOptions, cropping } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `cropping3d` in `sequential`. */
export interface Cropping3dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "cropping3d";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape
    ? CheckCropped3d<"cropping3d", S, P, this["dtype"]>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Cropped3d<S, P> : Shape;
}

/**
 * Volumes without their edges.
 *
 * @param x [batch, depth, height, width, channels], any dtype
 * @param options `cropping` (1: a number, or one for each axis, in whose place a pair tells before and after apart), `name`
 * @returns [batch, depth', height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, or nothing is left of one: of a named size, when the program runs; SW_VALUE when `cropping` is
 * no number of places
 * @example
 * const y = cropping3d(input(["batch", 16, 28, 28, 1])); // Tensor<["batch", 14, 26, 26, 1], "float32">
 */
export function cropping3d<const P extends TripleEdges = 1, Now extends Moment = "now">(
  options?: CroppingOptions<"cropping3d", P>,
): Waiting<Cropping3dRule<P>, Now>;
export function cropping3d<
  const S extends Shape,
  D extends DType,
  const P extends TripleEdges = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & CheckCropped3d<"cropping3d", S, P, D>,
  options?: CroppingOptions<"cropping3d", P>,
): Tensor<Settled<Cropped3d<S, P>>[Now], D>;
export function cropping3d(...args: readonly unknown[]) {
  return layerOf(cropping3dLayer, args);
}

const cropping3dLayer = cropping("cropping3d", 3, 1);
